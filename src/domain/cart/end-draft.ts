import { type DeviceRequest, isOpen } from '../request/request.ts';
import type { DraftCart } from './cart.ts';

/** What becomes of the lines in the requester's cart when a request ends without an order. */
export type LinesAfter = 'kept' | 'dropped';

/**
 * The requester's cart once the request is as it is now. `undefined`: it stays as it is (still locked, or not the one
 * that this request locked). Null: there is none any more.
 */
export function draftAfter(
  request: DeviceRequest,
  draft: DraftCart | null,
  lines: LinesAfter,
): DraftCart | null | undefined {
  if (draft === null || draft.lockedBy !== request.id || isOpen(request.state)) return undefined;
  if (request.state.kind === 'ordered' || request.state.kind === 'closed_elsewhere') return null;
  const free = { ...draft, lockedBy: null, revision: draft.revision + 1 };
  if (lines === 'kept') return free;
  // Fleet has no delete: what it still holds is kept beside the empty cart, and the next order reuses it.
  return { ...free, lines: [], standing: 'emptied', fleetHolds: request.expectedInFleet };
}
