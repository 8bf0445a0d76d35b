import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare.ts';
import { type CartTrouble, fleetTrouble } from '../../domain/cart/trouble.ts';
import type { FleetOrderId, SlackUserId } from '../../domain/ids.ts';
import type { ModalCarry } from '../../domain/order-form/state.ts';
import type { Person } from '../../domain/people/people.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { isCartOver } from '../fleet-orders.ts';
import { matchPerson } from '../people/match.ts';
import { findNewestCart, resolveCreationUnderLease } from './create.ts';
import { cartScreen, type ShownOutcome, screenOutcome, sendFields } from './outcome.ts';
import { findLockingRequest, newDraft, Overtaken, saveDraft, whyCartIsOver } from './session.ts';

const MAX_ATTEMPTS = 3;

/** A person's cart as it is right now, compared with what Fleet says it holds. */
export async function openReconciledCart(
  context: ServiceContext,
  slackUserId: SlackUserId,
  carry: ModalCarry,
): Promise<ShownOutcome> {
  const match = await matchPerson(context, slackUserId);
  if (match.kind !== 'matched') return { kind: 'sentence', trouble: { kind: 'not_matched', match } };
  for (let turn = 1; ; turn += 1) {
    try {
      const looked = await reconcileCart(context, match.person);
      if (looked.kind === 'locked') return screenOutcome(looked);
      const asked = await sendFields(context, match.person, carry);
      return screenOutcome(cartScreen(looked.draft, looked.inFleet, asked), { trouble: looked.trouble });
    } catch (error) {
      if (!(error instanceof Overtaken) || turn === MAX_ATTEMPTS) throw error;
    }
  }
}

type ReconciledCart =
  | { readonly kind: 'locked'; readonly request: DeviceRequest }
  | {
      readonly kind: 'cart';
      readonly draft: DraftCart;
      readonly inFleet: FleetSnapshot | null;
      readonly trouble: CartTrouble | null;
    };

/** The draft beside what Fleet holds now. */
export async function reconcileCart(context: ServiceContext, person: Person): Promise<ReconciledCart> {
  const stored = await context.store.draft(person.slackUserId);
  const request = await findLockingRequest(context, stored);
  if (request !== null) return { kind: 'locked', request };
  const known = await resolveDraft(context, person, stored);
  if (known.request !== null) return { kind: 'locked', request: known.request };
  return known.trouble === null
    ? compareOrDiscardDraft(context, person, known.draft)
    : { kind: 'cart', draft: known.draft, inFleet: null, trouble: known.trouble };
}

interface ResolvedDraft {
  readonly draft: DraftCart;
  readonly trouble: CartTrouble | null;
  readonly request: DeviceRequest | null;
}

async function resolveDraft(context: ServiceContext, person: Person, stored: DraftCart | null): Promise<ResolvedDraft> {
  if (stored === null) return adoptCartFromFleet(context, person);
  if (stored.creatingSince === null) return { draft: stored, trouble: null, request: null };
  return { ...(await resolveCreationUnderLease(context, person)), request: null };
}

/** Redis was lost, or the cart was put together elsewhere: Fleet still has it. */
async function adoptCartFromFleet(context: ServiceContext, person: Person): Promise<ResolvedDraft> {
  const { store } = context;
  const empty = newDraft(person, (await store.settings()).defaultMode);
  const found = await findNewestCart(context, person.fleetUserId);
  if (!found.ok) return { draft: empty, trouble: fleetTrouble(found.failure), request: null };
  if (found.value === null) return { draft: empty, trouble: null, request: null };
  const { fleetOrderId } = found.value;
  const request = await findOpenRequest(context, fleetOrderId, person);
  if (request !== null) return { draft: empty, trouble: null, request };
  const is = { ...empty, fleetOrderId, fleetHolds: snapshotOf(found.value), standing: 'found' } as const;
  return { draft: await saveDraft(context, person.slackUserId, { before: empty, is }), trouble: null, request: null };
}

/** A request may have outlived the draft that it locks. */
async function findOpenRequest(
  { store }: ServiceContext,
  fleetOrderId: FleetOrderId,
  person: Person,
): Promise<DeviceRequest | null> {
  const request = await store.requestForOrder(fleetOrderId);
  return request !== null && isOpen(request.state) && request.requester.slackUserId === person.slackUserId
    ? request
    : null;
}

async function compareOrDiscardDraft(
  context: ServiceContext,
  person: Person,
  draft: DraftCart,
): Promise<ReconciledCart> {
  const { fleetOrderId } = draft;
  if (fleetOrderId === null || draft.standing === 'found') return { kind: 'cart', draft, inFleet: null, trouble: null };
  const read = await context.fleet.getCart(fleetOrderId, 'person');
  if (read.ok) return { kind: 'cart', draft, inFleet: snapshotOf(read.value), trouble: null };
  const over = isCartOver(read.failure) ? await whyCartIsOver(context, fleetOrderId, read.failure) : null;
  if (over === null) return { kind: 'cart', draft, inFleet: null, trouble: fleetTrouble(read.failure) };
  await saveDraft(context, person.slackUserId, { before: draft, is: null });
  return { kind: 'cart', draft: newDraft(person, draft.mode), inFleet: null, trouble: over };
}
