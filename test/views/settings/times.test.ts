import { describe, expect, it } from 'vitest';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import { modal } from '../../../src/views/guard.ts';
import type { FieldState } from '../../../src/views/settings/fields.ts';
import { readTimes, timeFields } from '../../../src/views/settings/ordering.ts';
import { wordsOfModal } from '../taken-by-slack.ts';
import { aForm, fieldOf } from './a-form.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const fields = (over: Partial<Settings> = {}) => timeFields({ ...defaultSettings, ...over }, 7);

describe('the fields of reminders and deadlines', () => {
  it('show what holds in whole numbers', () => {
    expect(fieldOf(fields(), 'remind_after_hours')).toMatchObject({ initial_value: '24', min_value: '4' });
    expect(fieldOf(fields(), 'expire_after_days')).toMatchObject({ initial_value: '7', max_value: '90' });
    expect(fieldOf(fields(), 'poll_every_minutes')).toMatchObject({ initial_value: '10' });
    expect(fieldOf(fields(), 'working_days')).toMatchObject({
      initial_options: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'].map((text) => ({ text: { text } })),
    });
  });

  it('show no day where none holds', () => {
    const workingHours = { ...defaultSettings.workingHours, days: [] };

    expect(fieldOf(fields({ workingHours }), 'working_days')).not.toHaveProperty('initial_options');
  });

  it.each([
    [90_000, '1'],
    [MINUTE - 1, '1'],
    [150_000, '2'],
    [30 * 24 * HOUR, '1440'],
  ])('show of an interval of %d ms that another release set the nearest one that can be chosen: %s', (ms, shown) => {
    expect(fieldOf(fields({ pollEveryMs: ms }), 'poll_every_minutes')).toMatchObject({ initial_value: shown });
  });

  it('are taken by Slack whatever another release set', () => {
    const shows = (over: Partial<Settings>) =>
      wordsOfModal(modal({ callbackId: 'times', title: 'Times', submit: 'Save', blocks: fields(over) }));

    for (const ms of [1, 1_000 * 24 * HOUR])
      expect(shows({ remindAfterMs: ms, expireAfterMs: ms, pollEveryMs: ms })).toContain('Working days');
  });
});

describe('reminders and deadlines as they are sent', () => {
  const days = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });
  const sent = (over: Readonly<Record<string, FieldState>> = {}) =>
    aForm({
      remind_after_hours: { value: '24' },
      expire_after_days: { value: '7' },
      working_days: days('1', '5'),
      working_from: { value: '9' },
      working_until: { value: '18' },
      poll_every_minutes: { value: '10' },
      ...over,
    });

  it('are read in milliseconds', () => {
    expect(readTimes(sent())).toEqual({
      ok: true,
      change: {
        remindAfterMs: 24 * HOUR,
        expireAfterMs: 7 * 24 * HOUR,
        workingHours: { days: [1, 5], from: 9, until: 18 },
        pollEveryMs: 10 * MINUTE,
      },
    });
  });

  it.each([
    [{ remind_after_hours: { value: '3' } }, { 'remind_after_hours.7': 'Enter a whole number from 4 to 720.' }],
    [{ expire_after_days: { value: '91' } }, { 'expire_after_days.7': 'Enter a whole number from 1 to 90.' }],
    [{ working_from: { value: '' } }, { 'working_from.7': 'Enter a whole number from 0 to 24.' }],
    [{ working_until: { value: '25' } }, { 'working_until.7': 'Enter a whole number from 0 to 24.' }],
    [{ poll_every_minutes: { value: '0' } }, { 'poll_every_minutes.7': 'Enter a whole number from 1 to 1440.' }],
    [{ working_days: days() }, { 'working_days.7': 'Choose at least one day.' }],
    [{ working_days: days('0', '8', 'Monday') }, { 'working_days.7': 'Choose at least one day.' }],
    [{ working_until: { value: '9' } }, { 'working_until.7': 'Must be later than the start.' }],
    [
      { remind_after_hours: { value: '24' }, expire_after_days: { value: '1' } },
      { 'remind_after_hours.7': 'The reminder has to come before the request expires.' },
    ],
  ])('are refused at the field: %j', (over, errors) => {
    expect(readTimes(sent(over))).toEqual({ ok: false, errors });
  });

  it('name every mistake at once', () => {
    const form = sent({ remind_after_hours: { value: 'x' }, poll_every_minutes: { value: 'x' }, working_days: days() });

    expect(readTimes(form)).toMatchObject({
      errors: {
        'remind_after_hours.7': expect.any(String),
        'poll_every_minutes.7': expect.any(String),
        'working_days.7': expect.any(String),
      },
    });
  });
});
