import type { Lease } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { type DraftCart, type FleetSnapshot, readsMayLag } from '../../domain/cart/cart.ts';
import { type CartNews, type CartTrouble, ChangeOutcome } from '../../domain/cart/trouble.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { ChangeId, FleetOrderId, SlackUserId } from '../../domain/ids.ts';
import type { OrderLine } from '../../domain/line.ts';
import type { OrderChoice, OrderPurpose } from '../../domain/order-form/choice.ts';
import type { Person } from '../../domain/people/people.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { Work } from '../../domain/work.ts';
import type { OrderItem } from '../../fleet/operations.ts';
import type { Cart } from '../../fleet/schema.ts';
import type { Commit } from '../../store/commit.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { orderOrGone } from '../fleet-orders.ts';
import { matchOrReport, namePerson } from '../people/match.ts';

/** What the waiting modal shows next. */
export type CartOutcome =
  | {
      readonly kind: 'screen';
      readonly screen: CartScreen;
      readonly trouble: CartTrouble | null;
      readonly news: CartNews | null;
      /** The mode in which all other lines were repriced. */
      readonly repriced: AcquisitionMode | null;
    }
  /** Rejected: the form comes back with its values. */
  | {
      readonly kind: 'form';
      readonly trouble: CartTrouble;
      readonly choice: OrderChoice;
      readonly purpose: OrderPurpose;
    }
  /** There is no cart or form to show with it. */
  | { readonly kind: 'sentence'; readonly trouble: CartTrouble }
  | RetryLater;

export type ShownOutcome = Exclude<CartOutcome, RetryLater>;

export interface RetryLater {
  readonly kind: 'later';
  readonly afterMs: number;
  /** What people are told while they wait. Null: nothing, it takes a moment. */
  readonly why: 'fleet_is_busy' | 'fleet_did_not_confirm' | null;
}

export function retryLater(afterMs: number, why: RetryLater['why'] = null): RetryLater {
  return { kind: 'later', afterMs, why };
}

export type ChangeWork = Extract<Work, { kind: 'change_cart' }>;
export type SendWork = Extract<Work, { kind: 'send_request' }>;

export const itemId = ({ kind, changeId }: ChangeWork | SendWork): string => `${kind}.${changeId}`;

/** Exclusive work on one person's cart, from one snapshot of person and settings. */
export interface CartSession extends WithSettings {
  readonly person: Person;
  readonly changeId: ChangeId;
  readonly work: (ChangeWork | SendWork)['kind'];
  /** The mode in which this change reprices all other lines. Left out: it doesn't. */
  readonly repriced?: AcquisitionMode | null;
  readonly lease: Lease;
}

/** Longer than Fleet's slowest write, and short enough that a job resumed after a crash soon gets the lease. */
const LEASE_MS = 30_000;
const RETRY_WHEN_BUSY_MS = 500;
const MAX_REMEMBERED_CHANGES = 50;

/** After this many unclear answers we tell the person instead of letting them wait in the modal. */
export const MAX_ATTEMPTS = 3;
const ATTEMPTS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Runs `work` under the lease on this person's cart. Retries later when another writer has it or got in between. */
export async function inCartSession(
  context: ServiceContext,
  wanted: ChangeWork | SendWork,
  work: (session: CartSession) => Promise<CartOutcome>,
): Promise<CartOutcome> {
  const { slackUserId, changeId } = wanted;
  const match = await matchOrReport(context, slackUserId);
  if (match.kind !== 'matched') return { kind: 'sentence', trouble: { kind: 'not_matched', match } };
  const replaced = wanted.kind === 'change_cart' && 'fleetOrderId' in wanted.change ? wanted.change : null;
  const orders = [replaced, await context.store.draft(slackUserId)];
  const lease = await takeCartLease(context, match.person, orders);
  if (lease === null) return retryLater(RETRY_WHEN_BUSY_MS);
  try {
    const settings = await context.store.settings();
    const person = await namePerson(context, match.person);
    return await work({ context, settings, person, changeId, work: wanted.kind, lease });
  } catch (error) {
    if (error instanceof Overtaken) return retryLater(RETRY_WHEN_BUSY_MS);
    throw error;
  } finally {
    await lease.release();
  }
}

