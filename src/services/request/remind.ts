import { withTimeout } from '../../domain/async.ts';
import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare.ts';
import type { RequestId } from '../../domain/ids.ts';
import { statusInfo } from '../../domain/orders/follow.ts';
import type { Person } from '../../domain/people/people.ts';
import { reminderNotices, replacedNotices, restoredNotices } from '../../domain/request/notices.ts';
import { nextReminderAt, nextWorkingTime, recordReminder } from '../../domain/request/reminders.ts';
import { type CardValue, canonicalText, type DeviceRequest, isOpen, signedText } from '../../domain/request/request.ts';
import type { Work, WorkItem } from '../../domain/work.ts';
import type { Commit } from '../../store/commit.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../context.ts';
import { findInFleet, type InFleet } from '../fleet-orders.ts';
import { namePerson, slackProfile } from '../people/match.ts';
import { isApproverUnavailable, markApproverUnavailable } from './deputy.ts';
import { type CardPress, receivePress, updateFromPress } from './press.ts';
import { cardUpdateItem, expiryItem, noticeItems, type RequestOutcome, updateRequest, workItem } from './update.ts';

/** No one can be reminded now, but the request may be pending again soon. */
const RECHECK_MS = 60 * 60 * 1000;

/** While Slack does not tell the approver's time zone; after a day, a reminder at any hour is better than none. */
const SLACK_RETRY_MS = 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The scheduled reminder: in the approver's working hours and time zone, repeated after the same interval. Each request
 * has one such job until it is over, even while Fleet is asked or the requester is to choose another approver.
 */
export async function remind(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const request = await context.store.request(requestId);
  if (request === null || !isOpen(request.state)) return jobDone;
  // An approval that comes back gets a new deadline.
  if (request.state.kind !== 'pending') return retryAfter(RECHECK_MS);
  if (context.now() >= request.expiresAt) return jobDone;
  if (request.approverGone) return retryAfter(RECHECK_MS);
  if (await isApproverUnavailable(context, request)) {
    await markApproverUnavailable(context, request);
    return retryAfter(RECHECK_MS);
  }
  const settings = await context.store.settings();
  const profile = await slackProfile(context, request.approver.slackUserId);
  const timeZone = profile.ok && profile.value !== null ? profile.value.timeZone : 'UTC';
  const now = context.now();
  const soonest = nextReminderAt(request, settings.remindAfterMs);
  if (!profile.ok && now < soonest + DAY_MS) return retryAfter(SLACK_RETRY_MS);
  const at = nextWorkingTime(Math.max(soonest, now), timeZone, settings.workingHours);
  if (at > now) return retryAfter(at - now);
  const outcome = await updateRequest(context, requestId, {
    surface: 'job',
    notices: reminderNotices,
    decide: (current, time) => recordReminder(current, { by: null, now: time }),
    work: (current) => [reminderItem(current, context.now() + settings.remindAfterMs)],
  });
  // Refused because the request has just changed: whom to remind, and when, is read again.
  return outcome.ok ? jobDone : retryAfter(RECHECK_MS);
}

export function reminderItem(request: DeviceRequest, notBefore: number): WorkItem {
  return workItem(request, { kind: 'remind', tenant: request.tenant, requestId: request.id }, { notBefore });
}

/**
 * **Remind** on the requester's card. The reminder is queued in the commit that records its time. As with a scheduled
 * one, the cards are drawn again: the reminder names the approver's, which may have lost its buttons or never arrived.
 */
export async function remindApprover(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  if (!received.ok) return received;
  const request = await markIfUnavailable(context, press, received.request);
  if (request !== null) return { ok: false, refusal: { kind: 'approver_gone', approver: request.approver }, request };
  return updateFromPress(context, press, received.request.id, {
    surface: press.surface,
    notices: reminderNotices,
    decide: (current, now) => recordReminder(current, { by: press.slackUserId, now }),
  });
}

/** Slack waits three seconds for its answer: an approver who cannot be looked up by then is reminded. */
const WAIT_MS = 1_500;

/** An approver who no longer reads Slack must not count as reminded. Null: reminding goes ahead. */
async function markIfUnavailable(
  context: ServiceContext,
  { slackUserId }: CardPress,
  request: DeviceRequest,
): Promise<DeviceRequest | null> {
  if (request.requester.slackUserId !== slackUserId) return null;
  if (request.state.kind !== 'pending' || context.now() >= request.expiresAt || request.approverGone) return null;
  if ((await withTimeout(context.sleep, WAIT_MS, isApproverUnavailable(context, request))) !== true) return null;
  const marked = await markApproverUnavailable(context, request);
  return marked.ok ? marked.request : null;
}

const RETRY_MS = 5_000;
const MAX_RETRY_MS = 5 * 60_000;
const GONE_AFTER_MS = 60_000;

