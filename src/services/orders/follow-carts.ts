import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import { recordCartChange, roundRobin } from '../../domain/orders/follow.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import type { Cart } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { findInFleet } from '../fleet-orders.ts';
import { endClosedElsewhere } from '../request/end.ts';
import { compareWithSigned } from '../request/signed-cart.ts';
import { updateIfUnchanged, workItem } from '../request/update.ts';
import { concernsOneItem, type Sweep, walkPages } from './sweep.ts';

const MAX_PAGES = 20;
const MAX_ASKED = 30;

/**
 * The carts of open requests. Fleet's list can only show that a cart is unchanged: one that it lacks, or shows with
 * differences, is asked for on its own before anything is concluded. Null: the sweep can go on.
 */
export async function followCarts(sweep: Sweep): Promise<FleetFailure | null> {
  const open = (await sweep.context.store.openRequests()).filter(
    ({ state }) => state.kind === 'pending' || state.kind === 'unconfirmed',
  );
  const doubtful = new Map(open.map((request) => [request.fleetOrderId, request]));
  const failure = doubtful.size > 1 ? await dropUnchanged(sweep, doubtful) : null;
  if (failure !== null && !concernsOneItem(failure)) return failure;
  return syncEach(sweep, [...doubtful.values()]);
}

/** Reads whole pages as long as that costs less than asking for each remaining cart. */
async function dropUnchanged(sweep: Sweep, doubtful: Map<number, DeviceRequest>): Promise<FleetFailure | null> {
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

/** For an unconfirmed request it is enough that it is still a cart: its look-ups go on anyway. */
function isAsExpected({ state, expectedInFleet }: DeviceRequest, cart: Cart): boolean {
  return state.kind === 'unconfirmed' || compareCart(expectedInFleet, snapshotOf(cart)) === null;
}

async function syncEach(sweep: Sweep, doubtful: readonly DeviceRequest[]): Promise<FleetFailure | null> {
  for (const { id, fleetOrderId } of roundRobin(doubtful, sweep.mark.askedCart).slice(0, MAX_ASKED)) {
    if (!(await sweep.isOurs())) return null;
    sweep.counts.asked += 1;
    const failure = await syncOpenRequest(sweep.context, id);
    if (failure !== null && !concernsOneItem(failure)) return failure;
    sweep.mark = { ...sweep.mark, askedCart: fleetOrderId };
  }
  return null;
}

/**
 * Records what happened to the request's cart in Fleet's own cockpit. The request is read before Fleet is asked and is
 * only changed if it is still the same: a press in between wins. Null: Fleet answered.
 */
async function syncOpenRequest(context: ServiceContext, requestId: RequestId): Promise<FleetFailure | null> {
  const request = await context.store.request(requestId);
  if (request?.state.kind === 'unconfirmed') await queueExtraLookUp(context, request);
  if (request?.state.kind !== 'pending') return null;
  const found = await findInFleet(context, request.fleetOrderId, { urgency: 'background' });
  const end = { context, request };
  switch (found.kind) {
    case 'cart':
      await recordChange(context, request, snapshotOf(found.cart));
      return null;
    case 'order':
      await endClosedElsewhere(end, { how: 'ordered', clientStatus: found.order.clientStatus });
      return null;
    case 'gone':
      await endClosedElsewhere(end, { how: 'gone', clientStatus: null });
      return null;
    case 'unclear':
      return found.failure;
    default:
      return found satisfies never;
  }
}

/** Most likely our own validate went through: the look-up proves that, and says who approved. */
async function queueExtraLookUp({ store, workspaceId }: ServiceContext, request: DeviceRequest): Promise<void> {
  const work = { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: request.id, isExtra: true } as const;
  const item = workItem(request, work, { name: 'look-now' });
  await store.commit({ once: item.id, work: [item] });
}

async function recordChange(context: ServiceContext, request: DeviceRequest, holds: FleetSnapshot): Promise<void> {
  if (compareCart(request.expectedInFleet, holds) === null) return;
  const compared = compareWithSigned(request, holds);
  const { difference, total } = compared.kind === 'differs' ? compared : { difference: null, total: request.total };
  const fingerprint = context.seal.digest(signedText({ ...request, expectedInFleet: holds, total }, difference));
  await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: difference !== null || request.difference !== null,
    decide: (current, now) =>
      recordCartChange(current, now, { difference, expectedInFleet: holds, total, fingerprint }),
  });
}
