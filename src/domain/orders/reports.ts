import { type CartTotal, cartTotal, type DraftCart } from '../cart/cart.ts';
import { type CountedProduct, countProducts } from '../cart/compare.ts';
import type { FleetUserId, SlackUserId } from '../ids.ts';
import { type CartRow, rowsOf } from '../line.ts';
import type { DeviceRequest } from '../request/request.ts';

/** A cart that nobody is asked to sign, as a status shows it. */
export interface DraftReport {
  readonly cart: DraftCart;
  readonly rows: readonly CartRow[];
  /** Devices of which only Fleet tells: found there, or kept there since the cart was emptied. */
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
    // Of a cart that is not settled yet Fleet's total is about other devices.
    total: cartTotal(lines, isOurs ? fleetHolds : null),
  };
}

/** Something in it can still be sent for approval. What Fleet keeps of an emptied cart is nobody's wish any more. */
export function isToBeSent({ lockedBy, standing, lines, fleetHolds }: DraftCart): boolean {
  if (lockedBy !== null || standing === 'emptied') return false;
  return lines.length > 0 || (standing === 'found' && (fleetHolds?.productIds.length ?? 0) > 0);
}

export interface Viewer {
  readonly slackUserId: SlackUserId;
  /** Null: not tied to a Fleet user, so no line can be for them. */
  readonly fleetUserId: FleetUserId | null;
  readonly isAdmin: boolean;
}

/** Requester, people that its lines are for, approver, admins. Everybody else is answered as if it did not exist. */
export function maySeeRequest(viewer: Viewer, request: DeviceRequest): boolean {
  if (viewer.isAdmin) return true;
  if (viewer.slackUserId === request.requester.slackUserId) return true;
  if (viewer.slackUserId === request.approver.slackUserId) return true;
  return viewer.fleetUserId !== null && request.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}

/** A cart that is not sent yet has no approver. */
export function maySeeDraft(viewer: Viewer, owner: SlackUserId, draft: DraftCart): boolean {
  if (viewer.isAdmin || viewer.slackUserId === owner) return true;
  return viewer.fleetUserId !== null && draft.lines.some((line) => line.fleetUserId === viewer.fleetUserId);
}
