import type { DraftCart } from '../cart/cart.ts';
import type { DeviceRequest } from '../request/request.ts';

/** Why something does not go on by itself, or not as it should: what an admin looks for. */
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

/** Null: it goes its way. */
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

/** Of several reasons the one that somebody can do something about. */
function whyPendingStuck(request: DeviceRequest, now: number): Stuck | null {
  if (request.approverGone) return 'approver_gone';
  if (request.problem !== null) return 'fleet_refused';
  if (request.difference !== null) return 'cart_differs';
  if (now - request.expiresAt > LONG_MS) return 'overdue';
  return request.lastRemindedAt === null ? null : 'unanswered';
}

/** A create whose answer was lost is looked up within seconds. */
export function whyDraftStuck({ creatingSince }: DraftCart, now: number): Stuck | null {
  return creatingSince !== null && now - creatingSince > LONG_MS ? 'creating_long' : null;
}
