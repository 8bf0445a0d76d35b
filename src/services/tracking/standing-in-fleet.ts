import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare-cart.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { lookInFleet } from './look-in-fleet.ts';

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
  const found = await lookInFleet(context, fleetOrderId, { urgency });
  if (found.kind === 'cart') return { kind: 'cart', holds: snapshotOf(found.cart) };
  return found.kind === 'order' ? { kind: 'order', clientStatus: found.order.clientStatus } : found;
}
