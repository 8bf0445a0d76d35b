import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart, snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import {
  type FollowedOrder,
  type Numbered,
  ordersToAsk,
  recordCartChange,
  roundRobin,
  type SweepMark,
} from '../../domain/orders/follow.ts';
import { type DeviceRequest, isWatched, signedText } from '../../domain/request/request.ts';
import { noteSeen } from '../../domain/request/validate.ts';
import type { Cart, Order } from '../../fleet/schema.ts';
import { jobDone, type ServiceContext } from '../context.ts';
import { findInFleet } from '../fleet-orders.ts';
import { type AskForPage, PAGE_SIZE } from '../pages.ts';
import { awaitGone, endFoundOrdered, endGone } from '../request/end.ts';
import { compareWithNewPrices } from '../request/signed-cart.ts';
import { updateIfUnchanged, workItem } from '../request/update.ts';
import { recordStatusFromFleet } from './fleet-status.ts';

interface Walk<T> {
  readonly ask: AskForPage<T>;
  readonly from: number;
  readonly maxPages: number;
  /** After each page. False: stop. */
  readonly onPage: (items: readonly T[], pagesLeft: number) => Promise<boolean>;
}

interface Walked {
  readonly failure: FleetFailure | null;
  /** Where the next walk resumes; 0: from the start. */
  readonly next: number;
}

/**
 * Goes on by the rows that came, since Fleet's pages may be shorter than asked for. Rows may slip through while the list
 * moves: callers ask Fleet about each one that they miss.
 */
async function walkPages<T>({ ask, from, maxPages, onPage }: Walk<T>): Promise<Walked> {
  let offset = from;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const page = await ask({ limit: PAGE_SIZE, offset });
    if (!page.ok) return { failure: page.failure, next: offset };
    const { items, unreadableAt, total } = page.value;
    const received = items.length + unreadableAt.length;
    offset += received;
    const isEnd = received === 0 || offset >= total;
    const goesOn = await onPage(items, isEnd ? 0 : Math.ceil((total - offset) / received));
    if (isEnd || !goesOn) return { failure: null, next: 0 };
  }
  return { failure: null, next: offset };
}

/** One sweep over everything that can change in Fleet. */
export interface Sweep {
  readonly context: ServiceContext;
  /** Checked before each call to Fleet. False: another instance took over. */
  readonly isOurs: () => Promise<boolean>;
  /** Advances with each order asked for, so that the next sweep starts with the rest. */
  mark: SweepMark;
  readonly counts: { pages: number; asked: number; moved: number };
}

/** The next item may be fine. All other failures are about Fleet, the key or the budget. */
function concernsOneItem({ kind }: FleetFailure): boolean {
  return kind === 'rejected' || kind === 'rejected_in_words' || kind === 'unreadable';
}

const MAX_CART_PAGES = 20;
const MAX_CARTS_ASKED = 30;
/** Two calls each. */
const MAX_ENDED_ASKED = 10;

/** What Fleet's list of carts has not settled yet, by order. */
interface Doubtful {
  readonly open: Map<number, DeviceRequest>;
  /** Ended without an order: someone may still place one in Fleet, or a validate of ours may land late. */
  readonly ended: Map<number, Numbered>;
}

/**
 * The carts of open requests, and of those that ended without an order. Fleet's list can only show that a cart is
 * unchanged: one that it lacks, or shows with differences, is asked for on its own before anything is concluded. Null:
 * the sweep can go on.
 */
export async function followCarts(sweep: Sweep): Promise<FleetFailure | null> {
  const { store } = sweep.context;
  const open = await store.openRequests();
  const isOpenOrder = new Set<number>(open.map(({ fleetOrderId }) => fleetOrderId));
  const followed = open.filter(({ state }) => state.kind === 'pending' || state.kind === 'unconfirmed');
  const ended = (await store.watchedOrders()).filter((order) => !isOpenOrder.has(order));
  const doubtful: Doubtful = {
    open: new Map(followed.map((request) => [request.fleetOrderId, request])),
    ended: new Map(ended.map((fleetOrderId) => [fleetOrderId, { fleetOrderId }])),
  };
  const failure = followed.length + ended.length > 1 ? await dropUnchanged(sweep, doubtful) : null;
  if (failure !== null && !concernsOneItem(failure)) return failure;
  return (
    (await askEach(sweep, 'askedCart', doubtful.open, MAX_CARTS_ASKED, syncOpenRequest)) ??
    (await askEach(sweep, 'askedEnded', doubtful.ended, MAX_ENDED_ASKED, syncEndedRequest))
  );
}

/** Reads whole pages as long as that costs less than asking for each remaining cart. */
async function dropUnchanged(sweep: Sweep, { open, ended }: Doubtful): Promise<FleetFailure | null> {
  const { failure } = await walkPages<Cart>({
    ask: (page) => sweep.context.fleet.listCarts(page, 'background'),
    from: 0,
    maxPages: MAX_CART_PAGES,
    onPage: async (carts, pagesLeft) => {
      sweep.counts.pages += 1;
      for (const cart of carts) {
        ended.delete(cart.fleetOrderId);
        const request = open.get(cart.fleetOrderId);
        if (request !== undefined && isAsExpected(request, cart)) open.delete(cart.fleetOrderId);
      }
      return open.size + ended.size > pagesLeft && (await sweep.isOurs());
    },
  });
  return failure;
}

