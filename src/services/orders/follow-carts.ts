import { compareCart, snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { roundRobin } from '../../domain/orders/follow.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Cart } from '../../fleet/schema.ts';
import { syncOpenRequest } from './open-request.ts';
import { concernsOneItem, type Sweep, walkPages } from './sweep.ts';

const MAX_PAGES = 20;
const MAX_ASKED = 30;

/**
 * The carts that somebody is asked to sign. Fleet's list only clears them of suspicion: what it does not show, or shows
 * differently, is asked for itself before anything is concluded. Null: nothing stands in the way of going on.
 */
export async function followCarts(sweep: Sweep): Promise<FleetFailure | null> {
  const open = (await sweep.context.store.openRequests()).filter(
    ({ state }) => state.kind === 'pending' || state.kind === 'unconfirmed',
  );
  const doubtful = new Map(open.map((request) => [request.fleetOrderId, request]));
  const failure = doubtful.size > 1 ? await clearUnchanged(sweep, doubtful) : null;
  if (failure !== null && !concernsOneItem(failure)) return failure;
  return askEach(sweep, [...doubtful.values()]);
}

/** Whole pages only as long as they cost less than asking for each of those that are left. */
async function clearUnchanged(sweep: Sweep, doubtful: Map<number, DeviceRequest>): Promise<FleetFailure | null> {
  const { failure } = await walkPages<Cart>({
    ask: (page) => sweep.context.fleet.listCarts(page, 'background'),
    from: 0,
    maxPages: MAX_PAGES,
    onPage: async (carts, pagesLeft) => {
      sweep.counts.pages += 1;
      for (const cart of carts) {
        const request = doubtful.get(cart.fleetOrderId);
        if (request !== undefined && isAsExpected(request, cart)) doubtful.delete(cart.fleetOrderId);
      }
      return doubtful.size > pagesLeft && (await sweep.isOurs());
    },
  });
  return failure;
}

/** Of an unconfirmed one only that it is still a cart says something, and the look-up goes on by itself then. */
function isAsExpected({ state, expectedInFleet }: DeviceRequest, cart: Cart): boolean {
  return state.kind === 'unconfirmed' || compareCart(expectedInFleet, snapshotOf(cart)) === null;
}

async function askEach(sweep: Sweep, doubtful: readonly DeviceRequest[]): Promise<FleetFailure | null> {
  for (const { id, fleetOrderId } of roundRobin(doubtful, sweep.mark.askedCart).slice(0, MAX_ASKED)) {
    if (!(await sweep.isOurs())) return null;
    sweep.counts.asked += 1;
    const failure = await syncOpenRequest(sweep.context, id);
    if (failure !== null && !concernsOneItem(failure)) return failure;
    sweep.mark = { ...sweep.mark, askedCart: fleetOrderId };
  }
  return null;
}
