import { describe, expect, it } from 'vitest';
import { isLastRequestOf, putBack } from '../../src/domain/request/cart-after.ts';
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

describe('putting back what a request held when it ended', () => {
  const ended = (kind: 'declined' | 'withdrawn' | 'expired') => ({ ...request, state: states[kind] });
  const emptied = aDraft({ lines: [], standing: 'emptied', fleetHolds: request.expectedInFleet });

  it.each(['declined', 'withdrawn', 'expired'] as const)('makes its devices the cart again after %s', (kind) => {
    const { lines, mode } = request;
    expect(putBack(emptied, ended(kind))).toEqual({
      ...emptied,
      ...{ lines, mode, standing: 'ours', revision: emptied.revision + 1 },
    });
  });

  it('does nothing to a cart that has devices, is locked, or whose devices Redis lost', () => {
    expect(putBack({ ...emptied, standing: 'ours', lines: request.lines }, ended('declined'))).toBeNull();
    expect(putBack({ ...emptied, lockedBy: request.id }, ended('declined'))).toBeNull();
    expect(putBack(emptied, { ...ended('declined'), lines: [] })).toBeNull();
  });

  it('is offered for exactly what Fleet still holds', () => {
    expect(putBack({ ...emptied, fleetHolds: aSnapshot([101], '54.90') }, ended('declined'))).toBeNull();
    expect(putBack({ ...emptied, fleetHolds: null }, ended('declined'))).toBeNull();
  });

  it('takes no request that is open, was sent again, or is of another cart or purchaser', () => {
    for (const over of [
      { state: states.pending },
      { isSuperseded: true },
      { fleetOrderId: 43 as never },
      { requester: { ...request.requester, fleetUserId: 99 as never } },
    ] as const)
      expect(putBack(emptied, { ...ended('expired'), ...over })).toBeNull();
  });

  it('knows the request for which changes were asked while the cart is edited, and no other one', () => {
    const edited = aDraft({ lines: request.lines.slice(0, 1) });
    expect(isLastRequestOf(edited, { ...request, state: states.changes_requested })).toBe(true);
    expect(isLastRequestOf(edited, ended('declined'))).toBe(false);
    expect(isLastRequestOf(aDraft({ lines: request.lines }), ended('declined'))).toBe(true);
    const other = { ...emptied, fleetHolds: aSnapshot([131], '20.00') };
    expect(isLastRequestOf(other, { ...request, state: states.changes_requested })).toBe(false);
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
