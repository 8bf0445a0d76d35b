import { errorName } from '../domain/failures/failure.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { type NoticeTo, type QueuedNotice, RequestNotice, type ToldMessage } from '../domain/notices.ts';
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
  const [isDelivered, requests] = await Promise.all([
    context.store.isDelivered(jobId),
    requestsOf(context, work.notice),
  ]);
  if (isDelivered || isOutdated(work.notice, requests)) return jobDone;
  const message = noticeMessage(work.notice);
  let told = await slack.post(work.to.slackUserId, message);
  if (!told.ok && told.failure.kind === 'refused_payload')
    told = await slack.post(work.to.slackUserId, textOnly(message));
  if (told.ok) {
    const place = { ...told.value, to: work.to.slackUserId };
    await noteTold(context, jobId, { notice: work.notice, place, request: requests.about }).catch((error: unknown) => {
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
      await markIfApprover(context, requests.about, work.to.slackUserId);
      return jobDone;
  }
}

interface NoticeRequests {
  /** What the notice is about; the newest of its cart if an older release queued it. Null: none that we know. */
  readonly about: DeviceRequest | null;
  /** The cart may have been sent again since. */
  readonly newest: DeviceRequest | null;
}

async function requestsOf({ store }: ServiceContext, notice: QueuedNotice): Promise<NoticeRequests> {
  const facts = RequestNotice.safeParse(notice).data?.about;
  if (facts === undefined) return { about: null, newest: null };
  const [own, newest] = await Promise.all([
    facts.requestId === undefined ? null : store.request(facts.requestId),
    store.requestForOrder(facts.fleetOrderId),
  ]);
  return { about: own ?? newest, newest };
}

function isOutdated(notice: QueuedNotice, { about, newest }: NoticeRequests): boolean {
  const said = RequestNotice.safeParse(notice).data;
  return said !== undefined && [about, newest].some((request) => request !== null && isPast(said, request));
}

interface Told {
  readonly notice: QueuedNotice;
  readonly place: CopyPlace & Pick<ToldMessage, 'to'>;
  readonly request: DeviceRequest | null;
}

/** Orders are final: what says so never has to be rewritten. */
async function noteTold(context: ServiceContext, jobId: string, { notice, place, request }: Told): Promise<void> {
  const said = RequestNotice.safeParse(notice).data;
  const isFinal = said === undefined || said.kind === 'request_ordered' || said.kind === 'ordered_after_all';
  if (isFinal || request === null) return context.store.noteDelivered(jobId);
  const message = { ...place, notice: said };
  await context.store.noteDelivered(jobId, { requestId: request.id, message });
  // Decided while it was posted: the cards may have been drawn before this was recorded.
  const now = await context.store.request(request.id);
  if (now !== null && isToBeRewritten(message, now))
    await context.store.commit({ work: [{ ...cardUpdateItem(now), id: `told.${context.newId()}` }] });
}

/** For work that ends with a message where no modal waits any more: it is sent once, however often the job runs. */
export async function onceDelivered(
  { store }: ServiceContext,
  jobId: string,
  work: () => Promise<JobOutcome>,
): Promise<JobOutcome> {
  if (await store.isDelivered(jobId)) return jobDone;
  const outcome = await work();
  if (outcome.kind === 'done') await store.noteDelivered(jobId).catch(() => undefined);
  return outcome;
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
async function markIfApprover(
  context: ServiceContext,
  request: DeviceRequest | null,
  slackUserId: SlackUserId,
): Promise<void> {
  if (request?.approver.slackUserId === slackUserId) await markApproverUnavailable(context, request);
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
