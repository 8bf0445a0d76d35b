import type { KnownBlock } from '@slack/types';
import type { Settings } from '../../domain/settings/settings.ts';
import { settingsFields as ids } from '../ids.ts';
import {
  choice,
  errorAt,
  type FieldErrors,
  type FormState,
  type ReadSection,
  settingField,
  valuesIn,
  wholeIn,
} from './fields.ts';

type TimeSettings = Pick<Settings, 'remindAfterMs' | 'expireAfterMs' | 'workingHours' | 'pollEveryMs'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const bounds = {
  remindHours: [4, 720],
  expireDays: [1, 90],
  hour: [0, 24],
  pollMinutes: [1, 1440],
} as const;
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

export function timeFields(settings: TimeSettings, revision: number | null): KnownBlock[] {
  const { remindAfterMs, expireAfterMs, workingHours, pollEveryMs } = settings;
  const options = days.map((day, index) => choice(day, String(index + 1)));
  const chosen = options.filter(({ value }) => workingHours.days.includes(Number(value)));
  const number = (
    name: string,
    label: string,
    value: number,
    [least, most]: readonly [number, number],
    hint?: string,
  ) =>
    settingField({
      name,
      revision,
      label,
      optional: false,
      ...(hint === undefined ? {} : { hint }),
      element: {
        type: 'number_input',
        is_decimal_allowed: false,
        min_value: String(least),
        max_value: String(most),
        initial_value: String(within(value, [least, most])),
      },
    });
  return [
    number(ids.remindAfter, 'Remind approvers after (hours)', Math.floor(remindAfterMs / HOUR), bounds.remindHours),
    number(
      ids.expireAfter,
      'Requests expire after (days)',
      Math.floor(expireAfterMs / DAY),
      bounds.expireDays,
      forNewOnes,
    ),
    settingField({
      name: ids.workingDays,
      revision,
      label: 'Working days',
      optional: false,
      hint: "Reminders go out on these days and between these hours, in the approver's own time zone.",
      element: { type: 'checkboxes', options, ...(chosen.length === 0 ? {} : { initial_options: chosen }) },
    }),
    number(ids.workingFrom, 'Working hours from', workingHours.from, bounds.hour),
    number(ids.workingUntil, 'Working hours until', workingHours.until, bounds.hour),
    number(ids.pollEvery, 'Check order status every (minutes)', Math.floor(pollEveryMs / MINUTE), bounds.pollMinutes),
  ];
}

const forNewOnes = 'Applies to new requests. Existing ones keep the deadline on their card.';

export function readTimes(form: FormState): ReadSection {
  const remind = wholeIn(form, ids.remindAfter, ...bounds.remindHours);
  const expire = wholeIn(form, ids.expireAfter, ...bounds.expireDays);
  const from = wholeIn(form, ids.workingFrom, ...bounds.hour);
  const until = wholeIn(form, ids.workingUntil, ...bounds.hour);
  const poll = wholeIn(form, ids.pollEvery, ...bounds.pollMinutes);
  const weekdays = valuesIn(form, ids.workingDays)
    .map(Number)
    .filter((day) => day >= 1 && day <= 7);
  const errors: FieldErrors = {
    ...outOf(form, ids.remindAfter, remind, bounds.remindHours),
    ...outOf(form, ids.expireAfter, expire, bounds.expireDays),
    ...outOf(form, ids.workingFrom, from, bounds.hour),
    ...outOf(form, ids.workingUntil, until, bounds.hour),
    ...outOf(form, ids.pollEvery, poll, bounds.pollMinutes),
    ...(weekdays.length === 0 ? errorAt(form, ids.workingDays, 'Choose at least one day.') : {}),
  };
  if (remind === null || expire === null || from === null || until === null || poll === null || weekdays.length === 0)
    return { ok: false, errors };
  if (from >= until) return { ok: false, errors: errorAt(form, ids.workingUntil, 'Must be later than the start.') };
  if (remind * HOUR >= expire * DAY)
    return {
      ok: false,
      errors: errorAt(form, ids.remindAfter, 'The reminder has to come before the request expires.'),
    };
  return {
    ok: true,
    change: {
      remindAfterMs: remind * HOUR,
      expireAfterMs: expire * DAY,
      workingHours: { days: weekdays, from, until },
      pollEveryMs: poll * MINUTE,
    },
  };
}

function outOf(
  form: FormState,
  name: string,
  read: number | null,
  [least, most]: readonly [number, number],
): FieldErrors {
  return read === null ? errorAt(form, name, `Enter a whole number from ${least} to ${most}.`) : {};
}

/** Another release may have set a value outside the bounds, for which Slack would refuse the whole modal. */
function within(number: number, [least, most]: readonly [number, number]): number {
  return Math.min(Math.max(number, least), most);
}
