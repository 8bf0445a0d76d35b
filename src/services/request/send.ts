import { cartTotal, type DraftCart, type FleetSnapshot, provesPrices, totalsDiffer } from '../../domain/cart/cart.ts';
import { compareCart, expectedSnapshot } from '../../domain/cart/compare.ts';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { FleetOrderId, RequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import { followUpOf } from '../../domain/request/cart-after.ts';
import { canonicalText, type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import { markSuperseded } from '../../domain/request/validate.ts';
import { fingerprintText } from '../../domain/screens.ts';
import { findDisallowedRow } from '../cart/lines.ts';
import { reconcileCart } from '../cart/open.ts';
import {
  type CartInFull,
  cartScreen,
  reportCartFailure,
  type SendFields,
  screenOutcome,
  sendFields,
} from '../cart/outcome.ts';
import {
  type CartOutcome,
  type CartSession,
  earlierOutcome,
  inCartSession,
  Overtaken,
  retryLater,
  type SendWork,
  troubleIn,
  type WrittenCart,
} from '../cart/session.ts';
import { patchLines } from '../cart/write.ts';
import { noteRejectedRow, overLimitNow } from '../catalog/prices.ts';
import type { ServiceContext } from '../context.ts';
import { admitSigner } from '../people/approvers.ts';
import { reminderItem } from './remind.ts';
import { cardUpdateItem, expiryItem, updateRequest } from './update.ts';

/**
 * Sends exactly what the person saw, or shows how it has changed. Safe to run again: the change's id names the request.
 */
export function sendRequest(context: ServiceContext, work: SendWork): Promise<CartOutcome> {
  return inCartSession(context, work, (session) => sendUnderLease(session, work));
}

async function sendUnderLease(session: CartSession, work: SendWork): Promise<CartOutcome> {
  const { context, person } = session;
  const earlier = await context.store.request(requestIdOf(work));
  if (earlier !== null) return finish(context, earlier);
  const cart = await reconcileCart(session, person);
  if (cart.kind === 'locked') return screenOutcome(cart);
  const { draft, inFleet } = cart;
  const carry = { approver: work.approverSlackUserId, note: work.note, words: '', isNoteShown: true } as const;
  const fields = await sendFields(session, person, carry, draft);
  const screen = cartScreen(draft, inFleet, fields);
  const trouble = cart.trouble ?? troubleIn(await earlierOutcome(session));
  if (trouble !== null) return showTrouble(session, screen, trouble);
  const checked = await checkSending(session, work, { draft, inFleet, screen });
  if (checked.kind !== 'ready') return screenOutcome(screen, { trouble: checked });
  const ready = await restoreCartInFleet(session, checked, fields);
  return ready.kind === 'ready' ? commitRequest(session, work, ready) : ready;
}

interface SendReady {
  readonly kind: 'ready';
  readonly draft: DraftCart & { readonly fleetOrderId: FleetOrderId };
  readonly inFleet: FleetSnapshot;
  readonly approver: Person;
}

interface CheckedCart {
  readonly draft: DraftCart;
  readonly inFleet: FleetSnapshot | null;
  readonly screen: CartInFull;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** By one person: more than anybody needs, and too few to fill Redis or an approver's messages. */
const MAX_A_DAY = 50;

/** The cart must be exactly what the person saw, and go to someone who may sign it. */
async function checkSending(
  session: CartSession,
  { approverSlackUserId, seen }: SendWork,
  { draft, inFleet, screen }: CheckedCart,
): Promise<SendReady | CartTrouble> {
  const { context, person } = session;
  if (screen.found.length > 0) return { kind: 'found_left' };
  if (screen.rows.length === 0) return { kind: 'nothing_to_send' };
  const sentToday = await context.store.countRequestsBy(person.slackUserId, context.now() - DAY_MS);
  if (sentToday >= MAX_A_DAY) return { kind: 'sent_too_often' };
  const may = await admitSigner(context, { slackUserId: approverSlackUserId, requester: person });
  if (!may.ok) return approverTrouble(may.refusal.kind);
  const forbidden =
    (await findDisallowedRow(session, draft.lines)) ?? (await overLimitNow(session, draft.lines, draft.mode));
  if (forbidden !== null) return forbidden;
  const { fleetOrderId } = draft;
  // The digest covers any difference from Fleet's cart: the person has seen both versions, or sees them now.
  const isSeen = asItMayHaveLooked(screen).some((one) => context.seal.digest(fingerprintText(one)) === seen);
  if (!isSeen || inFleet === null || fleetOrderId === null) return { kind: 'not_as_seen' };
  return { kind: 'ready', draft: { ...draft, fleetOrderId }, inFleet, approver: may.person };
}

/** What was shown before Fleet stated its total said the same, if Fleet's total is exactly our sum. */
function asItMayHaveLooked(screen: CartInFull): readonly CartInFull[] {
  const { total } = screen;
  return provesPrices(total) ? [screen, { ...screen, total: { ...total, fleet: null } }] : [screen];
}

/** Fleet's cart differs, and the person saw that and sent anyway: our lines replace Fleet's. */
async function restoreCartInFleet(
  session: CartSession,
  ready: SendReady,
  fields: SendFields,
): Promise<SendReady | CartOutcome> {
  const { draft, inFleet } = ready;
  if (compareCart(expectedSnapshot(draft.lines, inFleet), inFleet) === null) return ready;
  const written = await patchLines(session, draft, draft);
  switch (written.kind) {
    case 'later':
      return written;
    case 'over':
      return screenOutcome(cartScreen(written.draft, null, fields), { trouble: written.trouble });
    case 'rejected':
      return showRejection(session, cartScreen(written.draft, inFleet, fields), written);
    case 'exists':
    case 'changed_elsewhere':
      return screenOutcome(cartScreen(written.draft, written.inFleet, fields), { trouble: { kind: 'not_as_seen' } });
    case 'written': {
      const now = written.inFleet;
      const isRestored =
        now !== null &&
        compareCart(expectedSnapshot(draft.lines, draft.fleetHolds ?? now), now) === null &&
        // What the devices cost was never stated by Fleet: then it was our sum that was seen.
        (draft.fleetHolds !== null || !totalsDiffer(cartTotal(draft.lines, now)));
      return isRestored
        ? { ...ready, draft: { ...written.draft, fleetOrderId: draft.fleetOrderId }, inFleet: now }
        : screenOutcome(cartScreen(written.draft, now, fields), { trouble: { kind: 'not_as_seen' } });
    }
  }
}

async function showRejection(
  session: CartSession,
  screen: CartInFull,
  { draft, failure }: Extract<WrittenCart, { readonly kind: 'rejected' }>,
): Promise<CartOutcome> {
  const bad = adviceFor(failure).findsBadLine ? await noteRejectedRow(session, draft.lines, draft.mode) : null;
  return showTrouble(session, screen, { kind: 'fleet', failure: bad?.failure ?? failure, row: bad?.row ?? null });
}

async function showTrouble(session: CartSession, screen: CartInFull, trouble: CartTrouble): Promise<CartOutcome> {
  if (trouble.kind !== 'fleet') return screenOutcome(screen, { trouble });
  const { failure } = trouble;
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  const { fleetOrderId } = screen;
  const lines = screen.rows.map(({ line }) => line);
  await reportCartFailure(session.context, failure, { about: session.person, fleetOrderId, lines });
  return screenOutcome(screen, { trouble: adviceFor(failure).pausesOrdering ? { kind: 'paused' } : trouble });
}

function approverTrouble(refusal: 'own_request' | 'not_eligible' | 'eligibility_unknown'): CartTrouble {
  switch (refusal) {
    case 'own_request':
      return { kind: 'own_approver' };
    case 'not_eligible':
      return { kind: 'approver_not_eligible' };
    case 'eligibility_unknown':
      return { kind: 'approver_unknown' };
  }
}

async function commitRequest(session: CartSession, work: SendWork, ready: SendReady): Promise<CartOutcome> {
  const { context, person, settings } = session;
  const request = await buildRequest(session, work, ready);
  const { draft, inFleet } = ready;
  await context.step?.('send.before_commit');
  const committed = await context.store.commit({
    draft: {
      slackUserId: person.slackUserId,
      expectedRevision: draft.revision,
      next: { ...draft, fleetHolds: inFleet, lockedBy: request.id, revision: draft.revision + 1 },
    },
    request: { expectedRevision: null, next: request },
    work: [
      cardUpdateItem(request),
      expiryItem(request),
      reminderItem(request, request.createdAt + settings.remindAfterMs),
    ],
    audit: [
      {
        at: request.createdAt,
        by: { slackUserId: person.slackUserId, fleetUserId: person.fleetUserId },
        did: 'request_sent',
        requestId: request.id,
        fleetOrderId: request.fleetOrderId,
        from: 'draft',
        to: 'pending',
        surface: 'modal',
        outcome: 'pending',
      },
    ],
  });
  if (committed !== 'committed') throw new Overtaken();
  await context.step?.('send.committed');
  await rememberChoices(context, request);
  return finish(context, request);
}

/** Also when the job runs again, which may have ended right after its commit. */
async function finish(context: ServiceContext, request: DeviceRequest): Promise<CartOutcome> {
  const { previousRequestId } = request;
  if (previousRequestId !== null)
    await updateRequest(context, previousRequestId, { surface: 'job', decide: markSuperseded });
  return sentOutcome(request);
}

async function buildRequest(
  { context, settings, person }: CartSession,
  work: SendWork,
  { draft, inFleet, approver }: SendReady,
): Promise<DeviceRequest> {
  const { fleetOrderId, lines, mode, purchaserId } = draft;
  const previous = await context.store.requestForOrder(fleetOrderId);
  const total = cartTotal(lines, inFleet);
  const now = context.now();
  const followUp = previous === null ? null : followUpOf(previous, { lines, mode, total });
  return {
    id: requestIdOf(work),
    tenant: context.workspaceId,
    fleetOrderId,
    mode,
    lines,
    total,
    approver,
    requester: person,
    note: work.note,
    fingerprint: context.seal.digest(canonicalText({ purchaserId, mode, lines, total })),
    expectedInFleet: inFleet,
    createdAt: now,
    expiresAt: now + settings.expireAfterMs,
    lastRemindedAt: null,
    previousRequestId: previous?.id ?? null,
    ...(followUp === null ? {} : { followUp }),
    state: { kind: 'pending' },
    difference: null,
    problem: null,
    approverGone: false,
    revision: 1,
    nonce: context.newId(),
  };
}

/** Only a convenience for the next cart: a failure here must not make a sent request look unsent. */
async function rememberChoices(
  { store, log }: ServiceContext,
  { requester, approver, lines }: DeviceRequest,
): Promise<void> {
  const lastCountry = lines.at(-1)?.deliveryCountry ?? null;
  try {
    await store.setPreferences(requester.slackUserId, { lastApprover: approver.slackUserId, lastCountry });
  } catch {
    log.warn("the requester's last choices were not saved");
  }
}

function sentOutcome(request: DeviceRequest): CartOutcome {
  const shown = { kind: 'locked', request } as const;
  return isOpen(request.state)
    ? screenOutcome(shown, { news: { kind: 'sent', approver: request.approver } })
    : screenOutcome(shown, { trouble: { kind: 'request_over' } });
}

/** Submitting the same form twice gives the same request. No other code makes request ids. */
function requestIdOf({ changeId }: SendWork): RequestId {
  return `r${changeId.slice(0, 23)}` as RequestId;
}
