import { DateTime } from 'luxon';
import type { SlackUserId } from '../ids.ts';
import type { Settings } from '../settings/settings.ts';
import { acceptChange, type Decision, whyNotPending } from './decide.ts';
import type { DeviceRequest } from './request.ts';

const MIN_REMINDER_INTERVAL_MS = 4 * 60 * 60 * 1000;

/** `by` null: a scheduled reminder. Any reminder is refused within four hours of the last one. */
export function recordReminder(request: DeviceRequest, { by, now }: { by: SlackUserId | null; now: number }): Decision {
  if (by !== null && by !== request.requester.slackUserId) {
    return { ok: false, refusal: { kind: 'not_the_requester', requester: request.requester } };
  }
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  if (request.approverGone) return { ok: false, refusal: { kind: 'approver_gone', approver: request.approver } };
  const nextAt = earliestReminderAt(request);
  if (now < nextAt) return { ok: false, refusal: { kind: 'reminded_lately', nextAt } };
  return acceptChange(
    request,
    { lastRemindedAt: now },
    { did: 'approver_reminded', by: by === null ? 'fleet_for_slack' : request.requester, outcome: 'pending' },
  );
}

function earliestReminderAt(request: DeviceRequest): number {
  const { lastRemindedAt, askedAt, createdAt } = request;
  return lastRemindedAt === null ? (askedAt ?? createdAt) : lastRemindedAt + MIN_REMINDER_INTERVAL_MS;
}

/** The scheduled reminder counts from when the current approver was asked. Its job may run early: queues go by other clocks. */
export function nextReminderAt(request: DeviceRequest, remindAfterMs: number): number {
  const { askedAt, createdAt } = request;
  return Math.max(earliestReminderAt(request), (askedAt ?? createdAt) + remindAfterMs);
}

/** `at` if it is in working hours, otherwise the start of the next ones. An unknown time zone counts as UTC. */
export function nextWorkingTime(at: number, timeZone: string, hours: Settings['workingHours']): number {
  const asked = DateTime.fromMillis(at, { zone: timeZone });
  const local = asked.isValid ? asked : DateTime.fromMillis(at, { zone: 'utc' });
  // The settings leave no working hours: rather remind at any time than never.
  if (hours.from >= hours.until) return at;
  if (hours.days.includes(local.weekday) && local.hour >= hours.from && local.hour < hours.until) return at;
  const today = local.set({ hour: hours.from, minute: 0, second: 0, millisecond: 0 });
  const mornings = [0, 1, 2, 3, 4, 5, 6, 7].map((days) => today.plus({ days }));
  return mornings.find((morning) => morning > local && hours.days.includes(morning.weekday))?.toMillis() ?? at;
}