/**
 * After a loss of Redis: restores the request from its card and from Fleet, to wait for a second press. Orders nothing.
 * If the lines cannot be recovered, the card shows what Fleet holds, and the next press signs that.
 */
export async function rebuildRequest(
  context: ServiceContext,
  { card, since }: Extract<Work, { readonly kind: 'rebuild_request' }>,
): Promise<JobOutcome> {
  const { store } = context;
  // A request found by the order's number is newer: this card is from one that ended.
  const existing =
    (await store.request(card.requestId)) ??
    (await store.openRequestFor(card.fleetOrderId)) ??
    (await store.requestForOrder(card.fleetOrderId));
  if (existing !== null) {
    if (existing.id !== card.requestId) await copyCardsTo(context, card.requestId, existing.id);
    await store.commit({ work: [{ ...cardUpdateItem(existing), id: `rebuilt.${context.newId()}` }] });
    return jobDone;
  }
  const inFleet = await findInFleet(context, card.fleetOrderId);
  // One look proves nothing of a cart that isn't shown: it is looked for once more.
  const waitedMs = since === undefined ? GONE_AFTER_MS : context.now() - since;
  if (inFleet.kind === 'gone' && waitedMs < GONE_AFTER_MS) return retryAfter(GONE_AFTER_MS - waitedMs);
  if (inFleet.kind === 'unclear') {
    const { failure } = inFleet;
    return retryAfter(failure.kind === 'rate_limited' ? failure.retryAfterMs : retryDelay(context.now(), since));
  }
  const isReplaced = await isCartReplaced(context, card, inFleet);
  const request = await buildRequest(context, card, isReplaced ? { kind: 'replaced' } : inFleet);
  const committed = await store.commit({
    request: { expectedRevision: null, next: request },
    ...(await draftLock(context, request)),
    work: await followUpItems(context, request, isReplaced ? replacedNotices : restoredNotices),
    audit: [
      {
        at: context.now(),
        by: 'fleet_for_slack',
        did: 'request_rebuilt',
        requestId: request.id,
        fleetOrderId: request.fleetOrderId,
        from: null,
        to: request.state.kind,
        surface: 'job',
        outcome: isReplaced ? 'cart_replaced' : request.lines.length === 0 ? 'lines_unknown' : 'lines_known',
      },
    ],
  });
  return committed === 'conflict' ? retryAfter(RETRY_MS) : jobDone;
}

/** Without this the pressed card would say forever that it is being restored; now it shows the newer request. */
async function copyCardsTo({ store }: ServiceContext, from: RequestId, to: RequestId): Promise<void> {
  for (const copy of await store.copies(from)) await store.putCopy(to, { ...copy, shows: 0 });
}

/** Half of the time waited so far: a Fleet that is down for long is not asked every few seconds. */
function retryDelay(now: number, since = now): number {
  const half = Math.floor((now - since) / 2);
  return Math.min(Math.max(half, RETRY_MS), MAX_RETRY_MS);
}

/** `replaced`: a cart by now that was made of it since, and sent to no one. */
type KnownInFleet = Exclude<InFleet, { readonly kind: 'unclear' }> | { readonly kind: 'replaced' };

async function buildRequest(context: ServiceContext, card: CardValue, inFleet: KnownInFleet): Promise<DeviceRequest> {
  const now = context.now();
  const requester = await nameParty(context, card.requester);
  return {
    id: card.requestId,
    tenant: context.workspaceId,
    fleetOrderId: card.fleetOrderId,
    requester,
    approver: await nameParty(context, card.approver),
    ...(await signedContent(context, card, inFleet)),
    note: card.note ?? '',
    createdAt: now,
    expiresAt: card.expiresAt,
    lastRemindedAt: null,
    previousRequestId: null,
    state: stateOf(card, requester, inFleet, now),
    difference: null,
    problem: null,
    approverGone: false,
    revision: 1,
    nonce: context.newId(),
  };
}

/** A card carries no names. They are called as everywhere else: by Fleet's name, or Slack's if the directory has none. */
async function nameParty(context: ServiceContext, party: CardValue['requester']): Promise<Person> {
  const profile = await slackProfile(context, party.slackUserId);
  const name = profile.ok && profile.value !== null ? profile.value.name : 'A colleague';
  return namePerson(context, { ...party, name });
}

type Content = Pick<DeviceRequest, 'mode' | 'lines' | 'total' | 'fingerprint' | 'expectedInFleet'>;

const emptySnapshot: FleetSnapshot = { productIds: [], names: [], rent: null, currency: null };

/**
 * The lines of the requester's draft, if they are what the card showed. Otherwise no lines: the card shows what Fleet
 * holds, and exactly that is signed.
 */
