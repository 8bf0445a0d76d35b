import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareDevices, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import type { FleetUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Cart } from '../../fleet/schema.ts';
import { defaultTimeoutsMs } from '../../fleet/settings.ts';
import type { ServiceContext } from '../context.ts';
import { retryLater } from './outcome.ts';
import {
  type CartSession,
  cartAudit,
  countAttempt,
  LEASE_MS,
  leaseName,
  MAX_ATTEMPTS,
  NEVER_SAVED,
  newDraft,
  Overtaken,
  renewLease,
  saveDraft,
  toOrderItems,
  type WrittenCart,
  withAppliedChange,
} from './session.ts';

/** As long as a create may still be under way inside Fleet after its answer was given up. */
const SETTLES_AFTER_GIVEN_UP_MS = 5_000;

/** Counted from when it went out: whoever sent it waits for its answer until the time-out, unless they said otherwise. */
const SETTLES_AFTER_MS = defaultTimeoutsMs.write + SETTLES_AFTER_GIVEN_UP_MS;

/** What to write down for a create whose answer was given up just now, which may be long before the time-out. */
function givenUpNow(now: number): number {
  return now - defaultTimeoutsMs.write;
}

type ResolvedCreation =
  /** The cart was there: it is ours from here on. */
  | { readonly kind: 'found'; readonly draft: DraftCart }
  /** Not there, and long enough ago: creating again makes no second one. */
  | { readonly kind: 'not_there'; readonly draft: DraftCart }
  | { readonly kind: 'too_early'; readonly afterMs: number }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/** A create went out whose outcome is not known: look in Fleet before anything else. */
export async function resolveCreation(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
): Promise<ResolvedCreation> {
  const found = await findNewestCart(context, person.fleetUserId, (inFleet) => holdsLines(draft, inFleet));
  if (!found.ok) return { kind: 'unknown', failure: found.failure };
  if (found.value !== null) {
    const { fleetOrderId } = found.value;
    const is = { ...draft, fleetOrderId, creatingSince: null, fleetHolds: snapshotOf(found.value) };
    return { kind: 'found', draft: await saveDraft(context, person.slackUserId, { before: draft, is }) };
  }
  const ago = context.now() - (draft.creatingSince ?? 0);
  return ago < SETTLES_AFTER_MS ? { kind: 'too_early', afterMs: SETTLES_AFTER_MS - ago } : { kind: 'not_there', draft };
}

/** A create whose outcome is not known is settled by whoever holds the lease: it may be on its way right now. */
export async function resolveCreationUnderLease(
  context: ServiceContext,
  person: Person,
): Promise<{ readonly draft: DraftCart; readonly trouble: CartTrouble | null }> {
  const { store } = context;
  const lease = await store.lease(leaseName(person.slackUserId), LEASE_MS);
  const draft = await store.draft(person.slackUserId);
  if (draft === null || draft.creatingSince === null || lease === null) {
    await lease?.release();
    if (draft === null) throw new Overtaken();
    return { draft, trouble: draft.creatingSince === null ? null : notConfirmed };
  }
  try {
    const settled = await resolveCreation(context, person, draft);
    switch (settled.kind) {
      case 'found':
        return { draft: settled.draft, trouble: null };
      case 'not_there':
        await saveDraft(context, person.slackUserId, { before: draft, is: null });
        return { draft: newDraft(person, draft.mode), trouble: null };
      case 'too_early':
        return { draft, trouble: notConfirmed };
      case 'unknown':
        return { draft, trouble: { kind: 'fleet', failure: settled.failure, row: null } };
      default:
        return settled satisfies never;
    }
  } finally {
    await lease.release();
  }
}

const notConfirmed: CartTrouble = {
  kind: 'fleet',
  failure: { operation: 'createCart', kind: 'no_answer', why: 'timeout' },
  row: null,
};

const LOOK_AGAIN_AFTER_MS = 1_000;

/**
 * The first line creates the cart. Fleet has no idempotency key: that a create is about to go out is written down before
 * it does, and whoever finds that written looks for the cart before creating again (`resolveCreation`).
 */
