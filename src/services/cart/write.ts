import { cartTotal, type DraftCart, type FleetSnapshot, isSumComplete, readsMayLag } from '../../domain/cart/cart.ts';
import { followFound } from '../../domain/cart/change.ts';
import { compareDevices, createdAs, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import type { FleetOrderId, FleetUserId } from '../../domain/ids.ts';
import { statusInfo } from '../../domain/orders/follow.ts';
import type { Person } from '../../domain/people/people.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Cart } from '../../fleet/schema.ts';
import { defaultTimeoutsMs } from '../../fleet/settings.ts';
import type { ServiceContext } from '../context.ts';
import { isCartOver } from '../fleet-orders.ts';
import { doubtAbout, readList } from '../pages.ts';
import {
  type CartOver,
  type CartSession,
  incrementAttempts,
  isSomeoneElses,
  MAX_ATTEMPTS,
  NEVER_SAVED,
  newDraft,
  notYours,
  Overtaken,
  type RetryLater,
  renewLease,
  retryLater,
  saveDraft,
  saveInSession,
  takeCartLease,
  toOrderItems,
  type WrittenCart,
  whyCartIsOver,
  withAppliedChange,
  writtenOutcome,
} from './session.ts';

const LOOK_AGAIN_AFTER_MS = 1_000;

/**
 * The first line creates the cart. Fleet has no idempotency key, so the draft records that a create is about to go out;
 * any run that finds this looks for the cart before it creates again (`resolveCreation`).
 */
export async function createCart(session: CartSession, before: DraftCart, after: DraftCart): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  const creating = withAppliedChange({ ...after, creatingSince: context.now() }, changeId);
  const intent = await saveInSession(session, before, creating);
  await renewLease(session);
  await context.step?.('cart.before_create');
  const created = await context.fleet.createCart(
    { purchaserId: person.fleetUserId, orderItems: toOrderItems(after.lines), acquisitionMode: after.mode },
    'person',
  );
  await context.step?.('cart.created');
  if (created.ok) {
    const { fleetOrderId } = created.value;
    const unread = { fleetOrderId, creatingSince: null, fleetHolds: null, isUnread: true } as const;
    const cart = { ...intent, ...unread, writtenAt: context.now() };
    const kept = { did: 'cart_created', outcome: writtenOutcome(session) };
    return recordCreatedCart(session, await saveInSession(session, intent, cart, kept));
  }
  const { failure } = created;
  if (!mayHaveHappened(failure)) return handleNotCreated(session, before, intent, failure);
  // The draft still says that a create is under way, so the next run looks first.
  const draft = await saveInSession(session, intent, { ...intent, creatingSince: sentAtWhenGivenUp(context.now()) });
  const attempts = await incrementAttempts(session);
  return attempts < MAX_ATTEMPTS
    ? retryLater(LOOK_AGAIN_AFTER_MS * attempts, 'fleet_did_not_confirm')
    : { kind: 'rejected', draft, failure };
}

/** The answer to a create is only a number: what Fleet holds is read at once only if we can't say what it costs. */
export async function recordCreatedCart(session: CartSession, draft: DraftCart): Promise<WrittenCart> {
  const isKnown = draft.fleetHolds !== null || draft.lines.length === 0 || isSumComplete(cartTotal(draft.lines, null));
  if (draft.fleetOrderId === null || isKnown) return { kind: 'written', draft, inFleet: null };
  const read = await session.context.fleet.getCart(draft.fleetOrderId, 'person');
  if (!read.ok) return { kind: 'written', draft, inFleet: null };
  const inFleet = snapshotOf(read.value);
  return { kind: 'written', draft: await saveInSession(session, draft, { ...draft, fleetHolds: inFleet }), inFleet };
}

/** This create certainly created nothing. */
async function handleNotCreated(
  session: CartSession,
  before: DraftCart,
  intent: DraftCart,
  failure: FleetFailure,
): Promise<WrittenCart> {
  const isInTheWay = failure.kind === 'rejected' && failure.code === 'CART_ALREADY_EXISTS';
  const found = isInTheWay ? await findNewestCart(session.context, session.person.fleetUserId) : null;
  const cart = found?.ok === true && found.value !== null ? found.value : null;
  if (cart !== null && before.creatingSince !== null && holdsLines(before, snapshotOf(cart))) {
    // An earlier run's create landed late: the next run finds this cart as its own.
    await saveInSession(session, intent, before);
    return retryLater(LOOK_AGAIN_AFTER_MS);
  }
  const draft = await revertDraft(session, before, intent);
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  if (cart === null) return { kind: 'rejected', draft, failure };
  return { kind: 'exists', draft, fleetOrderId: cart.fleetOrderId, inFleet: snapshotOf(cart) };
}

