import { cartTotal, type DraftCart } from '../../domain/cart/cart.ts';
import { countProducts, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import { whyDraftStuck, whyStuck } from '../../domain/orders/status.ts';
import { pageOf } from '../../domain/paging.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartFilter, CartList, ListedCart } from '../../domain/screens.ts';
import type { Cart } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { allPages } from '../pages.ts';

/** Keeps table and buttons far below Slack's limits, whatever the texts. */
const ROWS_PER_PAGE = 15;

/** Names are looked up only for the rows that are shown. */
type Entry = Omit<ListedCart, 'who'> & { readonly who: string | FleetUserId | null };

/** Every open cart and request of the company. For admins only: callers must have checked that. */
export async function listCarts(context: ServiceContext, filter: CartFilter, page: number): Promise<CartList> {
  const now = context.now();
  const [requests, drafts] = await Promise.all([context.store.openRequests(), draftEntries(context, now)]);
  const sent = requests.map((request) => requestEntry(request, now));
  const ours = [...drafts, ...sent];
  const inFleet = filter === 'all' ? await fleetEntries(context, ours) : [];
  const shown = pageOf([...ours, ...(inFleet ?? [])].filter(isShownIn(filter)).sort(byAge), page, ROWS_PER_PAGE);
  const rows = await Promise.all(shown.rows.map((entry) => withName(context, entry)));
  return { ...shown, rows, filter, isWhole: inFleet !== null, now };
}

function isShownIn(filter: CartFilter): (entry: Entry) => boolean {
  switch (filter) {
    case 'all':
      return () => true;
    case 'open':
      return ({ cartState }) => cartState.kind !== 'kept';
    case 'pending':
      return ({ cartState }) => cartState.kind === 'request' && cartState.request.state.kind === 'pending';
    case 'stuck':
      return ({ stuck }) => stuck !== null;
    default:
      return filter satisfies never;
  }
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

/** A locked draft is listed as its request. */
async function draftEntries({ store }: ServiceContext, now: number): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  for await (const { draft, savedAt } of store.drafts()) {
    const isEmpty = draft.lines.length === 0 && (draft.fleetHolds?.productIds.length ?? 0) === 0;
    if (draft.lockedBy === null && !(isEmpty && draft.creatingSince === null))
      entries.push(draftEntry(draft, savedAt, now));
  }
  return entries;
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
    cartState: { kind: standing === 'emptied' ? 'kept' : 'draft' },
    stuck: whyDraftStuck(draft, now),
  };
}

/** Null: Fleet could not be asked. */
async function fleetEntries({ fleet }: ServiceContext, ours: readonly Entry[]): Promise<readonly Entry[] | null> {
  const listed = await allPages<Cart>((page) => fleet.listCarts(page, 'person'));
  if (!listed.ok) return null;
  const known = new Set(ours.map(({ fleetOrderId }) => fleetOrderId));
  return listed.value
    .filter(({ fleetOrderId }) => !known.has(fleetOrderId))
    .map((cart) => ({
      fleetOrderId: cart.fleetOrderId,
      who: cart.purchaserId,
      mode: null,
      since: null,
      stuck: null,
      products: countProducts(snapshotOf(cart)),
      total: cartTotal([], snapshotOf(cart)),
      cartState: { kind: 'in_fleet' },
    }));
}

async function withName({ store }: ServiceContext, { who, ...entry }: Entry): Promise<ListedCart> {
  if (typeof who !== 'number') return { ...entry, who };
  const person = await store.directory.person(who);
  return { ...entry, who: person?.name ?? `Fleet user ${who}` };
}

function byAge(one: Entry, other: Entry): number {
  if (one.since !== null && other.since !== null && one.since !== other.since) return one.since - other.since;
  if ((one.since === null) !== (other.since === null)) return one.since === null ? 1 : -1;
  return (one.fleetOrderId ?? 0) - (other.fleetOrderId ?? 0);
}