/** For an unconfirmed request it is enough that it is still a cart: its look-ups go on anyway. */
function isAsExpected({ state, expectedInFleet, missingSince }: DeviceRequest, cart: Cart): boolean {
  if (state.kind === 'unconfirmed') return true;
  return typeof missingSince !== 'number' && compareCart(expectedInFleet, snapshotOf(cart)) === null;
}

async function askEach<T extends Numbered>(
  sweep: Sweep,
  asked: 'askedCart' | 'askedEnded',
  doubtful: ReadonlyMap<number, T>,
  max: number,
  sync: (context: ServiceContext, one: T) => Promise<FleetFailure | null>,
): Promise<FleetFailure | null> {
  for (const one of roundRobin([...doubtful.values()], sweep.mark[asked]).slice(0, max)) {
    if (!(await sweep.isOurs())) return null;
    sweep.counts.asked += 1;
    const failure = await sync(sweep.context, one);
    if (failure !== null && !concernsOneItem(failure)) return failure;
    sweep.mark = { ...sweep.mark, [asked]: one.fleetOrderId };
  }
  return null;
}

/**
 * Records what happened to the request's cart in Fleet's own cockpit. The request is read before Fleet is asked and is
 * only changed if it is still the same: a press in between wins. Null: Fleet answered.
 */
async function syncOpenRequest(context: ServiceContext, { id }: DeviceRequest): Promise<FleetFailure | null> {
  const request = await context.store.request(id);
  if (request?.state.kind === 'unconfirmed') await queueExtraLookUp(context, request);
  if (request?.state.kind !== 'pending') return null;
  const found = await findInFleet(context, request.fleetOrderId, { urgency: 'background' });
  const end = { context, request };
  switch (found.kind) {
    case 'cart':
      await recordChange(context, request, snapshotOf(found.cart));
      return null;
    case 'order':
      await endFoundOrdered(end, found.order.clientStatus);
      return null;
    case 'gone':
      await awaitGone(end, endGone);
      return null;
    case 'unclear':
      return found.failure;
  }
}

/** A cart that Fleet hasn't shown for so long won't become an order. */
const SETTLED_AFTER_MS = 24 * 60 * 60 * 1000;

/** Whether Fleet has ordered what ended without an order. It is watched until its number is settled. */
async function syncEndedRequest(context: ServiceContext, { fleetOrderId }: Numbered): Promise<FleetFailure | null> {
  const { store } = context;
  const request = await store.requestForOrder(fleetOrderId);
  if (request === null || !isWatched(request)) {
    await store.dropWatchedOrder(fleetOrderId);
    return null;
  }
  const end = { context, request };
  const found = await findInFleet(context, fleetOrderId, { urgency: 'background', likely: 'order' });
  switch (found.kind) {
    case 'order':
      await endFoundOrdered(end, found.order.clientStatus);
      return null;
    case 'cart':
      await updateIfUnchanged(context, request, { surface: 'job', updatesCards: false, decide: noteSeen });
      return null;
    case 'gone':
      await awaitGone(end, async () => {
        if (context.now() - Number(request.missingSince) >= SETTLED_AFTER_MS)
          await store.dropWatchedOrder(fleetOrderId);
        return jobDone;
      });
      return null;
    case 'unclear':
      return found.failure;
  }
}

/** Most likely our own validate went through: the look-up proves that, and says who approved. */
async function queueExtraLookUp({ store, workspaceId }: ServiceContext, request: DeviceRequest): Promise<void> {
  const work = { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: request.id, isExtra: true } as const;
  const item = workItem(request, work, { name: 'look-now' });
  await store.commit({ once: item.id, work: [item] });
}

async function recordChange(context: ServiceContext, request: DeviceRequest, holds: FleetSnapshot): Promise<void> {
  if (compareCart(request.expectedInFleet, holds) === null) {
    await updateIfUnchanged(context, request, { surface: 'job', updatesCards: false, decide: noteSeen });
    return;
  }
  const compared = await compareWithNewPrices(context, request, holds);
  const { difference, total, lines } = compared.kind === 'differs' ? compared : { ...request, difference: null };
  const fingerprint = context.seal.digest(signedText({ ...request, expectedInFleet: holds, total, lines }, difference));
  await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: difference !== null || request.difference !== null,
    decide: (current, now) =>
      recordCartChange(current, now, { difference, expectedInFleet: holds, total, lines, fingerprint }),
  });
}

/** 3,000 orders in one sweep; the next one resumes after them. */
const MAX_ORDER_PAGES = 30;
const MAX_ORDERS_ASKED = 40;

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
    maxPages: MAX_ORDER_PAGES,
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
  const { moving, resting } = ordersToAsk(unseen, sweep.mark, MAX_ORDERS_ASKED);
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