/** Back to the draft as it was; deleted if it existed only for this change. */
async function revertDraft(session: CartSession, before: DraftCart, intent: DraftCart): Promise<DraftCart> {
  const isNew = before.revision === NEVER_SAVED || before.appliedChanges.includes(session.changeId);
  const draft = await saveInSession(session, intent, isNew ? null : before);
  return isNew ? newDraft(session.person, intent.mode) : draft;
}

/** How long a create may still be under way in Fleet after we gave up waiting for its answer. */
const MAX_LATE_MS = 5_000;
/** Counted from when it was sent: its sender waits for the answer until the time-out, unless it says otherwise. */
const CREATION_SETTLES_AFTER_MS = defaultTimeoutsMs.write + MAX_LATE_MS;

/** The `creatingSince` for a create that we give up on now, possibly long before the time-out. */
function sentAtWhenGivenUp(now: number): number {
  return now - defaultTimeoutsMs.write;
}

type ResolvedCreation =
  /** The cart exists, and is ours. */
  | { readonly kind: 'found'; readonly draft: DraftCart }
  /** It doesn't exist, and enough time has passed: creating again can't make a second one. */
  | { readonly kind: 'not_there'; readonly draft: DraftCart }
  | { readonly kind: 'too_early'; readonly afterMs: number }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/** A create went out and we don't know its outcome: look in Fleet before anything else, and save what we find. */
export async function resolveCreation(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
): Promise<ResolvedCreation> {
  const found = await findNewestCart(context, person.fleetUserId, (inFleet) => holdsLines(draft, inFleet));
  if (!found.ok) return { kind: 'unknown', failure: found.failure };
  if (found.value !== null) {
    const { fleetOrderId } = found.value;
    const after = { ...draft, fleetOrderId, creatingSince: null, fleetHolds: snapshotOf(found.value) };
    return { kind: 'found', draft: await saveDraft(context, person.slackUserId, { before: draft, after }) };
  }
  const ageMs = context.now() - (draft.creatingSince ?? 0);
  return ageMs < CREATION_SETTLES_AFTER_MS
    ? { kind: 'too_early', afterMs: CREATION_SETTLES_AFTER_MS - ageMs }
    : { kind: 'not_there', draft };
}

/** Only under the lease: a create may be on its way right now. Without the lease, the outcome stays unknown. */
export async function resolveCreationUnderLease(
  context: ServiceContext,
  person: Person,
): Promise<{ readonly draft: DraftCart; readonly trouble: CartTrouble | null }> {
  const { store } = context;
  const lease = await takeCartLease(context, person, []);
  try {
    const draft = await store.draft(person.slackUserId);
    if (draft === null) throw new Overtaken();
    if (draft.creatingSince === null) return { draft, trouble: null };
    if (lease === null) return { draft, trouble: notConfirmed };
    const creation = await resolveCreation(context, person, draft);
    switch (creation.kind) {
      case 'found':
        return { draft: creation.draft, trouble: null };
      case 'not_there':
        await saveDraft(context, person.slackUserId, { before: draft, after: null });
        return { draft: newDraft(person, draft.mode), trouble: null };
      case 'too_early':
        return { draft, trouble: notConfirmed };
      case 'unknown':
        return { draft, trouble: { kind: 'fleet', failure: creation.failure, row: null } };
      default:
        return creation satisfies never;
    }
  } finally {
    await lease?.release();
  }
}

export const notConfirmed: CartTrouble = {
  kind: 'fleet',
  failure: { operation: 'createCart', kind: 'no_answer', why: 'timeout' },
  row: null,
};

/** This purchaser's newest cart in Fleet. Null: there is none, which only a whole list can say. */
export async function findNewestCart(
  { fleet }: ServiceContext,
  purchaserId: FleetUserId,
  fits: (inFleet: FleetSnapshot) => boolean = () => true,
): Promise<FleetResult<Cart | null>> {
  const listed = await readList<Cart>({
    ask: (page) => fleet.listCarts({ purchaserId, ...page }, 'person'),
    idOf: ({ fleetOrderId }) => fleetOrderId,
  });
  if (!listed.ok) return listed;
  const carts = listed.value.rows.filter((cart) => cart.purchaserId === purchaserId && fits(snapshotOf(cart)));
  const newest = carts.sort((one, other) => other.fleetOrderId - one.fleetOrderId).at(0);
  const doubt = newest === undefined ? doubtAbout('listCarts', listed.value) : null;
  return doubt === null ? { ok: true, value: newest ?? null } : { ok: false, failure: doubt };
}

/** Whether Fleet's cart holds exactly the draft's devices. */
function holdsLines(draft: DraftCart, inFleet: FleetSnapshot): boolean {
  return compareDevices(expectedSnapshot(draft.lines, null), inFleet) === null;
}

const RETRY_AFTER_MS = 2_000;

type CartInFleet = DraftCart & { readonly fleetOrderId: FleetOrderId };

/**
 * Every change after the first replaces all lines. Repeating a PATCH is harmless, but it would wipe out a change that
 * someone made in Fleet, so we read what Fleet holds first.
 */
