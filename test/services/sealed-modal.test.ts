import { expect, it } from 'vitest';
import type { SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { openModal, sealModal } from '../../src/services/sealed-modal.ts';
import { aSeal } from '../store/support/a-store.ts';

const context = { seal: aSeal(), workspaceId: 'T1' as WorkspaceId };
const of = { slackUserId: 'UBEN' as SlackUserId, view: 'your_cart' };
const sealed = sealModal(context, of, '{"page":1}');

it('opens for the person, modal and workspace that it was sealed for', () => {
  expect(JSON.parse(openModal(context, of, sealed) ?? '')).toMatchObject({ page: 1 });
});

it.each([
  ['another person', context, { ...of, slackUserId: 'UEVA' as SlackUserId }],
  ['another modal', context, { ...of, view: 'order_equipment' }],
  ['another workspace', { ...context, workspaceId: 'T2' as WorkspaceId }, of],
])('says nothing in the name of %s', (_, where, who) => {
  expect(openModal(where, who, sealed)).toBeNull();
});

it("opens the previous release's, which names no one, and nothing that was changed", () => {
  for (const text of ['{"page":1}', 'settings people 3'])
    expect(openModal(context, of, context.seal.sign('modal', text))).toBe(text);
  expect(openModal(context, of, sealed.replace('UBEN', 'UEVA'))).toBeNull();
  const unbound = { ...of, slackUserId: null };
  const odd = context.seal.sign('modal', JSON.stringify({ page: 1, for: unbound }));
  expect(openModal(context, of, odd)).toBeNull();
});
