import { withTimeout } from '../../domain/async.ts';
import type { RequestId } from '../../domain/ids.ts';
import { reminderNotices } from '../../domain/request/notices.ts';
import { nextReminderAt, nextWorkingTime, recordReminder } from '../../domain/request/reminders.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type JobOutcome, jobDone, retryAfter } from '../job-outcome.ts';
import { slackProfile } from '../people/profiles.ts';
import { isApproverUnavailable, markApproverUnavailable } from './approver-unavailable.ts';
import { type CardPress, receivePress, updateFromPress } from './press.ts';
import { type RequestOutcome, updateRequest, workItem } from './update.ts';

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
  if (request === null || !isOpen(request.state) || context.now() >= request.expiresAt) return jobDone;
  if (request.state.kind !== 'pending' || request.approverGone) return retryAfter(RECHECK_MS);
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
    updatesCards: false,
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

/** **Remind** on the requester's card. The reminder is queued in the commit that records its time. */
export async function remindApprover(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  if (!received.ok) return received;
  const request = await markIfUnavailable(context, press, received.request);
  if (request !== null) return { ok: false, refusal: { kind: 'approver_gone', approver: request.approver }, request };
  return updateFromPress(context, press, received.request.id, {
    surface: press.surface,
    notices: reminderNotices,
    updatesCards: false,
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
