import { describe, expect, it } from 'vitest';
import { nextReminderAt, nextWorkingTime, recordReminder } from '../../src/domain/request/reminders.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { anna, aRequest, clara, HOUR, SENT_AT, states } from './a-request.ts';

const hours = defaultSettings.workingHours;
const at = (text: string) => Date.parse(text);

describe('working hours', () => {
  it.each([
    ['the first minute', '2026-11-23T09:00:00+01:00', '2026-11-23T09:00:00+01:00'],
    ['the last minute', '2026-11-23T17:59:59+01:00', '2026-11-23T17:59:59+01:00'],
    ['the closing hour', '2026-11-23T18:00:00+01:00', '2026-11-24T09:00:00+01:00'],
    ['before work', '2026-11-23T08:59:59+01:00', '2026-11-23T09:00:00+01:00'],
    ['Friday evening', '2026-11-27T20:00:00+01:00', '2026-11-30T09:00:00+01:00'],
    ['Sunday', '2026-11-29T12:00:00+01:00', '2026-11-30T09:00:00+01:00'],
    ['the night before the clocks go forward', '2026-03-27T19:00:00+01:00', '2026-03-30T09:00:00+02:00'],
  ])('%s in Berlin', (_, from, expected) => {
    expect(nextWorkingTime(at(from), 'Europe/Berlin', hours)).toBe(at(expected));
  });

  it("is the approver's own zone that counts", () => {
    const evening = at('2026-11-23T19:00:00+01:00');
    expect(nextWorkingTime(evening, 'America/New_York', hours)).toBe(evening);
    expect(nextWorkingTime(evening, 'Asia/Tokyo', hours)).toBe(at('2026-11-24T09:00:00+09:00'));
  });

  it('takes UTC for a zone that nobody knows', () => {
    expect(nextWorkingTime(at('2026-11-23T08:00:00Z'), 'Mars/Olympus', hours)).toBe(at('2026-11-23T09:00:00Z'));
  });

  it('waits for nobody whose settings leave no hour', () => {
    const any = at('2026-11-29T03:00:00Z');
    expect(nextWorkingTime(any, 'UTC', { ...hours, days: [] })).toBe(any);
    expect(nextWorkingTime(any, 'UTC', { ...hours, from: 9, until: 9 })).toBe(any);
  });
});

describe('a reminder', () => {
  const now = SENT_AT + HOUR;

  it('goes out and is remembered', () => {
    expect(recordReminder(aRequest(), { by: anna.slackUserId, now })).toMatchObject({
      request: { lastRemindedAt: now },
      facts: { by: anna },
    });
    expect(recordReminder(aRequest(), { by: null, now })).toMatchObject({ facts: { by: 'fleet_for_slack' } });
  });

  it('goes out at most once in four hours, whoever sent the last one', () => {
    const request = aRequest({ lastRemindedAt: now });
    const nextAt = now + 4 * HOUR;
    expect(recordReminder(request, { by: anna.slackUserId, now: nextAt - 1 })).toMatchObject({
      refusal: { kind: 'reminded_lately', nextAt },
    });
    expect(recordReminder(request, { by: null, now: nextAt - 1 }).ok).toBe(false);
    expect(recordReminder(request, { by: anna.slackUserId, now: nextAt }).ok).toBe(true);
  });

  it('is only for the requester, and only while somebody can decide', () => {
    expect(recordReminder(aRequest(), { by: clara.slackUserId, now })).toMatchObject({
      refusal: { kind: 'not_the_requester' },
    });
    expect(recordReminder(aRequest({ state: states.validating }), { by: null, now }).ok).toBe(false);
    const gone = recordReminder(aRequest({ approverGone: true }), { by: anna.slackUserId, now });
    expect(gone).toMatchObject({ refusal: { kind: 'approver_gone', approver: clara } });
  });
});

describe('our own reminder', () => {
  const asked = (after: number, lastRemindedAt: number | null = null) =>
    nextReminderAt(aRequest({ askedAt: SENT_AT, lastRemindedAt }), after) - SENT_AT;

  it('comes so long after the approver was asked, but never within four hours of a reminder by somebody else', () => {
    expect(asked(24 * HOUR)).toBe(24 * HOUR);
    expect(asked(24 * HOUR, SENT_AT + 20 * HOUR)).toBe(24 * HOUR);
    expect(asked(24 * HOUR, SENT_AT + 20 * HOUR + 1)).toBe(24 * HOUR + 1);
  });

  it('comes so long after the request was sent where nobody else was asked since', () => {
    expect(nextReminderAt(aRequest(), 24 * HOUR)).toBe(SENT_AT + 24 * HOUR);
    const reminded = aRequest({ lastRemindedAt: SENT_AT + 23 * HOUR });
    expect(nextReminderAt(reminded, 24 * HOUR)).toBe(SENT_AT + 27 * HOUR);
  });
});
