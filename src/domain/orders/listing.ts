import type { DraftCart } from '../cart/cart.ts';
import type { FleetOrderId } from '../ids.ts';
import type { DeviceRequest } from '../request/request.ts';

/** Why a request or a draft needs an admin's attention. */
export type Stuck =
  | 'fleet_unclear'
  | 'sending_long'
  | 'approver_gone'
  | 'fleet_refused'
  | 'cart_differs'
  | 'unanswered'
  | 'overdue'
  | 'creating_long';

const LONG_MS = 5 * 60 * 1000;

/** Null: not stuck. */
export function whyStuck(request: DeviceRequest, now: number): Stuck | null {
  const { state } = request;
  switch (state.kind) {
    case 'unconfirmed':
      return 'fleet_unclear';
    case 'validating':
      return now - state.at > LONG_MS ? 'sending_long' : null;
    case 'pending':
      return whyPendingStuck(request, now);
    default:
      return null;
  }
}

/** Of several reasons, the one that people can act on. */
function whyPendingStuck(request: DeviceRequest, now: number): Stuck | null {
  if (request.approverGone) return 'approver_gone';
  if (request.problem !== null) return 'fleet_refused';
  if (request.difference !== null) return 'cart_differs';
  if (now - request.expiresAt > LONG_MS) return 'overdue';
  return request.lastRemindedAt === null ? null : 'unanswered';
}

/** A lost create is normally resolved within seconds. */
export function whyDraftStuck({ creatingSince }: DraftCart, now: number): Stuck | null {
  return creatingSince !== null && now - creatingSince > LONG_MS ? 'creating_long' : null;
}

/** What the list of carts keeps beside a record, to count and page without reading it. */
export interface Listing {
  /** `sending`: an approval is being sent or confirmed. `kept`: Fleet keeps an emptied cart as an unordered draft. */
  readonly place: 'pending' | 'sending' | 'draft' | 'kept' | 'unlisted';
  readonly fleetOrderId: FleetOrderId | null;
  /** After this time it is stuck, if nothing changes; null: never. */
  readonly stuckAfter: number | null;
}

export function listingOfRequest(request: DeviceRequest): Listing {
  const { state, fleetOrderId, expiresAt } = request;
  switch (state.kind) {
    case 'pending': {
      const isStuck = whyPendingStuck(request, expiresAt) !== null;
      return { place: 'pending', fleetOrderId, stuckAfter: isStuck ? 0 : expiresAt + LONG_MS };
    }
    case 'validating':
      return { place: 'sending', fleetOrderId, stuckAfter: state.at + LONG_MS };
    case 'unconfirmed':
      return { place: 'sending', fleetOrderId, stuckAfter: 0 };
    default:
      return { place: 'unlisted', fleetOrderId, stuckAfter: null };
  }
}

/** A locked draft is listed as its request. */
export function listingOfDraft(draft: DraftCart): Listing {
  const { fleetOrderId, lines, fleetHolds, creatingSince, lockedBy, standing } = draft;
  const isEmpty = lines.length === 0 && (fleetHolds?.productIds.length ?? 0) === 0;
  if (lockedBy !== null || (isEmpty && creatingSince === null))
    return { place: 'unlisted', fleetOrderId, stuckAfter: null };
  const stuckAfter = creatingSince === null ? null : creatingSince + LONG_MS;
  return { place: standing === 'emptied' ? 'kept' : 'draft', fleetOrderId, stuckAfter };
}

/** As it is kept with the record: a release that doesn't know it saves the record under the next revision. */
export function listingText(revision: number, { place, stuckAfter, fleetOrderId }: Listing): string {
  return [revision, place, stuckAfter ?? '', fleetOrderId ?? ''].join('|');
}
