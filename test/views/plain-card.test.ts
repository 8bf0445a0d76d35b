import { expect, it } from 'vitest';
import { cardTitles, plainCard } from '../../src/views/request/card.ts';
import { aRequest, states } from '../domain/a-request.ts';

const text = (over: Partial<Parameters<typeof plainCard>[0]> = {}) => {
  const shown = plainCard({ request: aRequest(), side: 'approver', buttonValue: 'signed', devices: [], ...over });
  expect(shown.blocks).toEqual([]);
  return shown.text;
};

it('says where the approver can decide', () => {
  expect(text()).toContain(cardTitles.approver);
  expect(text()).toContain('`/fleet approvals`');
});

it.each([
  ['the requester', { side: 'requester' }],
  ['a former approver', { buttonValue: null }],
  ['the approver of what is decided', { request: aRequest({ state: states.withdrawn }) }],
] as const)('says where %s can read the rest', (_, over) => {
  expect(text(over)).toContain(`\`/fleet status ${aRequest().fleetOrderId}\``);
  expect(text(over)).not.toContain('/fleet approvals');
});

it('names nobody where others can read it', () => {
  expect(text({ side: 'shared', buttonValue: null })).not.toContain(aRequest().requester.name);
});
