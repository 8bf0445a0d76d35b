import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { type NoticeTo, type QueuedNotice, RequestNotice } from '../domain/notices.ts';
import { isPast, isToBeRewritten } from '../domain/request/notices.ts';
import type { CopyPlace, DeviceRequest } from '../domain/request/request.ts';
import type { Work } from '../domain/work.ts';
import { type JobOutcome, jobDone, type LookedUp, retryAfter, type ServiceContext } from '../services/context.ts';
import { adminsToTell, allLookedUp } from '../services/people/admins.ts';
import { approversToTell } from '../services/people/approvers.ts';
import { markApproverUnavailable } from '../services/request/deputy.ts';
import { cardUpdateItem } from '../services/request/update.ts';
import { textOnly } from '../views/guard.ts';
import { noticeMessage, rewrittenMessage } from '../views/notice-message.ts';
import type { JobWorkspace } from './worker.ts';

const AGAIN_MS = 5_000;
const TOKEN_AGAIN_MS = 30_000;

/**
 * Tells one person; for several, splits into one item each, so that one unreachable person does not stop the others and
 * a retry tells no one twice. `jobId` names the parts.
 */
export async function tellPeople(
  work: Extract<Work, { readonly kind: 'notify' | 'tell' }>,
  { context, slack }: JobWorkspace,
  jobId: string,
): Promise<JobOutcome> {
  if (work.to.kind !== 'person') {
    const looked = await peopleToTell(context, work.to);
    // We split only once: a person missing then would never be told.
    if (!looked.ok) return retryAfter(looked.retryAfterMs ?? AGAIN_MS);
    const people = looked.value;
    if (people.length === 0)
      context.log.warn('there is no one to tell', { to: work.to.kind, notice: work.notice.kind });
    const parts = people.map((slackUserId) => ({
      id: `${jobId}.${slackUserId}`,
      work: { ...work, to: { kind: 'person', slackUserId } } as const,
    }));
    if (parts.length > 0) await context.store.commit({ once: `split.${jobId}`, work: parts });
    return jobDone;
  }
  if (await isOutdated(context, work.notice)) return jobDone;
  const message = noticeMessage(work.notice);
  let told = await slack.post(work.to.slackUserId, message);
  if (!told.ok && told.failure.kind === 'refused_payload')
    told = await slack.post(work.to.slackUserId, textOnly(message));
  if (told.ok) {
    await rememberTold(context, work.to.slackUserId, work.notice, told.value).catch((error: unknown) => {
      // They have it: running the job again would send it twice.
      context.log.warn('a message will not be rewritten', { notice: work.notice.kind, error: errorName(error) });
    });
    return jobDone;
  }
  switch (told.failure.kind) {
    case 'rate_limited':
      return retryAfter(told.failure.retryAfterMs);
    case 'unavailable':
      return retryAfter(AGAIN_MS);
    // No one else is told, so this waits for a token that works.
    case 'token_refused':
      return retryAfter(TOKEN_AGAIN_MS);
    case 'gone':
    case 'stale_view':
    case 'trigger_expired':
    case 'cannot_post_there':
    case 'cannot_reach_person':
    case 'refused_payload':
    case 'not_allowed':
      context.log.warn('a person could not be told', { notice: work.notice.kind, failure: told.failure.kind });
      await markIfApprover(context, work.notice, work.to.slackUserId);
      return jobDone;
  }
}

/** Orders are final: what says so never has to be rewritten. */
async function rememberTold(
  context: ServiceContext,
  to: SlackUserId,
  notice: QueuedNotice,
  place: CopyPlace,
): Promise<void> {
  const about = RequestNotice.safeParse(notice).data;
  if (about === undefined || about.kind === 'request_ordered' || about.kind === 'ordered_after_all') return;
  const request = await context.store.requestForOrder(about.about.fleetOrderId);
  if (request === null) return;
  const told = { ...place, to, notice: about };
  await context.store.putToldMessage(request.id, told);
  // Decided while it was posted: the cards may have been drawn before this was recorded.
  const now = await context.store.request(request.id);
  if (now !== null && isToBeRewritten(told, now))
    await context.store.commit({ work: [{ ...cardUpdateItem(now), id: `told.${context.newId()}` }] });
}

/**
 * Rewrites reminders and other messages that would still ask for something. Returns how long to wait before trying
 * again; null: nothing is left to do.
 */
export async function rewriteTold({ context, slack }: JobWorkspace, request: DeviceRequest): Promise<number | null> {
  for (const told of await context.store.toldMessages(request.id)) {
    if (!isToBeRewritten(told, request)) continue;
    const updated = await slack.update(told.channel, told.ts, rewrittenMessage(told, request));
    if (!updated.ok && updated.failure.kind === 'rate_limited') return updated.failure.retryAfterMs;
    if (!updated.ok && updated.failure.kind === 'unavailable') return AGAIN_MS;
    await context.store.dropToldMessage(request.id, told);
  }
  return null;
}

/** A request doesn't wait for an approver who can't be told about it: its requester chooses another, and admins hear of it. */
async function markIfApprover(context: ServiceContext, notice: QueuedNotice, slackUserId: SlackUserId): Promise<void> {
  const parsed = RequestNotice.safeParse(notice);
  if (!parsed.success) return;
  const request = await context.store.requestForOrder(parsed.data.about.fleetOrderId);
  if (request?.approver.slackUserId === slackUserId) await markApproverUnavailable(context, request);
}

async function isOutdated({ store }: ServiceContext, notice: QueuedNotice): Promise<boolean> {
  const about = RequestNotice.safeParse(notice).data;
  const newest = about === undefined ? null : await store.requestForOrder(about.about.fleetOrderId);
  return about !== undefined && newest !== null && isPast(about, newest);
}

async function peopleToTell(
  context: ServiceContext,
  to: Exclude<NoticeTo, { kind: 'person' }>,
): Promise<LookedUp<readonly SlackUserId[]>> {
  if (to.kind === 'admins') return adminsToTell(context);
  const { approvers } = await context.store.settings();
  const both = await Promise.all([to.before, approvers].map((one) => approversToTell(context, one)));
  const looked = allLookedUp(both);
  return looked.ok ? { ok: true, value: [...new Set(looked.value.flat())] } : looked;
}
