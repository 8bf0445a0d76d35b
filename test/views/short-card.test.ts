import { describe, expect, it } from 'vitest';
import type { RequestCard } from '../../src/domain/request/request.ts';
import { requestCard, shortCard } from '../../src/views/request/card.ts';
import { aRequest, clara, states } from '../domain/a-request.ts';
import { wordsOfMessage } from './taken-by-slack.ts';

const shows = (over: Partial<RequestCard> = {}) =>
  wordsOfMessage(shortCard({ request: aRequest(), side: 'approver', buttonValue: 'signed', devices: [], ...over }));

describe('the card when Slack refuses the full one', () => {
  it('says what is asked, where the devices are listed, and keeps every button', () => {
    expect(shows()).toEqual([
      '*Anna Keller needs your approval: 2 devices (order 42)*',
      expect.stringMatching(/^\*Total:\* €109.80\/month\n\*Waiting for you\* · expires <!date[^>]*>$/u),
      "Slack couldn't show the full card. *Show all devices* lists them, and `/fleet status 42` has all the details.",
      'Show all devices',
      'Approve',
      ...['Approve this order?', expect.stringContaining('Fleet will name you'), 'Approve', 'Cancel'],
      ...['Decline', 'Ask for changes', 'Reassign'],
    ]);
  });

  it('names no button that is not there once it is decided', () => {
    expect(shows({ request: aRequest({ state: states.ordered }) })).toEqual([
      expect.any(String),
      expect.stringContaining('*Ordered.* Approved by Clara Rossi'),
      "Slack couldn't show the full card. `/fleet status 42` has all the details.",
    ]);
  });

  const changed = "*Fleet's cart or its price changed since this was sent.*";
  const refused = "*The order didn't go through.*";
  const difference = { missing: [], extra: [], total: null };
  const problem = { operation: 'validateCart', kind: 'unavailable', status: 503 } as const;
  it.each([
    ['approver', { difference }, `${changed} Review the details in \`/fleet approvals\` before you decide.`],
    ['approver', { problem }, `${refused} Review the details in \`/fleet approvals\` before you decide.`],
    ['requester', { difference, problem }, `${changed} ${refused} Nothing was ordered.`],
  ] as const)('lets no %s overlook what has happened since: %j', (side, over, said) => {
    expect(shows({ side, request: aRequest(over) })[1]).toBe(said);
    expect(shows({ side, request: aRequest({ ...over, state: states.declined }) })).not.toContain(said);
  });

  it('has no buttons for a former approver, and says who decides now', () => {
    const [, standing, ...rest] = shows({ buttonValue: null });

    expect(standing).toContain(`*Reassigned* to ${clara.name}, who decides now.`);
    expect(rest).toEqual(["Slack couldn't show the full card."]);
    expect(shows({ buttonValue: null, request: aRequest({ difference }) })[1]).toBe(`${changed} Nothing was ordered.`);
  });

  it('is the same as ever in a channel: that one is short already', () => {
    const shared: RequestCard = { request: aRequest(), side: 'shared', buttonValue: null, devices: [] };

    expect(shortCard(shared)).toEqual(requestCard(shared));
    expect(shows(shared)).toEqual(['*Order 42*\nMacBook Pro 14 × 2 · France', '*Waiting for approval*']);
  });
});
