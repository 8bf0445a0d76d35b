import type { CartTotal, DraftCart } from '../cart/cart.ts';
import type { CountedProduct } from '../cart/cart-difference.ts';
import { cartTotal } from '../cart/cart-total.ts';
import { countProducts } from '../cart/compare-cart.ts';
import { type CartRow, rowsOf } from '../order/order-line.ts';

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
