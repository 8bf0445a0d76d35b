import type { FleetSnapshot } from '../domain/cart.ts';
import { snapshotOf } from '../domain/compare-cart.ts';
import type { FleetFailure } from '../domain/fleet-failure.ts';
import type { FleetOrderId } from '../domain/ids.ts';
import type { Urgency } from '../fleet/fleet.ts';
import type { ServiceContext } from './context.ts';

export type StandingInFleet =
  | { readonly kind: 'cart'; readonly holds: FleetSnapshot }
  | { readonly kind: 'order'; readonly clientStatus: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unclear'; readonly failure: FleetFailure };

/** Read now, past every cache, and without changing anything. */
export async function standingInFleet(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  urgency: Urgency = 'person',
): Promise<StandingInFleet> {
  const cart = await fleet.getCart(fleetOrderId, urgency);
  if (cart.ok) return { kind: 'cart', holds: snapshotOf(cart.value) };
  if (cart.failure.kind !== 'rejected') return { kind: 'unclear', failure: cart.failure };
  const order = await fleet.getOrder(fleetOrderId, urgency);
  if (order.ok) return { kind: 'order', clientStatus: order.value.clientStatus };
  return order.failure.kind === 'rejected' ? { kind: 'gone' } : { kind: 'unclear', failure: order.failure };
}
