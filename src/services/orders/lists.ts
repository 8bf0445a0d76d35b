import { cartTotal, type DraftCart } from '../../domain/cart/cart.ts';
import { countProducts, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { whyDraftStuck, whyStuck } from '../../domain/orders/listing.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import {
  type CartFilter,
  type CartList,
  HOME_ITEMS,
  type HomeScreen,
  type ListedCart,
  pageAt,
} from '../../domain/screens.ts';
import type { Cart } from '../../fleet/schema.ts';
import type { OpenCart } from '../../store/open-carts.ts';
import { findLastRequest } from '../cart/outcome.ts';
import type { ServiceContext } from '../context.ts';
import { readList } from '../pages.ts';
import { isAdmin } from '../people/admins.ts';
import { distinctName, matchOrReport, unnamedFleetUser } from '../people/match.ts';
import { sealCard, waitingApprovals } from '../request/cards.ts';
import { refreshPersonStatus } from './status.ts';

/** Keeps table and buttons far below Slack's limits, whatever the texts. */
const ROWS_PER_PAGE = 15;

/** Names, and what a kept cart was, are looked up only for the rows that are shown. */
type Entry = Omit<ListedCart, 'who'> & {
  readonly who: string | FleetUserId | null;
  readonly emptied?: DraftCart;
};

/** Every open cart and request of the company. For admins only: callers must have checked that. */
export async function listCarts(context: ServiceContext, filter: CartFilter, page: number): Promise<CartList> {
  const now = context.now();
  // Those of unknown age come last.
  const inFleet = filter === 'all' ? await fleetEntries(context) : { entries: [], isWhole: true };
  const rowsAfter = inFleet.entries.length;
  const ours = await context.store.openCarts({ filter, now, page, size: ROWS_PER_PAGE, rowsAfter });
  const place = pageAt(ours.count + rowsAfter, page, ROWS_PER_PAGE);
  const [from, to] = [place.first - 1 - ours.count, place.first - 1 - ours.count + ROWS_PER_PAGE];
  const entries = [
    ...ours.rows.map((one) => ourEntry(one, now)),
    ...inFleet.entries.slice(Math.max(0, from), Math.max(0, to)),
  ];
  const rows = await Promise.all(entries.map((entry) => inWords(context, entry)));
  return { ...place, rows, filter, isWhole: inFleet.isWhole, now };
}

function ourEntry(one: OpenCart, now: number): Entry {
  return one.kind === 'request' ? requestEntry(one.request, now) : draftEntry(one.draft, one.savedAt, now);
}

function requestEntry(request: DeviceRequest, now: number): Entry {
  const { fleetOrderId, requester, lines, expectedInFleet, total, mode, createdAt } = request;
  return {
    fleetOrderId,
    who: requester.name,
    total,
    mode: lines.length === 0 ? null : mode,
    since: createdAt,
    products: countProducts(lines.length === 0 ? expectedInFleet : expectedSnapshot(lines, null)),
    cartState: { kind: 'request', request },
    stuck: whyStuck(request, now),
  };
}

function draftEntry(draft: DraftCart, since: number, now: number): Entry {
  const { fleetOrderId, purchaserId, lines, fleetHolds, mode, standing } = draft;
  const held = lines.length > 0 ? expectedSnapshot(lines, null) : fleetHolds;
  return {
    fleetOrderId,
    who: purchaserId,
    mode: lines.length === 0 ? null : mode,
    since,
    products: held === null ? [] : countProducts(held),
    total: cartTotal(lines, fleetHolds),
    cartState: standing === 'emptied' ? { kind: 'kept', ended: null } : { kind: 'draft' },
    ...(standing === 'emptied' ? { emptied: draft } : {}),
    stuck: whyDraftStuck(draft, now),
  };
}

