import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import { type FollowedOrder, ordersToAsk } from '../../domain/orders/follow.ts';
import type { Order } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { recordStatusFromFleet } from './fleet-status.ts';
import { concernsOneItem, type Sweep, walkPages } from './sweep.ts';

/** 3,000 orders in one sweep; the next one resumes after them. */
const MAX_PAGES = 30;
const MAX_ASKED = 40;

/** Orders. Fleet does not document that its list is complete: what it does not show is asked for one by one. */
export async function followPlaced(sweep: Sweep): Promise<FleetFailure | null> {
  const unseen = new Map<FleetOrderId, FollowedOrder[]>();
  const followed = await sweep.context.store.followedOrders();
  if (followed.length > 0) await renewOnceADay(sweep.context, followed);
  for (const one of followed) unseen.set(one.fleetOrderId, [...(unseen.get(one.fleetOrderId) ?? []), one]);
  const failure = unseen.size > 1 ? await recordFromList(sweep, unseen) : null;
  if (failure !== null && !concernsOneItem(failure)) return failure;
  return recordEach(sweep, [...unseen.values()].flat());
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Keeps the records of orders from expiring: most do not change, so nothing else touches them. */
async function renewOnceADay({ store, now }: ServiceContext, followed: readonly FollowedOrder[]): Promise<void> {
  const day = Math.floor(now() / DAY_MS);
  if ((await store.commit({ once: `renew-followed-${day}` })) === 'committed')
    await store.renewFollowedOrders(followed);
}

async function recordFromList(
  sweep: Sweep,
  unseen: Map<FleetOrderId, readonly FollowedOrder[]>,
): Promise<FleetFailure | null> {
  const { failure, next } = await walkPages<Order>({
    ask: (page) => sweep.context.fleet.listOrders(page, 'background'),
    from: sweep.mark.listFrom,
    maxPages: MAX_PAGES,
    onPage: async (orders, pagesLeft) => {
      sweep.counts.pages += 1;
      for (const { fleetOrderId, clientStatus } of orders) {
        // The fields of a row are undocumented: one without a status says nothing.
        if (clientStatus === 'UNKNOWN') continue;
        for (const one of unseen.get(fleetOrderId) ?? []) await recordIfMoved(sweep, one, clientStatus);
        unseen.delete(fleetOrderId);
      }
      return unseen.size > pagesLeft && (await sweep.isOurs());
    },
  });
  sweep.mark = { ...sweep.mark, listFrom: next };
  return failure;
}

async function recordEach(sweep: Sweep, unseen: readonly FollowedOrder[]): Promise<FleetFailure | null> {
  const { moving, resting } = ordersToAsk(unseen, sweep.mark, MAX_ASKED);
  for (const [asked, orders] of [['askedMoving', moving] as const, ['askedResting', resting] as const]) {
    for (const one of orders) {
      if (!(await sweep.isOurs())) return null;
      sweep.counts.asked += 1;
      const order = await sweep.context.fleet.getOrder(one.fleetOrderId, 'background');
      if (order.ok) await recordIfMoved(sweep, one, order.value.clientStatus);
      else if (!concernsOneItem(order.failure)) return order.failure;
      sweep.mark = { ...sweep.mark, [asked]: one.fleetOrderId };
    }
  }
  return null;
}

/** Most have not changed: their records are not even read. */
async function recordIfMoved({ context, counts }: Sweep, one: FollowedOrder, clientStatus: string): Promise<void> {
  if (one.clientStatus === clientStatus) return;
  const recorded = await recordStatusFromFleet(context, one.requestId, clientStatus);
  if (recorded.ok) counts.moved += 1;
  else if (recorded.refusal.kind === 'unknown_request') await context.store.dropFollowedOrder(one);
}
