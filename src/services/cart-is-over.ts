import type { CartTrouble } from '../domain/cart-trouble.ts';
import { adviceFor } from '../domain/failure-table.ts';
import type { FleetFailure } from '../domain/fleet-failure.ts';
import type { FleetOrderId } from '../domain/ids.ts';
import type { ServiceContext } from './context.ts';

export type CartIsOver = Extract<CartTrouble, { kind: 'gone_from_fleet' | 'ordered_already' }>;

const saysItIsOver: ReadonlySet<string> = new Set(['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART']);

/** There may be no cart under this number any more: gone, or an order. Which one is not said yet. */
export function isCartOver(failure: FleetFailure): boolean {
  if (failure.kind === 'rejected_in_words') return adviceFor(failure).looksFirst;
  return failure.kind === 'rejected' && saysItIsOver.has(failure.code);
}

/** Looks before saying which. Null: Fleet did not say just now. */
export async function whyCartIsOver(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  why: FleetFailure,
): Promise<CartIsOver | null> {
  const order = await fleet.getOrder(fleetOrderId, 'person');
  if (order.ok) return { kind: 'ordered_already', clientStatus: order.value.clientStatus };
  // A conflict that nobody documented does not say that the cart is gone.
  if (order.failure.kind !== 'rejected' || why.kind !== 'rejected') return null;
  const isCertainlyAnOrder = why.code === 'ORDER_NOT_CART';
  return isCertainlyAnOrder ? { kind: 'ordered_already', clientStatus: 'UNKNOWN' } : { kind: 'gone_from_fleet' };
}