/** Carts in Fleet that we didn't create, by number. Not whole: Fleet didn't answer, or not with all of them. */
async function fleetEntries({
  fleet,
  store,
}: ServiceContext): Promise<{ readonly entries: readonly Entry[]; readonly isWhole: boolean }> {
  const listed = await readList<Cart>({
    ask: (page) => fleet.listCarts(page, 'person'),
    idOf: (one) => one.fleetOrderId,
  });
  if (!listed.ok) return { entries: [], isWhole: false };
  const known = new Set(await store.openCartNumbers());
  const entries = listed.value.rows
    .filter(({ fleetOrderId }) => !known.has(fleetOrderId))
    .toSorted((one, other) => one.fleetOrderId - other.fleetOrderId)
    .map(
      (cart): Entry => ({
        fleetOrderId: cart.fleetOrderId,
        who: cart.purchaserId,
        mode: null,
        since: null,
        stuck: null,
        products: countProducts(snapshotOf(cart)),
        total: cartTotal([], snapshotOf(cart)),
        cartState: { kind: 'in_fleet' },
      }),
    );
  return { entries, isWhole: listed.value.notWhole === null };
}

async function inWords(context: ServiceContext, { who, emptied, ...entry }: Entry): Promise<ListedCart> {
  const last = emptied === undefined ? null : await findLastRequest(context, emptied);
  const listed = last === null ? entry : { ...entry, cartState: { kind: 'kept', ended: last.state.kind } as const };
  if (typeof who !== 'number') return { ...listed, who };
  return { ...listed, who: (await distinctName(context, who)) ?? unnamedFleetUser(who) };
}

/** Everything that a person's Home tab shows. Records new statuses, like `/fleet status`. */
export async function homeScreen(context: ServiceContext, slackUserId: SlackUserId): Promise<HomeScreen> {
  const [match, pause, status, waiting, admin] = await Promise.all([
    matchOrReport(context, slackUserId),
    context.store.pause(),
    refreshPersonStatus(context, slackUserId, HOME_ITEMS),
    waitingApprovals(context, slackUserId, 0),
    isAdmin(context, slackUserId),
  ]);
  const trouble = pause === null ? null : ({ kind: 'paused' } as const);
  return {
    trouble: trouble ?? (match.kind === 'matched' ? null : match),
    status,
    items: await Promise.all(
      status.items.map(async (item) => ({ ...item, buttonValue: await buttonValueOf(context, item.request) })),
    ),
    waiting,
    company: admin ? await companyCounts(context) : null,
  };
}

/** Includes where the other person's copy is, as on the card itself. */
async function buttonValueOf(context: ServiceContext, request: DeviceRequest): Promise<string | null> {
  if (request.state.kind !== 'pending') return null;
  const copies = await context.store.copies(request.id);
  return sealCard(context, request, copies.find(({ kind }) => kind === 'approver') ?? null);
}

async function companyCounts(context: ServiceContext): Promise<NonNullable<HomeScreen['company']>> {
  const [{ open, stuck }, unmatched] = await Promise.all([
    context.store.openCarts({ filter: 'open', now: context.now(), page: 0, size: 0 }),
    context.store.unmatchedPeople(),
  ]);
  return { open, stuck, unmatched: unmatched.length };
}

/** A Home tab is published at most this often. */
const MIN_INTERVAL_MS = 5_000;

/**
 * Queues an update of these people's Home tabs, if they ever opened them. Changes within a few seconds share one
 * update, after the last of them.
 */
export async function queueHomeUpdates(context: ServiceContext, people: readonly SlackUserId[]): Promise<void> {
  const opened = await context.store.peopleWithHome([...new Set(people)]);
  if (opened.length === 0) return;
  const now = context.now();
  const notBefore = (Math.floor(now / MIN_INTERVAL_MS) + 1) * MIN_INTERVAL_MS;
  await context.store.commit({
    work: opened.map((slackUserId) => ({
      id: `home.${context.workspaceId}.${slackUserId}.${notBefore}`,
      notBefore,
      work: { kind: 'publish_home', tenant: context.workspaceId, slackUserId } as const,
    })),
  });
}
