import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { followFound } from '../../domain/cart/change.ts';
import { snapshotOf } from '../../domain/cart/compare.ts';
import { type CartTrouble, fleetTrouble } from '../../domain/cart/trouble.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/choice.ts';
import type { Person } from '../../domain/people/people.ts';
import { putBack } from '../../domain/request/cart-after.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { isCartOver } from '../fleet-orders.ts';
import { matchOrReport } from '../people/match.ts';
import { cartScreen, findLastRequest, screenOutcome, sendFields } from './outcome.ts';
import {
  type CartOver,
  type CartSession,
  findLockingRequest,
  isSomeoneElses,
  keepOutcome,
  newDraft,
  notYours,
  Overtaken,
  type ShownOutcome,
  saveDraft,
  whyCartIsOver,
} from './session.ts';
import { findNewestCart, notConfirmed, resolveCreationUnderLease } from './write.ts';

const MAX_ATTEMPTS = 3;

/** A person's cart for **Your cart**, reconciled with Fleet: the stored draft may change. */
export async function openReconciledCart(
  context: ServiceContext,
  slackUserId: SlackUserId,
  carry: ModalCarry,
): Promise<ShownOutcome> {
  const [match, settings] = await Promise.all([matchOrReport(context, slackUserId), context.store.settings()]);
  if (match.kind !== 'matched') return { kind: 'sentence', trouble: { kind: 'not_matched', match } };
  const operation: WithSettings = { context, settings };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const accepted = await context.store.acceptedChanges(slackUserId);
      const cart = await reconcileCart(operation, match.person);
      if (cart.kind === 'locked') return screenOutcome(cart);
      const fields = await sendFields(operation, match.person, carry, cart.draft);
      // The job that creates it is at work: its rows are marked.
      const isUnderWay = cart.trouble === notConfirmed && accepted.length > 0;
      return screenOutcome(cartScreen(cart.draft, cart.inFleet, fields, accepted), {
        trouble: isUnderWay ? null : cart.trouble,
      });
    } catch (error) {
      if (!(error instanceof Overtaken) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** **Put back in cart**. Fleet isn't told: its cart still holds these devices. What the cart shows next says the rest. */
export async function putBackInCart(context: ServiceContext, slackUserId: SlackUserId, once: string): Promise<void> {
  const draft = await context.store.draft(slackUserId);
  const last = draft === null ? null : await findLastRequest(context, draft);
  const next = draft === null || last === null ? null : putBack(draft, last);
  if (draft === null || last === null || next === null) return;
  const { requester, fleetOrderId } = last;
  const by = { slackUserId, fleetUserId: requester.fleetUserId };
  const facts = { did: 'cart_put_back', from: null, to: null, surface: 'modal', outcome: 'done' } as const;
  await context.store.commit({
    once,
    draft: { slackUserId, expectedRevision: draft.revision, next },
    audit: [{ at: context.now(), by, requestId: last.id, fleetOrderId, ...facts }],
  });
}

type LockedCart = { readonly kind: 'locked'; readonly request: DeviceRequest };
type ReconciledCart =
  | LockedCart
  | {
      readonly kind: 'cart';
      readonly draft: DraftCart;
      /** Null: there is nothing to compare with, or Fleet didn't answer. */
      readonly inFleet: FleetSnapshot | null;
      readonly trouble: CartTrouble | null;
    };

/** With a session: of the change that is being carried out, which then keeps what is found. */
type Reconciling = WithSettings & Partial<CartSession>;

/**
 * Brings the draft in line with Fleet: adopts a cart that only Fleet has, settles a create whose answer was lost, and
 * discards the draft of a cart that is over. Fleet itself is only read.
 */
export async function reconcileCart(operation: Reconciling, person: Person): Promise<ReconciledCart> {
  const { context } = operation;
  const stored = await context.store.draft(person.slackUserId);
  const request = await findLockingRequest(context, stored);
  if (request !== null) return { kind: 'locked', request };
  if (stored === null) return adoptCartFromFleet(operation, person);
  if (stored.creatingSince === null) return compareOrDiscard(operation, person, stored);
  const { draft, trouble } = await resolveCreationUnderLease(context, person);
  const lock = await findLockingRequest(context, draft);
  if (lock !== null) return { kind: 'locked', request: lock };
  return trouble === null ? compareOrDiscard(operation, person, draft) : cartWithoutComparison(draft, trouble);
}

/** Redis lost the draft, or the cart was put together elsewhere: Fleet still has it. */
async function adoptCartFromFleet({ context, settings }: WithSettings, person: Person): Promise<ReconciledCart> {
  const empty = newDraft(person, settings.defaultMode);
  const found = await findNewestCart(context, person.fleetUserId);
  if (!found.ok) return cartWithoutComparison(empty, fleetTrouble(found.failure));
  if (found.value === null) return cartWithoutComparison(empty);
  const { fleetOrderId } = found.value;
  // The request that locks a cart can outlive its draft, or be from another Slack account of this person.
  const request = await findLockingRequest(context, { purchaserId: person.fleetUserId, fleetOrderId });
  if (request !== null) return { kind: 'locked', request };
  const holds = snapshotOf(found.value);
  const after = { ...empty, fleetOrderId, fleetHolds: holds, standing: 'found', foundAs: holds } as const;
  return cartWithoutComparison(await saveDraft(context, person.slackUserId, { before: empty, after }));
}

async function compareOrDiscard(operation: Reconciling, person: Person, draft: DraftCart): Promise<ReconciledCart> {
  const { context } = operation;
  const { fleetOrderId } = draft;
  if (fleetOrderId === null) return cartWithoutComparison(draft);
  const read = await context.fleet.getCart(fleetOrderId, 'person');
  if (read.ok) {
    return isSomeoneElses(read.value, person)
      ? discard(operation, person, draft, notYours)
      : compare(context, person, draft, snapshotOf(read.value));
  }
  const over = isCartOver(read.failure) ? await whyCartIsOver(context, { ...draft, fleetOrderId }, read.failure) : null;
  return over === null
    ? cartWithoutComparison(draft, fleetTrouble(read.failure))
    : discard(operation, person, draft, over);
}

async function discard(
  { context, changeId, work }: Reconciling,
  person: Person,
  draft: DraftCart,
  over: CartOver,
): Promise<ReconciledCart> {
  const kept = changeId === undefined || work === undefined ? {} : keepOutcome({ changeId, work }, over);
  await saveDraft(context, person.slackUserId, { before: draft, after: null, ...kept });
  return cartWithoutComparison(newDraft(person, draft.mode), over);
}

async function compare(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
  inFleet: FleetSnapshot,
): Promise<ReconciledCart> {
  if (draft.standing !== 'found') return { kind: 'cart', draft, inFleet, trouble: null };
  const after = followFound(draft, inFleet);
  const followed = after === draft ? draft : await saveDraft(context, person.slackUserId, { before: draft, after });
  // Until all its devices are completed, there is nothing of ours to compare with.
  return followed.standing === 'found'
    ? cartWithoutComparison(followed)
    : { kind: 'cart', draft: followed, inFleet, trouble: null };
}

function cartWithoutComparison(draft: DraftCart, trouble: CartTrouble | null = null): ReconciledCart {
  return { kind: 'cart', draft, inFleet: null, trouble };
}
