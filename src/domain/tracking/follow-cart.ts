import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/cart-difference.ts';
import type { Decision } from '../request/decision.ts';
import type { DeviceRequest } from '../request/request.ts';
import { settled, whyNotPending } from '../request/settle.ts';

export interface FoundInCart {
  /** Null: it holds again what is asked for. */
  readonly difference: CartDifference | null;
  readonly expectedInFleet: FleetSnapshot;
  readonly total: CartTotal;
  /** Of all this: a card that does not show it signs nothing any more. */
  readonly fingerprint: string;
}

/** Somebody changed the cart in Fleet's own cockpit while it waits: it goes on waiting, and the card shows how it differs. */
export function cartChangedElsewhere(request: DeviceRequest, now: number, found: FoundInCart): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  const outcome = found.difference === null ? 'as_sent' : 'differs';
  return settled(request, found, { did: 'cart_changed_elsewhere', by: 'fleet_for_slack', outcome });
}