export async function createCart(session: CartSession, before: DraftCart, is: DraftCart): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  const intent = await save(session, before, withAppliedChange({ ...is, creatingSince: context.now() }, changeId));
  await renewLease(session);
  await context.step?.('cart.before_create');
  const created = await context.fleet.createCart(
    { purchaserId: person.fleetUserId, orderItems: toOrderItems(is.lines), acquisitionMode: is.mode },
    'person',
  );
  await context.step?.('cart.created');
  if (created.ok) {
    const { fleetOrderId } = created.value;
    const cart = { ...intent, fleetOrderId, creatingSince: null, fleetHolds: null };
    return recordCreatedCart(session, await save(session, intent, cart, 'cart_created'));
  }
  const { failure } = created;
  if (mayHaveHappened(failure)) {
    // The draft still says that a create is under way: whatever comes next looks first.
    const draft = await save(session, intent, { ...intent, creatingSince: givenUpNow(context.now()) });
    const tries = await countAttempt(session);
    return tries < MAX_ATTEMPTS
      ? retryLater(LOOK_AGAIN_AFTER_MS * tries, 'fleet_did_not_confirm')
      : { kind: 'refused', draft, failure };
  }
  return handleNotCreated(session, before, intent, failure);
}

/** Fleet certainly created nothing by this. */
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
    // The create of an earlier run landed late: the next run finds it as its own.
    await save(session, intent, before);
    return retryLater(LOOK_AGAIN_AFTER_MS);
  }
  const draft = await revertDraft(session, before, intent);
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  if (cart === null) return { kind: 'refused', draft, failure };
  return { kind: 'exists', draft, fleetOrderId: cart.fleetOrderId, inFleet: snapshotOf(cart) };
}

/** The newest cart of this purchaser in Fleet; null: none. */
export async function findNewestCart(
  { fleet }: ServiceContext,
  purchaserId: FleetUserId,
  fits: (inFleet: FleetSnapshot) => boolean = () => true,
): Promise<FleetResult<Cart | null>> {
  const listed = await fleet.listCarts({ purchaserId }, 'person');
  if (!listed.ok) return listed;
  const carts = listed.value.items.filter((cart) => cart.purchaserId === purchaserId && fits(snapshotOf(cart)));
  const newest = carts.sort((one, other) => other.fleetOrderId - one.fleetOrderId).at(0);
  return { ok: true, value: newest ?? null };
}

/** Whether Fleet's cart holds the devices that the draft's lines are. */
function holdsLines(draft: DraftCart, inFleet: FleetSnapshot): boolean {
  return compareDevices(expectedSnapshot(draft.lines, null), inFleet) === null;
}

/** The answer to a create holds no more than the number: what Fleet made of the lines is read. */
export async function recordCreatedCart(session: CartSession, draft: DraftCart): Promise<WrittenCart> {
  if (draft.fleetOrderId === null || draft.fleetHolds !== null || draft.lines.length === 0)
    return { kind: 'written', draft, inFleet: null };
  const read = await session.context.fleet.getCart(draft.fleetOrderId, 'person');
  if (!read.ok) return { kind: 'written', draft, inFleet: null };
  const inFleet = snapshotOf(read.value);
  return { kind: 'written', draft: await save(session, draft, { ...draft, fleetHolds: inFleet }), inFleet };
}

/**
 * A change that had already been written down by an earlier run was the only reason
 * for the draft; one that had not leaves it as it was.
 */
async function revertDraft(session: CartSession, before: DraftCart, intent: DraftCart): Promise<DraftCart> {
  const wasEarlier = before.appliedChanges.includes(session.changeId);
  const isNew = before.revision === NEVER_SAVED || wasEarlier;
  const draft = await save(session, intent, isNew ? null : before);
  return isNew ? newDraft(session.person, intent.mode) : draft;
}

function save(session: CartSession, before: DraftCart, is: DraftCart | null, did?: string): Promise<DraftCart> {
  const audit = did === undefined || is === null ? [] : [cartAudit(session, did, is, 'done')];
  return saveDraft(session.context, session.person.slackUserId, { before, is, audit });
}
