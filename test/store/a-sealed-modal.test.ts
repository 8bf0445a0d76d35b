import { expect, it } from 'vitest';
import type { SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { aSeal } from './support/a-store.ts';

const seal = aSeal();
const of = { workspaceId: 'T1' as WorkspaceId, slackUserId: 'UBEN' as SlackUserId, view: 'your_cart' };
const sealed = seal.signModal(of, '{"page":1}');

it('opens for the person, modal and workspace that it was sealed for', () => {
  expect(JSON.parse(seal.openModal(of, sealed) ?? '')).toMatchObject({ page: 1 });
});

it.each([
  ['another person', { ...of, slackUserId: 'UEVA' as SlackUserId }],
  ['another modal', { ...of, view: 'order_equipment' }],
  ['another workspace', { ...of, workspaceId: 'T2' as WorkspaceId }],
])('says nothing in the name of %s', (_, who) => {
  expect(seal.openModal(who, sealed)).toBeNull();
});

it("opens the previous release's, which names no one, and nothing that was changed", () => {
  for (const text of ['{"page":1}', 'settings people 3'])
    expect(seal.openModal(of, seal.sign('modal', text))).toBe(text);
  expect(seal.openModal(of, sealed.replace('UBEN', 'UEVA'))).toBeNull();
  const unbound = { ...of, slackUserId: null };
  const odd = seal.sign('modal', JSON.stringify({ page: 1, for: unbound }));
  expect(seal.openModal(of, odd)).toBeNull();
});
