import { withTimeout } from '../../domain/async.ts';
import type { RequestId } from '../../domain/ids.ts';
import { reminderNotices } from '../../domain/request/notices.ts';
import {
  nextReminderAt,
  nextWorkingTime,
  recordReminder,
  recordReminder as reminded,
} from '../../domain/request/reminders.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { slackProfile } from '../people/profiles.ts';
import { isApproverUnavailable, markApproverUnavailable } from './approver-unavailable.ts';
import { applyPress } from './decide.ts';
import { type CardPress, receivePress } from './press.ts';
import { type JobOutcome, jobDone, type RequestOutcome, retryAfter, updateRequest, workItem } from './update.ts';

/** Nobody can be reminded now; it may wait for somebody again soon. */
const RECHECK_MS = 60 * 60 * 1000;

/** While Slack does not say where the approver is; after a day a reminder at some hour is better than none. */
const SLACK_RETRY_MS = 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Our own reminder: inside the approver's working hours, in their time zone, and again after the same time. There is one
 * such job for a request until it is over, also while Fleet is asked or another approver is to be chosen.
 */
export async function remind(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const request = await context.store.request(requestId);
  if (request === null || !isOpen(request.state) || context.now() >= request.expiresAt) return jobDone;
  if (request.state.kind !== 'pending' || request.approverGone) return retryAfter(RECHECK_MS);
  if (await isApproverUnavailable(context, request)) {
    await markApproverUnavailable(context, requestId, request.approver.slackUserId);
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
    decide: (current, time) => reminded(current, { by: null, now: time }),
    work: (current) => [reminderItem(current, context.now() + settings.remindAfterMs)],
  });
  // Somebody was quicker: whom to remind, and when, is read again.
  return outcome.ok ? jobDone : retryAfter(RECHECK_MS);
}

export function reminderItem(request: DeviceRequest, at: number): WorkItem {
  const work = { kind: 'remind', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'remind', at);
}

/** **Remind** on the requester's card. The reminder is accepted in the same commit as its time. */
export async function remindApprover(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const lost = await markIfUnavailable(context, press);
  if (lost !== null) return { ok: false, refusal: { kind: 'approver_gone', approver: lost.approver }, request: lost };
  return applyPress(context, press, {
    surface: press.surface,
    notices: reminderNotices,
    updatesCards: false,
    decide: (request, now) => recordReminder(request, { by: press.slackUserId, now }),
  });
}

/** Slack waits three seconds for its answer: whoever cannot be looked up by then is reminded. */
const WAIT_MS = 1_500;

/** Nobody is told that somebody was reminded who does not read it any more. */
async function markIfUnavailable(context: ServiceContext, press: CardPress): Promise<DeviceRequest | null> {
  const found = await receivePress(context, press);
  if (!found.ok || found.request.requester.slackUserId !== press.slackUserId) return null;
  const { request } = found;
  if (request.state.kind !== 'pending' || context.now() >= request.expiresAt || request.approverGone) return null;
  if ((await withTimeout(context.sleep, WAIT_MS, isApproverUnavailable(context, request))) !== true) return null;
  const lost = await markApproverUnavailable(context, request.id, request.approver.slackUserId);
  return lost.ok ? lost.request : null;
}
