import { cartTotal, type DraftCart, type FleetSnapshot } from '../../domain/cart/cart.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import { restoredNotices } from '../../domain/request/notices.ts';
import { type CardValue, type DeviceRequest, isOpen, signedText } from '../../domain/request/request.ts';
import type { Work, WorkItem } from '../../domain/work.ts';
import type { Commit } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import { type StandingInFleet, standingInFleet } from '../fleet-orders.ts';
import { slackProfile } from '../people/profiles.ts';
import { reminderItem } from './remind.ts';
import { cardUpdateItem, type JobOutcome, jobDone, noticeItems, retryAfter, workItem } from './update.ts';

type Content = Pick<DeviceRequest, 'mode' | 'lines' | 'total' | 'fingerprint' | 'expectedInFleet'>;

const emptySnapshot: FleetSnapshot = { productIds: [], names: [], rent: null, currency: null };

/**
 * The lines of the requester's cart where this request still locks it, or where they digest to the very fingerprint on
 * the card: then they are what was shown. Otherwise no lines: the card shows what Fleet holds, and signs exactly that.
 */
async function signedContent(context: ServiceContext, card: CardValue, standing: StandingInFleet): Promise<Content> {
  const holds = standing.kind === 'cart' ? standing.holds : emptySnapshot;
  const requester = { ...card.requester, name: '' };
  const draft = await context.store.draft(card.requester.slackUserId);
  if (draft !== null && draft.fleetOrderId === card.fleetOrderId && draft.lines.length > 0) {
    const { mode, lines } = draft;
    const content = { mode, lines, total: cartTotal(lines, holds), expectedInFleet: holds };
    const fingerprint = context.seal.digest(signedText({ requester, ...content }, null));
    if (draft.lockedBy === card.requestId || fingerprint === card.fingerprint) return { ...content, fingerprint };
  }
  // The mode is not given back by Fleet and is neither shown nor sent while there are no lines.
  const content = { mode: 'LEASING', lines: [], total: cartTotal([], holds), expectedInFleet: holds } as const;
  return { ...content, fingerprint: context.seal.digest(signedText({ requester, ...content }, null)) };
}

/** Locked again, so that nobody changes it while it waits for the second press. */
async function draftLock({ store }: ServiceContext, request: DeviceRequest): Promise<Pick<Commit, 'draft'>> {
  if (!isOpen(request.state)) return {};
  const { slackUserId, fleetUserId } = request.requester;
  const draft = await store.draft(slackUserId);
  if (draft === null) return { draft: { slackUserId, expectedRevision: null, next: foundDraft(request, fleetUserId) } };
  if (draft.fleetOrderId !== request.fleetOrderId || draft.lockedBy !== null) return {};
  const is = { ...draft, lockedBy: request.id, revision: draft.revision + 1 };
  return { draft: { slackUserId, expectedRevision: draft.revision, next: is } };
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

/** A card carries no names. */
async function nameOf(context: ServiceContext, slackUserId: SlackUserId): Promise<string> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && profile.value !== null ? profile.value.name : 'A colleague';
}

const RETRY_MS = 5_000;
const MAX_RETRY_MS = 5 * 60_000;

/**
 * Redis was lost: the request comes back from what its card carries and from what Fleet holds, and waits for a second
 * press; nothing is ordered here. Where the lines cannot be had, what Fleet holds is what is shown and signed next.
 */
export async function rebuildRequest(
  context: ServiceContext,
  { card, since }: Extract<Work, { readonly kind: 'rebuild_request' }>,
): Promise<JobOutcome> {
  const known = await context.store.request(card.requestId);
  // A newer request for the same order: this card is of one that ended.
  const newer = known === null ? await context.store.requestForOrder(card.fleetOrderId) : known;
  if (newer !== null) {
    if (newer.id !== card.requestId) await copyCardsTo(context, card.requestId, newer.id);
    await context.store.commit({ work: [{ ...cardUpdateItem(newer), id: `rebuilt.${context.newId()}` }] });
    return jobDone;
  }
  const standing = await standingInFleet(context, card.fleetOrderId);
  if (standing.kind === 'unclear') {
    const { failure } = standing;
    return retryAfter(failure.kind === 'rate_limited' ? failure.retryAfterMs : retryDelay(context.now(), since));
  }
  const request = await buildRequest(context, card, standing);
  const committed = await context.store.commit({
    request: { expectedRevision: null, next: request },
    ...(await draftLock(context, request)),
    work: await workFor(context, request),
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

/** Half of the time that it has waited already: a Fleet that is away for long is not asked every few seconds. */
function retryDelay(now: number, since = now): number {
  const half = Math.floor((now - since) / 2);
  return Math.min(Math.max(half, RETRY_MS), MAX_RETRY_MS);
}

/** The card that was pressed would say for ever that it is being restored: it shows the newer request from now on. */
async function copyCardsTo({ store }: ServiceContext, from: RequestId, to: RequestId): Promise<void> {
  for (const copy of await store.copies(from)) await store.putCopy(to, { ...copy, shows: 0 });
}

async function buildRequest(
  context: ServiceContext,
  card: CardValue,
  standing: Exclude<StandingInFleet, { readonly kind: 'unclear' }>,
): Promise<DeviceRequest> {
  const now = context.now();
  return {
    id: card.requestId,
    tenant: context.workspaceId,
    fleetOrderId: card.fleetOrderId,
    requester: { ...card.requester, name: await nameOf(context, card.requester.slackUserId) },
    approver: { ...card.approver, name: await nameOf(context, card.approver.slackUserId) },
    ...(await signedContent(context, card, standing)),
    note: '',
    createdAt: now,
    expiresAt: card.expiresAt,
    lastRemindedAt: null,
    previousRequestId: null,
    state: stateOf(card, standing, now),
    difference: null,
    problem: null,
    approverGone: false,
    revision: 1,
  };
}

function stateOf(
  card: CardValue,
  standing: Exclude<StandingInFleet, { readonly kind: 'unclear' }>,
  now: number,
): DeviceRequest['state'] {
  switch (standing.kind) {
    case 'cart':
      return now < card.expiresAt ? { kind: 'pending' } : { kind: 'expired', at: now };
    case 'order':
      return { kind: 'closed_elsewhere', at: now, how: 'ordered', clientStatus: standing.clientStatus };
    case 'gone':
      return { kind: 'closed_elsewhere', at: now, how: 'gone', clientStatus: null };
    default:
      return standing satisfies never;
  }
}

async function workFor(context: ServiceContext, request: DeviceRequest): Promise<readonly WorkItem[]> {
  const { workspaceId, now } = context;
  const told = noticeItems(request, restoredNotices(request));
  if (!isOpen(request.state)) return [cardUpdateItem(request), ...told];
  const { remindAfterMs } = await context.store.settings();
  const expire = { kind: 'expire', tenant: workspaceId, requestId: request.id } as const;
  return [
    cardUpdateItem(request),
    ...told,
    workItem(request, expire, 'expire', request.expiresAt),
    reminderItem(request, now() + remindAfterMs),
  ];
}