/** Two Slack accounts can be one purchaser, and one order can be known to several drafts: each has a lease. */
export function takeCartLease(
  { store }: ServiceContext,
  { slackUserId, fleetUserId }: Person,
  orders: readonly (Partial<Pick<DraftCart, 'fleetOrderId'>> | null)[],
): Promise<Lease | null> {
  const known = new Set(orders.flatMap((one) => one?.fleetOrderId ?? []));
  const names = [`cart.${slackUserId}`, `purchaser-${fleetUserId}`, ...[...known].map(orderLease)];
  return store.lease(names, LEASE_MS);
}

export const orderLease = (fleetOrderId: FleetOrderId): string => `order-${fleetOrderId}`;

/** Call before every write to Fleet: a run that lost its lease must not write beside the one that has it. */
export async function renewLease({ lease }: CartSession): Promise<void> {
  if (!(await lease.extend(LEASE_MS))) throw new Overtaken();
}

/** The number of this failed attempt, counted across all runs and instances. */
export function incrementAttempts({ context, changeId }: CartSession): Promise<number> {
  return context.store.increment(`tried.${changeId}`, ATTEMPTS_KEPT_MS);
}

/** Another writer changed the draft (a request that ends needs no lease): read it again. */
export class Overtaken extends Error {
  override name = 'Overtaken';
}

/**
 * The open request that locks the cart, whichever of the purchaser's Slack accounts sent it. A closed request locks
 * nothing, whatever the draft says.
 */
export async function findLockingRequest(
  { store }: ServiceContext,
  cart: (Pick<DraftCart, 'purchaserId' | 'fleetOrderId'> & Partial<Pick<DraftCart, 'lockedBy'>>) | null,
): Promise<DeviceRequest | null> {
  if (cart === null) return null;
  const { lockedBy = null, fleetOrderId, purchaserId } = cart;
  const own = lockedBy === null ? null : await store.request(lockedBy);
  if (own !== null && isOpen(own.state)) return own;
  const request = fleetOrderId === null ? null : await store.openRequestFor(fleetOrderId);
  // Another purchaser's is none of this person's business. Fleet's cart will say that it isn't theirs.
  return request?.requester.fleetUserId === purchaserId ? request : null;
}

/** The revision of a draft that exists in memory only. */
export const NEVER_SAVED = 0;

export function newDraft(person: Person, mode: AcquisitionMode): DraftCart {
  return {
    purchaserId: person.fleetUserId,
    fleetOrderId: null,
    mode,
    lines: [],
    fleetHolds: null,
    standing: 'ours',
    creatingSince: null,
    lockedBy: null,
    appliedChanges: [],
    revision: NEVER_SAVED,
  };
}

/** `after` null: the draft is deleted, and the next order starts a new one. */
export async function saveDraft(
  { store }: ServiceContext,
  slackUserId: SlackUserId,
  saving: Pick<Commit, 'once' | 'outcome' | 'audit'> & { readonly before: DraftCart; readonly after: DraftCart | null },
): Promise<DraftCart> {
  const { before, after, ...kept } = saving;
  const expectedRevision = before.revision === NEVER_SAVED ? null : before.revision;
  const saved = after === null ? null : { ...after, revision: before.revision + 1 };
  const isNone = saved === null && expectedRevision === null;
  const draft = isNone ? {} : { draft: { slackUserId, expectedRevision, next: saved } };
  const committed = await store.commit({ ...draft, ...kept });
  if (committed !== 'committed') throw new Overtaken();
  return saved ?? { ...before, revision: NEVER_SAVED };
}

/** `saveDraft` within a session. `did`: the audit entry's verb; absent, nothing is audited. */
export function saveInSession(
  session: CartSession,
  before: DraftCart,
  after: DraftCart | null,
  { did, outcome }: { readonly did?: string; readonly outcome?: ChangeOutcome } = {},
): Promise<DraftCart> {
  const audit = did === undefined ? [] : [cartAudit(session, did, after ?? before, 'done')];
  const kept = outcome === undefined ? {} : keepOutcome(session, outcome);
  return saveDraft(session.context, session.person.slackUserId, { before, after, audit, ...kept });
}

