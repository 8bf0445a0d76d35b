import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import { restoredNotices } from '../../domain/request/notices.ts';
import { type CardValue, type DeviceRequest, isOpen, signedText } from '../../domain/request/request.ts';
import type { Work, WorkItem } from '../../domain/work.ts';
import type { Commit } from '../../store/commit.ts';
import type { ServiceContext } from '../context.ts';
import { findInFleet, type InFleet } from '../fleet-orders.ts';
import { type JobOutcome, jobDone, retryAfter } from '../job-outcome.ts';
import { slackProfile } from '../people/profiles.ts';
import { reminderItem } from './remind.ts';
import { cardUpdateItem, expiryItem, noticeItems } from './update.ts';

const RETRY_MS = 5_000;
const MAX_RETRY_MS = 5 * 60_000;

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
  const existing = (await store.request(card.requestId)) ?? (await store.requestForOrder(card.fleetOrderId));
  if (existing !== null) {
    if (existing.id !== card.requestId) await copyCardsTo(context, card.requestId, existing.id);
    await store.commit({ work: [{ ...cardUpdateItem(existing), id: `rebuilt.${context.newId()}` }] });
    return jobDone;
  }
  const inFleet = await findInFleet(context, card.fleetOrderId);
  if (inFleet.kind === 'unclear') {
    const { failure } = inFleet;
    return retryAfter(failure.kind === 'rate_limited' ? failure.retryAfterMs : retryDelay(context.now(), since));
  }
  const request = await buildRequest(context, card, inFleet);
  const committed = await store.commit({
    request: { expectedRevision: null, next: request },
    ...(await draftLock(context, request)),
    work: await followUpItems(context, request),
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
        outcome: request.lines.length === 0 ? 'lines_unknown' : 'lines_known',
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

type KnownInFleet = Exclude<InFleet, { readonly kind: 'unclear' }>;

async function buildRequest(context: ServiceContext, card: CardValue, inFleet: KnownInFleet): Promise<DeviceRequest> {
  const now = context.now();
  return {
    id: card.requestId,
    tenant: context.workspaceId,
    fleetOrderId: card.fleetOrderId,
    requester: { ...card.requester, name: await nameOf(context, card.requester.slackUserId) },
    approver: { ...card.approver, name: await nameOf(context, card.approver.slackUserId) },
    ...(await signedContent(context, card, inFleet)),
    note: '',
    createdAt: now,
    expiresAt: card.expiresAt,
    lastRemindedAt: null,
    previousRequestId: null,
    state: stateOf(card, inFleet, now),
    difference: null,
    problem: null,
    approverGone: false,
    revision: 1,
  };
}

/** A card carries no names. */
async function nameOf(context: ServiceContext, slackUserId: SlackUserId): Promise<string> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && profile.value !== null ? profile.value.name : 'A colleague';
}

type Content = Pick<DeviceRequest, 'mode' | 'lines' | 'total' | 'fingerprint' | 'expectedInFleet'>;

const emptySnapshot: FleetSnapshot = { productIds: [], names: [], rent: null, currency: null };

/**
 * The lines of the requester's draft, if this request still locks it or if they digest to the fingerprint on the card:
 * then they are what was shown. Otherwise no lines: the card shows what Fleet holds, and exactly that is signed.
 */
async function signedContent(context: ServiceContext, card: CardValue, inFleet: KnownInFleet): Promise<Content> {
  const holds = inFleet.kind === 'cart' ? snapshotOf(inFleet.cart) : emptySnapshot;
  const requester = { ...card.requester, name: '' };
  const draft = await context.store.draft(card.requester.slackUserId);
  if (draft !== null && draft.fleetOrderId === card.fleetOrderId && draft.lines.length > 0) {
    const { mode, lines } = draft;
    const content = { mode, lines, total: cartTotal(lines, holds), expectedInFleet: holds };
    const fingerprint = context.seal.digest(signedText({ requester, ...content }, null));
    if (draft.lockedBy === card.requestId || fingerprint === card.fingerprint) return { ...content, fingerprint };
  }
  // Fleet does not return the mode. Without lines it is neither shown nor sent.
  const content = { mode: 'LEASING', lines: [], total: cartTotal([], holds), expectedInFleet: holds } as const;
  return { ...content, fingerprint: context.seal.digest(signedText({ requester, ...content }, null)) };
}

function stateOf(card: CardValue, inFleet: KnownInFleet, now: number): DeviceRequest['state'] {
  switch (inFleet.kind) {
    case 'cart':
      return now < card.expiresAt ? { kind: 'pending' } : { kind: 'expired', at: now };
    case 'order':
      return { kind: 'closed_elsewhere', at: now, how: 'ordered', clientStatus: inFleet.order.clientStatus };
    case 'gone':
      return { kind: 'closed_elsewhere', at: now, how: 'gone', clientStatus: null };
    default:
      return inFleet satisfies never;
  }
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
    creatingSince: null,
    lockedBy: request.id,
    appliedChanges: [],
    revision: 1,
  };
}

async function followUpItems({ store, now }: ServiceContext, request: DeviceRequest): Promise<readonly WorkItem[]> {
  const items = [cardUpdateItem(request), ...noticeItems(request, restoredNotices(request))];
  if (!isOpen(request.state)) return items;
  const { remindAfterMs } = await store.settings();
  return [...items, expiryItem(request), reminderItem(request, now() + remindAfterMs)];
}
