import { describe, expect, it } from 'vitest';
import { draftAfter } from '../../src/domain/request/decide.ts';
import { signedText } from '../../src/domain/request/request.ts';
import { aDraft, aSnapshot } from './a-line.ts';
import { aRequest, finalStates, states } from './a-request.ts';

const request = aRequest();
const locked = aDraft({ lockedBy: request.id, lines: request.lines });

describe("the requester's cart when a request changes", () => {
  it.each([states.pending, states.validating, states.unconfirmed])('stays locked while it is $kind', (state) => {
    expect(draftAfter({ ...request, state }, locked, 'dropped')).toBeUndefined();
  });

  it.each([states.ordered, states.closed_elsewhere])('is no cart any more after $kind', (state) => {
    expect(draftAfter({ ...request, state }, locked, 'dropped')).toBeNull();
  });

  it.each([states.declined, states.withdrawn, states.expired])(
    'is empty, with what Fleet keeps, after $kind',
    (state) => {
      expect(draftAfter({ ...request, state }, locked, 'dropped')).toMatchObject({
        lockedBy: null,
        lines: [],
        standing: 'emptied',
        fleetHolds: request.expectedInFleet,
        revision: locked.revision + 1,
      });
    },
  );

  it.each([states.changes_requested, states.withdrawn])('keeps its lines to be edited after $kind', (state) => {
    expect(draftAfter({ ...request, state }, locked, 'kept')).toEqual({
      ...locked,
      lockedBy: null,
      revision: locked.revision + 1,
    });
  });

  it('is no cart any more when it was unlocked meanwhile and turns out to be an order', () => {
    const unlocked = aDraft({ lockedBy: null, fleetOrderId: request.fleetOrderId });
    for (const state of [states.ordered, states.closed_elsewhere])
      expect(draftAfter({ ...request, state }, unlocked, 'dropped')).toBeNull();
    const gone = { ...states.closed_elsewhere, how: 'gone' } as const;
    expect(draftAfter({ ...request, state: gone }, unlocked, 'dropped')).toBeUndefined();
    expect(draftAfter({ ...request, state: gone }, locked, 'dropped')).toBeNull();
  });

  it("leaves another request's cart, and none, alone", () => {
    const other = aDraft({ fleetOrderId: 43 as never });
    for (const state of finalStates) {
      expect(draftAfter({ ...request, state }, other, 'dropped')).toBeUndefined();
      expect(draftAfter({ ...request, state }, null, 'dropped')).toBeUndefined();
    }
  });
});

describe('what a fingerprint covers', () => {
  it('is the difference too, once there is one', () => {
    const difference = { missing: [], extra: [{ productId: null, name: 'Mouse', count: 1 }], total: null };
    expect(signedText(request, difference)).not.toBe(signedText(request, null));
  });

  it('is what Fleet holds where the lines are not known', () => {
    const rebuilt = { ...request, lines: [] };
    const other = { ...rebuilt, expectedInFleet: aSnapshot([101], '54.90') };
    expect(signedText(rebuilt, null)).not.toBe(signedText(other, null));
    const sameLines = { ...request, expectedInFleet: aSnapshot([101], '54.90') };
    expect(signedText(request, null)).toBe(signedText(sameLines, null));
  });
});