async function signedContent(context: ServiceContext, card: CardValue, inFleet: KnownInFleet): Promise<Content> {
  const holds = inFleet.kind === 'cart' ? snapshotOf(inFleet.cart) : emptySnapshot;
  const requester = { ...card.requester, name: '' };
  const draft = await context.store.draft(card.requester.slackUserId);
  if (draft !== null && draft.lines.length > 0 && isCartOfCard(context, card, draft, holds)) {
    const { mode, lines } = draft;
    const content = { mode, lines, total: cartTotal(lines, holds), expectedInFleet: holds };
    return { ...content, fingerprint: context.seal.digest(signedText({ requester, ...content }, null)) };
  }
  // Fleet does not return the mode. Without lines it is neither shown nor sent.
  const content = { mode: 'LEASING', lines: [], total: cartTotal([], holds), expectedInFleet: holds } as const;
  return { ...content, fingerprint: context.seal.digest(signedText({ requester, ...content }, null)) };
}

/** This request still locks it, or its lines digest to the card's fingerprint, with Fleet's total now or when sent. */
function isCartOfCard({ seal }: ServiceContext, card: CardValue, draft: DraftCart, holds: FleetSnapshot): boolean {
  if (draft.fleetOrderId !== card.fleetOrderId) return false;
  const { mode, lines } = draft;
  const digestWith = (stated: FleetSnapshot | null) =>
    seal.digest(
      canonicalText({ purchaserId: card.requester.fleetUserId, mode, lines, total: cartTotal(lines, stated) }),
    );
  return draft.lockedBy === card.requestId || [holds, draft.fleetHolds].map(digestWith).includes(card.fingerprint);
}

/**
 * Someone put other devices into the cart since, from any Slack account: what Fleet holds was sent to no one, and must
 * not be signed. A cart that was only found again is what was sent.
 */
async function isCartReplaced(context: ServiceContext, card: CardValue, inFleet: KnownInFleet): Promise<boolean> {
  if (inFleet.kind !== 'cart') return false;
  const holds = snapshotOf(inFleet.cart);
  const drafts = await context.store.draftsOfOrder(card.fleetOrderId);
  return drafts.some(({ draft }) => draft.standing !== 'found' && !isCartOfCard(context, card, draft, holds));
}

function stateOf(
  card: CardValue,
  requester: DeviceRequest['requester'],
  inFleet: KnownInFleet,
  now: number,
): DeviceRequest['state'] {
  switch (inFleet.kind) {
    case 'replaced':
      return { kind: 'withdrawn', by: requester, at: now };
    case 'cart':
      return now < card.expiresAt ? { kind: 'pending' } : { kind: 'expired', at: now };
    case 'order':
      return closedAs(inFleet.order.clientStatus, now);
    case 'gone':
      return { kind: 'closed_elsewhere', at: now, how: 'gone', clientStatus: null };
  }
}

/** One that is over already may never have been an order: Fleet doesn't say. */
function closedAs(clientStatus: string, at: number): DeviceRequest['state'] {
  const closed = { kind: 'closed_elsewhere', at, how: 'ordered', clientStatus } as const;
  return statusInfo(clientStatus).isOver ? { ...closed, isPutAway: true, toldOf: [clientStatus] } : closed;
}

/** The draft is locked again, so that it cannot change before the second press. */
async function draftLock({ store }: ServiceContext, request: DeviceRequest): Promise<Pick<Commit, 'draft'>> {
  if (!isOpen(request.state)) return {};
  const { slackUserId, fleetUserId } = request.requester;
  const draft = await store.draft(slackUserId);
  if (draft === null) return { draft: { slackUserId, expectedRevision: null, next: foundDraft(request, fleetUserId) } };
  if (draft.fleetOrderId !== request.fleetOrderId || draft.lockedBy !== null) return {};
  const locked = { ...draft, lockedBy: request.id, revision: draft.revision + 1 };
  return { draft: { slackUserId, expectedRevision: draft.revision, next: locked } };
}

function foundDraft(request: DeviceRequest, purchaserId: DraftCart['purchaserId']): DraftCart {
  return {
    purchaserId,
    fleetOrderId: request.fleetOrderId,
    mode: request.mode,
    lines: [],
    fleetHolds: request.expectedInFleet,
    standing: 'found',
    foundAs: request.expectedInFleet,
    creatingSince: null,
    lockedBy: request.id,
    appliedChanges: [],
    revision: 1,
  };
}

async function followUpItems(
  { store, now }: ServiceContext,
  request: DeviceRequest,
  notices: typeof restoredNotices,
): Promise<readonly WorkItem[]> {
  const items = [cardUpdateItem(request), ...noticeItems(request, notices(request))];
  if (!isOpen(request.state)) return items;
  const { remindAfterMs } = await store.settings();
  return [...items, expiryItem(request), reminderItem(request, now() + remindAfterMs)];
}