export const writtenOutcome = ({ repriced = null }: CartSession): ChangeOutcome => ({ kind: 'written', repriced });

/** With the commit that it is about. Lines written on the way to sending a cart are not what that comes to. */
export function keepOutcome(
  { changeId, work }: Pick<CartSession, 'changeId' | 'work'>,
  outcome: ChangeOutcome,
): Pick<Commit, 'once' | 'outcome'> {
  if (outcome.kind === 'written' && work === 'send_request') return {};
  return { once: `outcome.${changeId}`, outcome: JSON.stringify(outcome) };
}

export function troubleIn(outcome: ChangeOutcome | null): CartTrouble | null {
  return outcome === null || outcome.kind === 'written' ? null : outcome;
}

/** What an earlier run of this change came to. Null: none got that far. */
export async function earlierOutcome({ context, changeId }: CartSession): Promise<ChangeOutcome | null> {
  const kept = await context.store.onceOutcome(`outcome.${changeId}`);
  return kept === null ? null : ChangeOutcome.parse(JSON.parse(kept));
}

export function withAppliedChange(draft: DraftCart, changeId: ChangeId): DraftCart {
  const others = draft.appliedChanges.filter((one) => one !== changeId);
  return { ...draft, appliedChanges: [...others, changeId].slice(-MAX_REMEMBERED_CHANGES) };
}

export function cartAudit(
  { context, person }: CartSession,
  did: string,
  draft: DraftCart,
  outcome: string,
): AuditEntry {
  return {
    at: context.now(),
    by: { slackUserId: person.slackUserId, fleetUserId: person.fleetUserId },
    did,
    requestId: null,
    fleetOrderId: draft.fleetOrderId,
    from: null,
    to: null,
    surface: 'modal',
    outcome,
  };
}

/** The outcome of writing a changed draft to Fleet. `draft` is what is stored now. */
export type WrittenCart =
  | { readonly kind: 'written'; readonly draft: DraftCart; readonly inFleet: FleetSnapshot | null }
  /** `CART_ALREADY_EXISTS`: nothing was created, and this is the cart in the way. */
  | {
      readonly kind: 'exists';
      readonly draft: DraftCart;
      readonly fleetOrderId: FleetOrderId;
      readonly inFleet: FleetSnapshot;
    }
  /** The cart was changed in Fleet: nothing was sent. */
  | { readonly kind: 'changed_elsewhere'; readonly draft: DraftCart; readonly inFleet: FleetSnapshot }
  | { readonly kind: 'over'; readonly draft: DraftCart; readonly trouble: CartOver }
  | { readonly kind: 'rejected'; readonly draft: DraftCart; readonly failure: FleetFailure }
  | RetryLater;

export type CartOver = Extract<CartTrouble, { kind: 'gone_from_fleet' | 'ordered_already' | 'not_yours' }>;

export const notYours: CartOver = { kind: 'not_yours' };

export function isSomeoneElses({ purchaserId }: Pick<Cart, 'purchaserId'>, { fleetUserId }: Person): boolean {
  return purchaserId !== null && purchaserId !== fleetUserId;
}

/** Asks Fleet what became of a cart that it no longer has. Null: Fleet didn't say, or may not show our own write yet. */
export async function whyCartIsOver(
  context: ServiceContext,
  draft: Pick<DraftCart, 'writtenAt'> & { readonly fleetOrderId: FleetOrderId },
  why: FleetFailure,
): Promise<CartOver | null> {
  const found = await orderOrGone(context, draft.fleetOrderId, why);
  if (found.kind === 'unclear' || (found.kind === 'gone' && readsMayLag(draft, context.now()))) return null;
  return found.kind === 'order'
    ? { kind: 'ordered_already', clientStatus: found.order.clientStatus }
    : { kind: 'gone_from_fleet' };
}

/** The lines as Fleet takes them. Fleet's default fills what is left out. */
export function toOrderItems(lines: readonly OrderLine[]): readonly OrderItem[] {
  return lines.map((line) => ({
    productId: line.productId,
    deliveryCountry: line.deliveryCountry,
    keyboardLayout: line.keyboardLayout ?? undefined,
    fleetUserId: line.fleetUserId ?? undefined,
    shippingAddressId: line.shippingAddressId ?? undefined,
  }));
}
