import type { DraftCart } from '../cart/cart.ts';
import { compareDevices, compareLines, expectedSnapshot } from '../cart/compare.ts';
import { type DeviceRequest, isEndedUnordered, isOpen } from './request.ts';

/** What happens to the lines in the requester's cart when a request ends without an order. */
export type LinesAfter = 'kept' | 'dropped';

/**
 * The requester's cart after a change of the request. `undefined`: unchanged (still locked, or another cart). Null: the
 * cart is deleted.
 */
export function draftAfter(
  request: DeviceRequest,
  draft: DraftCart | null,
  lines: LinesAfter,
): DraftCart | null | undefined {
  const { state, id, fleetOrderId } = request;
  if (draft === null || isOpen(state)) return undefined;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  // Found ordered after its end: the cart may have been unlocked meanwhile.
  if (isOrder && draft.lockedBy === null && draft.fleetOrderId === fleetOrderId) return null;
  if (draft.lockedBy !== id) return undefined;
  if (isOrder || state.kind === 'closed_elsewhere') return null;
  const free = { ...draft, lockedBy: null, revision: draft.revision + 1 };
  if (lines === 'kept') return free;
  // Fleet cannot delete a cart: what it still holds is kept with the empty draft, and the next order reuses it.
  return { ...free, lines: [], standing: 'emptied', fleetHolds: request.expectedInFleet };
}

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
