import type { DraftCart } from '../cart/cart.ts';
import { compareDevices, compareLines, expectedSnapshot } from '../cart/compare.ts';
import { type DeviceRequest, isEndedUnordered } from './request.ts';

/**
 * The devices of a request that ended without an order are the cart again: nothing is sent to Fleet, which still holds
 * exactly them. Null: Fleet holds something else by now, or they are in the cart already.
 */
export function putBack(draft: DraftCart, request: DeviceRequest): DraftCart | null {
  const { lines, mode } = request;
  if (draft.standing !== 'emptied' || draft.lockedBy !== null || lines.length === 0) return null;
  if (!isLastRequestOf(draft, request)) return null;
  return { ...draft, lines, mode, standing: 'ours', revision: draft.revision + 1 };
}

/** What the approver of the next request for the same cart is told of this one. Null: nothing can be said. */
export function followUpOf(
  previous: DeviceRequest,
  next: Pick<DeviceRequest, 'lines' | 'mode' | 'total'>,
): NonNullable<DeviceRequest['followUp']> | null {
  const { state, lines } = previous;
  const isEnd =
    state.kind === 'declined' ||
    state.kind === 'changes_requested' ||
    state.kind === 'withdrawn' ||
    state.kind === 'expired';
  if (!isEnd || lines.length === 0) return null;
  const change = compareLines(previous, next);
  return { end: state.kind, by: state.kind === 'expired' ? null : state.by, change };
}

/**
 * Whether the request is what this cart was last sent as. Changes that were asked for stay with the cart while it is
 * edited. A cart whose request ended otherwise was emptied: with other devices, it is another one.
 */
export function isLastRequestOf(draft: DraftCart, request: DeviceRequest): boolean {
  const { state, requester, fleetOrderId, isSuperseded, expectedInFleet } = request;
  if (!isEndedUnordered(state) || isSuperseded === true) return false;
  if (fleetOrderId !== draft.fleetOrderId || requester.fleetUserId !== draft.purchaserId) return false;
  const held = draft.standing === 'ours' ? expectedSnapshot(draft.lines, null) : draft.fleetHolds;
  const isSame = held !== null && compareDevices(expectedInFleet, held) === null;
  return isSame || (state.kind === 'changes_requested' && draft.standing === 'ours');
}
