import { z } from 'zod';
import type { FleetFailure } from '../domain/fleet-failure.ts';
import type { FleetOrderId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { FleetStanding } from '../domain/status-report.ts';
import type { ServiceContext } from './context.ts';

const FRESH_MS = 60_000;
const KEEP_MS = 24 * 60 * 60 * 1000;

const Stored = z.union([
  z.object({
    kind: z.literal('order'),
    clientStatus: z.string(),
    orderNumber: z.string().nullable(),
    deviceNames: z.array(z.string()),
  }),
  z.object({ kind: z.literal('cart'), deviceNames: z.array(z.string().nullable()) }),
  z.object({ kind: z.literal('gone') }),
]);

/** Of what became an order Fleet is asked; of the rest our own record says everything. */
export async function requestStanding(context: ServiceContext, request: DeviceRequest): Promise<FleetStanding> {
  const { state } = request;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  return isOrder ? fleetStanding(context, request.fleetOrderId, 'order') : { kind: 'not_asked' };
}

/**
 * What Fleet holds under this number now: an order, still a cart, or nothing. Asked at most once a minute for each number.
 * `likely` is asked first: whether one of the two routes also answers for the other's is not documented.
 */
export async function fleetStanding(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  likely: 'cart' | 'order',
): Promise<FleetStanding> {
  const read = await context.store.cache.read<FleetStanding, FleetFailure>(
    {
      key: `standing:${likely}:${fleetOrderId}`,
      freshMs: FRESH_MS,
      keepMs: KEEP_MS,
      parse: (stored) => {
        const parsed = Stored.safeParse(stored);
        return parsed.success ? parsed.data : null;
      },
    },
    async (why) => look(context, fleetOrderId, likely, why === 'missing' ? 'person' : 'refresh'),
  );
  return read.ok ? read.value : { kind: 'not_asked' };
}

type Looked =
  | { readonly ok: true; readonly value: FleetStanding }
  | { readonly ok: false; readonly failure: FleetFailure };

async function look(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  likely: 'cart' | 'order',
  urgency: 'person' | 'refresh',
): Promise<Looked> {
  const ways = likely === 'cart' ? [asCart, asOrder] : [asOrder, asCart];
  for (const way of ways) {
    const found = await way(context, fleetOrderId, urgency);
    if (found.ok || found.failure.kind !== 'rejected') return found;
  }
  return { ok: true, value: { kind: 'gone' } };
}

async function asCart(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  urgency: 'person' | 'refresh',
): Promise<Looked> {
  const cart = await fleet.getCart(fleetOrderId, urgency);
  return cart.ok
    ? { ok: true, value: { kind: 'cart', deviceNames: cart.value.devices.map(({ name }) => name) } }
    : cart;
}

async function asOrder(
  { fleet }: ServiceContext,
  fleetOrderId: FleetOrderId,
  urgency: 'person' | 'refresh',
): Promise<Looked> {
  const order = await fleet.getOrder(fleetOrderId, urgency);
  if (!order.ok) return order;
  const { clientStatus, orderNumber, deviceNames } = order.value;
  return { ok: true, value: { kind: 'order', clientStatus, orderNumber, deviceNames } };
}
