import { type CartTotal, cartTotal, type DraftCart } from '../cart/cart.ts';
import { type CountedProduct, countProducts } from '../cart/compare.ts';
import type { FleetUserId, SlackUserId } from '../ids.ts';
import { type CartRow, rowsOf } from '../line.ts';
import type { DeviceRequest } from '../request/request.ts';

/** A cart without an open request, as a status shows it. */
export interface DraftReport {
  readonly cart: DraftCart;
  readonly rows: readonly CartRow[];
  /** Devices known only from Fleet: found there, or kept there after the cart was emptied. */
  readonly held: readonly CountedProduct[];
  readonly total: CartTotal;
}

export function draftReport(cart: DraftCart): DraftReport {
  const { lines, fleetHolds, standing } = cart;
  const isOurs = standing === 'ours' || lines.length === 0;
  return {
    cart,
    rows: rowsOf(lines),
    held: standing === 'ours' || fleetHolds === null ? [] : countProducts(fleetHolds),
    // Until Fleet's cart matches ours, its total is for other devices.
    total: cartTotal(lines, isOurs ? fleetHolds : null),
  };
}

/** Whether the cart can still be sent for approval. What Fleet keeps of an emptied cart cannot. */
export function isToBeSent({ lockedBy, standing, lines, fleetHolds }: DraftCart): boolean {
  if (lockedBy !== null || standing === 'emptied') return false;
  return lines.length > 0 || (standing === 'found' && (fleetHolds?.productIds.length ?? 0) > 0);
}

export interface Viewer {
  readonly slackUserId: SlackUserId;
  /** Null: not linked to a Fleet user, so no line can be for them. */
  readonly fleetUserId: FleetUserId | null;
  readonly isAdmin: boolean;
}

/** Requester, approver, assignees and admins. For everyone else it does not exist. */
export function maySeeRequest(viewer: Viewer, request: DeviceRequest): boolean {
  if (viewer.isAdmin) return true;
  if (viewer.slackUserId === request.requester.slackUserId) return true;
  if (viewer.slackUserId === request.approver.slackUserId) return true;
  return viewer.fleetUserId !== null && request.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}

/** As for a request; a draft has no approver. */
export function maySeeDraft(viewer: Viewer, owner: SlackUserId, draft: DraftCart): boolean {
  if (viewer.isAdmin || viewer.slackUserId === owner) return true;
  return viewer.fleetUserId !== null && draft.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}
