import type { SlackChannelId } from '../domain/ids.ts';
import { isNews } from '../domain/orders/follow.ts';
import { type DeviceRequest, isSameSave, shownOf } from '../domain/request/request.ts';
import type { Work } from '../domain/work.ts';
import { type CopiesOutcome, updateCopies } from '../presenters/card.ts';
import { type JobOutcome, retryAfter, type ServiceContext, withLease } from '../services/context.ts';
import { queueHomeUpdates } from '../services/orders/lists.ts';
import { renderCard } from '../services/request/cards.ts';
import { askDeputyIfAway, isApproverUnavailable, markApproverUnavailable } from '../services/request/deputy.ts';
import { requestCard } from '../views/request/card.ts';
import { rewriteTold } from './tell.ts';
import type { JobWorkspace } from './worker.ts';

/** Longer than one call to Slack may take. Renewed before each call. */
const CARDS_LEASE_MS = 30_000;
const AGAIN_MS = 3_000;
/** Until then the card stays with the approver who may be away, so this is not urgent. */
const DEPUTY_AGAIN_MS = 15_000;

/**
 * Updates every copy of the card to the request's revision. Runs once at a time for each request: two runs could draw an
 * older state over a newer one.
 */
export async function updateCards(
  work: Extract<Work, { readonly kind: 'update_cards' }>,
  workspace: JobWorkspace,
): Promise<JobOutcome> {
  const { context } = workspace;
  return withLease(context, `cards-${work.requestId}`, CARDS_LEASE_MS, async (lease) => {
    for (;;) {
      const found = await context.store.request(work.requestId);
      if (found === null) return { kind: 'done' };
      const { request, isEligibilityUnknown } = await askDeputyIfAway(context, found);
      await queueHomeUpdates(context, [request.requester.slackUserId, request.approver.slackUserId]);
      const outcome = await updateCopies(workspace, lease, CARDS_LEASE_MS, request);
      if (await cannotReachApprover(workspace, request, outcome)) {
        // Asks the requester to choose another approver, and tells admins.
        await markApproverUnavailable(context, request);
      }
      const announceAgainMs = outcome.isLeaseLost ? null : await announce(workspace, request);
      const rewriteAgainMs = outcome.isLeaseLost ? null : await rewriteTold(workspace, request);
      const next = await nextStep(workspace, request, outcome, announceAgainMs ?? rewriteAgainMs);
      if (next === 'changed') continue;
      return isEligibilityUnknown && next.kind === 'done' ? retryAfter(DEPUTY_AGAIN_MS) : next;
    }
  });
}

async function nextStep(
  { context }: JobWorkspace,
  request: DeviceRequest,
  { retryAfterMs, isLeaseLost }: CopiesOutcome,
  laterMs: number | null,
): Promise<JobOutcome | 'changed'> {
  if (isLeaseLost) return retryAfter(AGAIN_MS);
  const againMs = retryAfterMs ?? laterMs;
  if (againMs !== null) return retryAfter(againMs);
  const now = await context.store.request(request.id);
  return now !== null && !isSameSave(now, request) ? 'changed' : { kind: 'done' };
}

/** Checked once for each new card: the approver may have been deactivated. */
async function cannotReachApprover(
  { context }: JobWorkspace,
  request: DeviceRequest,
  { approverUnreachable, approverPosted }: CopiesOutcome,
): Promise<boolean> {
  return approverUnreachable || (approverPosted && (await isApproverUnavailable(context, request)));
}

const ANNOUNCE_AGAIN_MS = 5_000;
/** Not the channel's fault: this waits for a token that works. */
const TOKEN_AGAIN_MS = 60_000;

/**
 * Posts a request once to the announcement channel; from then on that copy is updated like all others. Returns how long
 * to wait before trying again. Null: done, or the channel refuses it.
 */
async function announce({ context, slack }: JobWorkspace, request: DeviceRequest): Promise<number | null> {
  const { announcements } = await context.store.settings();
  if (announcements === null || !isNews(request, announcements, context.now())) return null;
  const { channel } = announcements;
  const copies = await context.store.copies(request.id);
  if (copies.some((copy) => copy.kind === 'shared' && copy.channel === channel)) return null;
  const card = await renderCard(context, request, { side: 'shared', slackUserId: null, otherCopy: null });
  const posted = await slack.post(channel, requestCard(card));
  if (posted.ok) {
    const copy = { kind: 'shared', slackUserId: null, ...posted.value, ...shownOf(request) } as const;
    await context.store.putCopy(request.id, copy);
    return null;
  }
  switch (posted.failure.kind) {
    case 'rate_limited':
      return posted.failure.retryAfterMs;
    case 'unavailable':
      return ANNOUNCE_AGAIN_MS;
    case 'token_refused':
      return TOKEN_AGAIN_MS;
    default:
      await tellAdminsOnce(context, channel);
      return null;
  }
}

/** At most once a week for each channel. */
async function tellAdminsOnce(
  { store, workspaceId, seal, log }: ServiceContext,
  channel: SlackChannelId,
): Promise<void> {
  const id = seal.digest(`${workspaceId} ${channel}`).slice(0, 24);
  const notice = { kind: 'announcements_refused' } as const;
  log.warn('an announcement could not be posted');
  await store.commit({
    once: `channel-lost.${id}`,
    work: [{ id: `channel-lost.${id}`, work: { kind: 'notify', tenant: workspaceId, to: { kind: 'admins' }, notice } }],
  });
}
