import { withTimeout } from '../../domain/async.ts';
import type { RequestId } from '../../domain/ids.ts';
import { reminderNotices } from '../../domain/request/notices.ts';
import { nextWorkingTime, remindAgain, remindAgain as reminded, remindsAt } from '../../domain/request/reminders.ts';
import { type DeviceRequest, isOpen } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { slackProfile } from '../people/profiles.ts';
import { approverIsLost, loseApprover } from './approver-gone.ts';
import { pressOnCard } from './decide.ts';
import { type CardPress, findRequest } from './find.ts';
import { done, type JobOutcome, later, type Settled, settleRequest, workItem } from './settle.ts';

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

/** **Remind** on the requester's card. The reminder is accepted in the same commit as its time. */
export async function remindApprover(context: ServiceContext, press: CardPress): Promise<Settled> {
  const lost = await lostApprover(context, press);
  if (lost !== null) return { ok: false, refusal: { kind: 'approver_gone', approver: lost.approver }, request: lost };
  return pressOnCard(context, press, {
    surface: press.surface,
    notices: reminderNotices,
    isShown: false,
    decide: (request, now) => remindAgain(request, { by: press.slackUserId, now }),
  });
}

/** Slack waits three seconds for its answer: whoever cannot be looked up by then is reminded. */
const WAIT_MS = 1_500;

/** Nobody is told that somebody was reminded who does not read it any more. */
async function lostApprover(context: ServiceContext, press: CardPress): Promise<DeviceRequest | null> {
  const found = await findRequest(context, press);
  if (!found.ok || found.request.requester.slackUserId !== press.slackUserId) return null;
  const { request } = found;
  if (request.state.kind !== 'pending' || context.now() >= request.expiresAt || request.approverGone) return null;
  if ((await withTimeout(context.sleep, WAIT_MS, approverIsLost(context, request))) !== true) return null;
  const lost = await loseApprover(context, request.id, request.approver.slackUserId);
  return lost.ok ? lost.request : null;
}