export async function patchCart(session: CartSession, before: DraftCart, after: CartInFleet): Promise<WrittenCart> {
  const read = await session.context.fleet.getCart(after.fleetOrderId, 'person');
  if (!read.ok) return handleRefusal(session, before, after.fleetOrderId, read.failure);
  if (isSomeoneElses(read.value, session.person)) return discard(session, before, after.fleetOrderId, notYours);
  const inFleet = snapshotOf(read.value);
  if (!isChangedElsewhere(before, after, inFleet)) return patchLines(session, before, after);
  const readAgain = await retryWhileReadsLag(session, before);
  if (readAgain !== null) return readAgain;
  // The person sees this version now, so their next change may replace it.
  const seen = before.standing === 'found' ? followFound(before, inFleet) : { ...before, fleetHolds: inFleet };
  const draft = await saveInSession(session, before, seen, { outcome: { kind: 'changed_elsewhere' } });
  return { kind: 'changed_elsewhere', draft, inFleet };
}

/** The PATCH alone, for callers that have compared already. */
export async function patchLines(session: CartSession, before: DraftCart, after: CartInFleet): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  await renewLease(session);
  await context.step?.('cart.before_patch');
  const patched = await context.fleet.patchCart(
    after.fleetOrderId,
    { purchaserId: person.fleetUserId, orderItems: toOrderItems(after.lines), acquisitionMode: after.mode },
    'person',
  );
  await context.step?.('cart.patched');
  if (!patched.ok) return handleRefusal(session, before, after.fleetOrderId, patched.failure);
  const inFleet = snapshotOf(patched.value);
  const kept = { did: 'cart_changed', outcome: writtenOutcome(session) };
  const changed = withAppliedChange({ ...after, fleetHolds: inFleet, writtenAt: context.now() }, changeId);
  return { kind: 'written', draft: await saveInSession(session, before, changed, kept), inFleet };
}

/** False when Fleet already holds what this change asks for: an earlier run of it got through. */
function isChangedElsewhere(before: DraftCart, after: DraftCart, inFleet: FleetSnapshot): boolean {
  const seen = before.standing === 'found' ? (before.foundAs ?? null) : (before.fleetHolds ?? createdAs(before));
  if (before.fleetOrderId !== after.fleetOrderId || seen === null) return false;
  const isAsWeLeftIt = compareDevices(seen, inFleet) === null;
  return !isAsWeLeftIt && compareDevices(expectedSnapshot(after.lines, null), inFleet) !== null;
}

async function handleRefusal(
  session: CartSession,
  before: DraftCart,
  fleetOrderId: FleetOrderId,
  failure: FleetFailure,
): Promise<WrittenCart> {
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  if (mayHaveHappened(failure)) {
    // We no longer know what Fleet holds, so we must not report a change made elsewhere.
    const { foundAs: _, isUnread: __, ...unread } = before;
    // A found cart's list is all that we have of it.
    const known = before.standing === 'found' ? before.fleetHolds : null;
    const unknown = { ...unread, fleetHolds: known, writtenAt: session.context.now() };
    const draft = await saveInSession(session, before, unknown);
    const attempts = await incrementAttempts(session);
    return attempts < MAX_ATTEMPTS
      ? retryLater(RETRY_AFTER_MS * attempts, 'fleet_did_not_confirm')
      : { kind: 'rejected', draft, failure };
  }
  if (!isCartOver(failure)) return { kind: 'rejected', draft: before, failure };
  const over = await whyCartIsOver(session.context, { ...before, fleetOrderId }, failure);
  if (over === null) return (await retryWhileReadsLag(session, before)) ?? { kind: 'rejected', draft: before, failure };
  return discard(session, before, fleetOrderId, over);
}

/** The draft goes with its cart. A cart that was only to be replaced takes no other draft with it. */
async function discard(
  session: CartSession,
  before: DraftCart,
  fleetOrderId: FleetOrderId,
  trouble: CartOver,
): Promise<WrittenCart> {
  const isOfDraft = before.fleetOrderId === fleetOrderId;
  const after = isOfDraft || before.revision === NEVER_SAVED ? null : before;
  const isOver = trouble.kind === 'ordered_already' && statusInfo(trouble.clientStatus).isOver;
  const closing = { did: isOver ? 'closed_in_fleet' : trouble.kind, outcome: trouble };
  const saved = await saveInSession(session, before, after, closing);
  return { kind: 'over', draft: isOfDraft ? newDraft(session.person, before.mode) : saved, trouble };
}

/** Null: a read shows our own writes by now, or has been repeated often enough. */
async function retryWhileReadsLag(session: CartSession, draft: DraftCart): Promise<RetryLater | null> {
  if (!readsMayLag(draft, session.context.now())) return null;
  const attempts = await incrementAttempts(session);
  return attempts < MAX_ATTEMPTS ? retryLater(RETRY_AFTER_MS * attempts, 'fleet_did_not_confirm') : null;
}
