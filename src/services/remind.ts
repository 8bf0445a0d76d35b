import type { RequestId } from '../domain/ids.ts';
import { mayRemindAt, nextWorkingTime, remind as reminded } from '../domain/reminder-time.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { WorkItem } from '../domain/work.ts';
import { checkMaySign } from './approvers.ts';
import type { ServiceContext } from './context.ts';
import { loseApprover } from './lose-approver.ts';
import { type News, settleRequest, workItem } from './settle-request.ts';
import { slackProfile } from './slack-profile.ts';
import { done, type JobOutcome, later } from './under-lease.ts';

export interface ReminderNews {
  readonly reminder: News;
  readonly approverLost: News;
}

/** Our own reminder: inside the approver's working hours, in their time zone, and again after the same time. */
export async function remind(context: ServiceContext, requestId: RequestId, news: ReminderNews): Promise<JobOutcome> {
  const request = await context.store.request(requestId);
  if (request?.state.kind !== 'pending' || request.approverGone) return done;
  if (await isLost(context, request)) {
    await loseApprover(context, requestId, request.approver.slackUserId, news.approverLost);
    return done;
  }
  const settings = await context.store.settings();
  const profile = await slackProfile(context, request.approver.slackUserId);
  const timeZone = profile.ok && profile.value !== null ? profile.value.timeZone : 'UTC';
  const now = context.now();
  const soonest = mayRemindAt(request);
  const at = nextWorkingTime(soonest > now ? soonest : now, timeZone, settings.workingHours);
  if (at > now) return later(at - now);
  await settleRequest(context, requestId, {
    surface: 'job',
    isShown: false,
    news: news.reminder,
    decide: (current, time) => reminded(current, { by: null, now: time }),
    work: (current) => [nextReminder(current, context.now() + settings.remindAfterMs)],
  });
  return done;
}

/** Deactivated, gone, or not (any more) among those who may sign; what cannot be looked up just now proves nothing. */
async function isLost(context: ServiceContext, { approver, requester }: DeviceRequest): Promise<boolean> {
  const may = await checkMaySign(context, { slackUserId: approver.slackUserId, requester });
  return !may.ok && may.refusal.kind === 'not_eligible';
}

export function nextReminder(request: DeviceRequest, at: number): WorkItem {
  const work = { kind: 'remind', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'remind', at);
}
