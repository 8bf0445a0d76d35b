import type { FleetFailure } from '../domain/failures/failure.ts';
import { adviceFor } from '../domain/failures/table.ts';
import type { Urgency } from '../domain/fleet-budget.ts';
import type { FleetOrderId } from '../domain/ids.ts';
import type { Cart } from '../fleet/schema.ts';
import type { ServiceContext } from './context.ts';

interface OrderAnswer {
  readonly clientStatus: string;
  readonly orderNumber: string | null;
  readonly deviceNames: readonly string[];
}

/** What Fleet has under a number, as far as its answers prove it. */
type OrderOrGone =
  | { readonly kind: 'order'; readonly order: OrderAnswer }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unclear'; readonly failure: FleetFailure };

export type InFleet = { readonly kind: 'cart'; readonly cart: Cart } | OrderOrGone;

const cartOverCodes: ReadonlySet<string> = new Set(['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART']);
/** It is no longer a cart; Fleet says nothing else about it. */
const statusUnknown: OrderAnswer = { clientStatus: 'UNKNOWN', orderNumber: null, deviceNames: [] };

/** Whether Fleet says that there is no cart under this number any more. It may be gone or an order. */
export function isCartOver(failure: FleetFailure): boolean {
  if (failure.kind === 'rejected_in_words') return adviceFor(failure).looksFirst;
  return failure.kind === 'rejected' && cartOverCodes.has(failure.code);
}

/** Reads past every cache. `likely` is asked first: whether either route also answers for the other is not documented. */
export async function findInFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  { urgency = 'person', likely = 'cart' }: { readonly urgency?: Urgency; readonly likely?: 'cart' | 'order' } = {},
): Promise<InFleet> {
  if (likely === 'cart') {
    const cart = await context.fleet.getCart(fleetOrderId, urgency);
    if (cart.ok) return { kind: 'cart', cart: cart.value };
    if (!isCartOver(cart.failure)) return { kind: 'unclear', failure: cart.failure };
    return orderOrGone(context, fleetOrderId, cart.failure, urgency);
  }
  const order = await context.fleet.getOrder(fleetOrderId, urgency);
  if (order.ok) return { kind: 'order', order: order.value };
  if (order.failure.kind !== 'rejected') return { kind: 'unclear', failure: order.failure };
  const cart = await context.fleet.getCart(fleetOrderId, urgency);
  return cart.ok ? { kind: 'cart', cart: cart.value } : neither(cart.failure, order.failure);
}

/** After Fleet answered a cart's route with `notACart`. */
export async function orderOrGone(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  notACart: FleetFailure,
  urgency: Urgency = 'person',
): Promise<OrderOrGone> {
  const order = await fleet.getOrder(fleetOrderId, urgency);
  return order.ok ? { kind: 'order', order: order.value } : neither(notACart, order.failure);
}

/** ORDER_NOT_CART means that it was ordered. An undocumented conflict does not prove that anything is gone. */
function neither(cart: FleetFailure, order: FleetFailure): OrderOrGone {
  if (order.kind !== 'rejected') return { kind: 'unclear', failure: order };
  if (cart.kind !== 'rejected' || !isCartOver(cart)) return { kind: 'unclear', failure: cart };
  const isOrder = [cart, order].some(({ code }) => code === 'ORDER_NOT_CART');
  return isOrder ? { kind: 'order', order: statusUnknown } : { kind: 'gone' };
}
