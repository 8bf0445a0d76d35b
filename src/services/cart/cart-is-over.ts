import type { CartTrouble } from '../../domain/cart/cart-trouble.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { orderOrGone } from '../tracking/look-in-fleet.ts';

export { isCartOver } from '../tracking/look-in-fleet.ts';

export type CartIsOver = Extract<CartTrouble, { kind: 'gone_from_fleet' | 'ordered_already' }>;

/** Looks before saying which. Null: Fleet did not say just now. */
export async function whyCartIsOver(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  why: FleetFailure,
): Promise<CartIsOver | null> {
  const found = await orderOrGone(context, fleetOrderId, why);
  if (found.kind === 'unclear') return null;
  return found.kind === 'order'
    ? { kind: 'ordered_already', clientStatus: found.order.clientStatus }
    : { kind: 'gone_from_fleet' };
}
