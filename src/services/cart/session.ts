import type { Lease } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { type DraftCart, type FleetSnapshot, readsMayLag } from '../../domain/cart/cart.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { ChangeId, FleetOrderId, SlackUserId } from '../../domain/ids.ts';
import type { OrderLine } from '../../domain/line.ts';
import type { Person } from '../../domain/people/people.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import type { Work } from '../../domain/work.ts';
import type { OrderItem } from '../../fleet/operations.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { orderOrGone } from '../fleet-orders.ts';
import { matchOrReport } from '../people/match.ts';
import { type CartOutcome, type RetryLater, retryLater } from './outcome.ts';

export type ChangeWork = Extract<Work, { kind: 'change_cart' }>;
export type SendWork = Extract<Work, { kind: 'send_request' }>;

/** Exclusive work on one person's cart, from one snapshot of person and settings. */
export interface CartSession extends WithSettings {
  readonly person: Person;
  readonly changeId: ChangeId;
  readonly lease: Lease;
}

/** Longer than Fleet's slowest write, and short enough that a job resumed after a crash soon gets the lease. */
export const LEASE_MS = 30_000;
const RETRY_WHEN_BUSY_MS = 500;
const MAX_REMEMBERED_CHANGES = 50;

/** After this many unclear answers we tell the person instead of letting them wait in the modal. */
export const MAX_ATTEMPTS = 3;
const ATTEMPTS_KEPT_MS = 7 * 24 * 60 * 60 * 1000;

/** Runs `work` under the lease on this person's cart. Retries later when another writer has it or got in between. */
export async function inCartSession(
  context: ServiceContext,
  { slackUserId, changeId }: ChangeWork | SendWork,
  work: (session: CartSession) => Promise<CartOutcome>,
): Promise<CartOutcome> {
  const match = await matchOrReport(context, slackUserId);
  if (match.kind !== 'matched') return { kind: 'sentence', trouble: { kind: 'not_matched', match } };
  const lease = await context.store.lease(leaseName(slackUserId), LEASE_MS);
  if (lease === null) return retryLater(RETRY_WHEN_BUSY_MS);
  try {
    const settings = await context.store.settings();
    return await work({ context, settings, person: match.person, changeId, lease });
  } catch (error) {
    if (error instanceof Overtaken) return retryLater(RETRY_WHEN_BUSY_MS);
    throw error;
  } finally {
    await lease.release();
  }
}

export function leaseName(slackUserId: string): string {
  return `cart.${slackUserId}`;
}

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

/** The open request that locks the cart. A closed request locks nothing, whatever the draft says. */
export async function findLockingRequest(
  { store }: ServiceContext,
  draft: DraftCart | null,
): Promise<DeviceRequest | null> {
  if (draft?.lockedBy == null) return null;
  const request = await store.request(draft.lockedBy);
  return request !== null && isOpen(request.state) ? request : null;
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
  { before, after, audit = [] }: { before: DraftCart; after: DraftCart | null; audit?: readonly AuditEntry[] },
): Promise<DraftCart> {
  const expectedRevision = before.revision === NEVER_SAVED ? null : before.revision;
  if (after === null && expectedRevision === null) return before;
  const saved = after === null ? null : { ...after, revision: before.revision + 1 };
  const committed = await store.commit({ draft: { slackUserId, expectedRevision, next: saved }, audit });
  if (committed !== 'committed') throw new Overtaken();
  return saved ?? { ...before, revision: NEVER_SAVED };
}

/** `saveDraft` within a session. `did`: the audit entry's verb; absent, nothing is audited. */
export function saveInSession(
  session: CartSession,
  before: DraftCart,
  after: DraftCart | null,
  did?: string,
): Promise<DraftCart> {
  const audit = did === undefined ? [] : [cartAudit(session, did, after ?? before, 'done')];
  return saveDraft(session.context, session.person.slackUserId, { before, after, audit });
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
  | { readonly kind: 'refused'; readonly draft: DraftCart; readonly failure: FleetFailure }
  | RetryLater;

type CartOver = Extract<CartTrouble, { kind: 'gone_from_fleet' | 'ordered_already' }>;

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
