import { expect, it } from 'vitest';
import {
  type CardCopy,
  isBeingChecked,
  isEndedUnordered,
  isOpen,
  isSameSave,
  isShown,
  isWatched,
  type RequestStateKind,
  shownOf,
} from '../../src/domain/request/request.ts';
import { aRequest, states } from './a-request.ts';

const kinds = Object.keys(states) as RequestStateKind[];

it.each(kinds)('%s is open, or has ended with an order, without one, or elsewhere', (kind) => {
  const state = states[kind];
  const open: readonly RequestStateKind[] = ['pending', 'validating', 'unconfirmed'];
  const unordered: readonly RequestStateKind[] = ['declined', 'changes_requested', 'withdrawn', 'expired'];

  expect(isOpen(state)).toBe(open.includes(kind));
  expect(isEndedUnordered(state)).toBe(unordered.includes(kind));
  expect(isWatched(aRequest({ state }))).toBe(unordered.includes(kind));
  expect(isBeingChecked(aRequest({ state }))).toBe(false);
  expect(isBeingChecked(aRequest({ state, ending: 'unchecked' }))).toBe(unordered.includes(kind));
  expect(isBeingChecked(aRequest({ state, ending: 'told' }))).toBe(unordered.includes(kind));
  expect(isBeingChecked(aRequest({ state, ending: 'checked' }))).toBe(false);
});

it('is watched too once its cart is gone', () => {
  expect(isWatched(aRequest({ state: { ...states.closed_elsewhere, how: 'gone', clientStatus: null } }))).toBe(true);
});

it('a copy shows a request only as it was saved, whether or not an older release saved either', () => {
  const place = { kind: 'shared', slackUserId: null, channel: 'C1', ts: '1.0' } as unknown as CardCopy;
  const old = aRequest({ revision: 2 });
  const saved = aRequest({ revision: 2, nonce: 'a' });
  const forgotten = aRequest({ revision: 2, nonce: 'b' });
  const next = aRequest({ revision: 3, nonce: 'c' });

  expect(isShown({ ...place, shows: 2 }, old)).toBe(true);
  for (const request of [saved, old]) expect(isShown({ ...place, ...shownOf(request) }, request)).toBe(true);
  for (const drawn of [old, forgotten, next]) {
    expect(isShown({ ...place, ...shownOf(drawn) }, saved)).toBe(false);
    expect(isSameSave(drawn, saved)).toBe(false);
  }
  expect(isSameSave(saved, { ...saved })).toBe(true);
});
