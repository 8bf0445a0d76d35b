import type { FleetSnapshot } from '../domain/cart/cart.ts';
import { snapshotOf } from '../domain/cart/compare.ts';
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

type InFleet = { readonly kind: 'cart'; readonly cart: Cart } | OrderOrGone;

const cartOverCodes: ReadonlySet<string> = new Set(['CART_NOT_FOUND', 'ORDER_NOT_FOUND', 'ORDER_NOT_CART']);
/** It moved on, and that is all Fleet says of it. */
const statusUnknown: OrderAnswer = { clientStatus: 'UNKNOWN', orderNumber: null, deviceNames: [] };

/** There may be no cart under this number any more: gone, or an order. Which one is not said yet. */
export function isCartOver(failure: FleetFailure): boolean {
  if (failure.kind === 'rejected_in_words') return adviceFor(failure).looksFirst;
  return failure.kind === 'rejected' && cartOverCodes.has(failure.code);
}

/** `likely` is asked first: whether one of the two routes also answers for the other's is not documented. */
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

/** After `notACart`, Fleet's answer to something that was asked of a cart. */
export async function orderOrGone(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  notACart: FleetFailure,
  urgency: Urgency = 'person',
): Promise<OrderOrGone> {
  const order = await fleet.getOrder(fleetOrderId, urgency);
  return order.ok ? { kind: 'order', order: order.value } : neither(notACart, order.failure);
}

/** "Not a cart" is said of what was ordered. A conflict that nobody documented does not say that anything is gone. */
function neither(cart: FleetFailure, order: FleetFailure): OrderOrGone {
  if (order.kind !== 'rejected') return { kind: 'unclear', failure: order };
  if (cart.kind !== 'rejected' || !isCartOver(cart)) return { kind: 'unclear', failure: cart };
  const isOrder = [cart, order].some(({ code }) => code === 'ORDER_NOT_CART');
  return isOrder ? { kind: 'order', order: statusUnknown } : { kind: 'gone' };
}

export type StandingInFleet =
  | { readonly kind: 'cart'; readonly holds: FleetSnapshot }
  | { readonly kind: 'order'; readonly clientStatus: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unclear'; readonly failure: FleetFailure };

/** Read now, past every cache, and without changing anything. */
export async function standingInFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  urgency: Urgency = 'person',
): Promise<StandingInFleet> {
  const found = await findInFleet(context, fleetOrderId, { urgency });
  if (found.kind === 'cart') return { kind: 'cart', holds: snapshotOf(found.cart) };
  return found.kind === 'order' ? { kind: 'order', clientStatus: found.order.clientStatus } : found;
}
