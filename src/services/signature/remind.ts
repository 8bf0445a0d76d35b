import type { RequestId } from '../../domain/ids.ts';
import { nextWorkingTime, remind as reminded, remindsAt } from '../../domain/request/reminder-time.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import { reminderNotices } from '../../domain/request/request-notices.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { slackProfile } from '../people/slack-profile.ts';
import { done, type JobOutcome, later } from '../under-lease.ts';
import { approverIsLost } from './approver-is-lost.ts';
import { loseApprover } from './lose-approver.ts';
import { settleRequest, workItem } from './settle-request.ts';

/** Nobody can be reminded now; it may wait for somebody again soon. */
const LOOK_AGAIN_MS = 60 * 60 * 1000;

/** While Slack does not say where the approver is; after a day a reminder at some hour is better than none. */
const ASK_AGAIN_MS = 5 * 60 * 1000;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Our own reminder: inside the approver's working hours, in their time zone, and again after the same time. There is one
 * such job for a request until it is over, also while Fleet is asked or another approver is to be chosen.
 */
export async function remind(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const request = await context.store.request(requestId);
  if (request === null || !isOpen(request.state) || context.now() >= request.expiresAt) return done;
  if (request.state.kind !== 'pending' || request.approverGone) return later(LOOK_AGAIN_MS);
  if (await approverIsLost(context, request)) {
    await loseApprover(context, requestId, request.approver.slackUserId);
    return later(LOOK_AGAIN_MS);
  }
  const settings = await context.store.settings();
  const profile = await slackProfile(context, request.approver.slackUserId);
  const timeZone = profile.ok && profile.value !== null ? profile.value.timeZone : 'UTC';
  const now = context.now();
  const soonest = remindsAt(request, settings.remindAfterMs);
  if (!profile.ok && now < soonest + DAY_MS) return later(ASK_AGAIN_MS);
  const at = nextWorkingTime(Math.max(soonest, now), timeZone, settings.workingHours);
  if (at > now) return later(at - now);
  const outcome = await settleRequest(context, requestId, {
    surface: 'job',
    isShown: false,
    notices: reminderNotices,
    decide: (current, time) => reminded(current, { by: null, now: time }),
    work: (current) => [nextReminder(current, context.now() + settings.remindAfterMs)],
  });
  // Somebody was quicker: whom to remind, and when, is read again.
  return outcome.ok ? done : later(LOOK_AGAIN_MS);
}

export function nextReminder(request: DeviceRequest, at: number): WorkItem {
  const work = { kind: 'remind', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'remind', at);
}
