import type { KnownBlock } from '@slack/types';
import { FleetProductGroupId, parseFleetId } from '../../domain/ids.ts';
import { type PriceLimit, readPriceLimits, type Settings } from '../../domain/settings/settings.ts';
import {
  type AcquisitionMode,
  acquisitionModes,
  categories as allCategories,
  isAcquisitionMode,
  isCategory,
} from '../../domain/vocabulary.ts';
import { notAChoiceText } from '../cart/trouble.ts';
import { settingsFields as ids } from '../ids.ts';
import { categoryName, modeLabel } from '../text.ts';
import {
  choice,
  errorAt,
  type FieldErrors,
  type FormState,
  fieldIn,
  mistakeText,
  type ReadSection,
  settingField,
  textIn,
  valuesIn,
  wholeIn,
} from './fields.ts';

type OrderingSettings = Pick<Settings, 'defaultMode' | 'categories' | 'productGroups' | 'priceLimits'>;

/** `names`: known names of the chosen product groups. */
export function orderingFields(
  settings: OrderingSettings,
  revision: number | null,
  names: ReadonlyMap<FleetProductGroupId, string>,
): KnownBlock[] {
  const { defaultMode, productGroups, priceLimits } = settings;
  const modeChoice = (mode: AcquisitionMode) => choice(modeLabel(mode), mode);
  const all = allCategories.map((category) => choice(categoryName(category), category));
  const offered = all.filter(({ value }) => settings.categories?.some((one) => one === value));
  const groups = (productGroups ?? []).map((id) => choice(names.get(id) ?? `Product ${id}`, String(id)));
  return [
    settingField({
      name: ids.defaultMode,
      revision,
      label: 'Default: lease or buy',
      optional: false,
      element: {
        type: 'radio_buttons',
        options: acquisitionModes.map(modeChoice),
        initial_option: modeChoice(defaultMode),
      },
    }),
    settingField({
      name: ids.categories,
      revision,
      label: 'Categories offered',
      hint: 'Leave empty for all.',
      element: {
        type: 'multi_static_select',
        options: all,
        ...(offered.length === 0 ? {} : { initial_options: offered }),
      },
    }),
    settingField({
      name: ids.productGroups,
      revision,
      label: 'Products offered',
      hint: 'Leave empty for all. Once you choose some, nothing else can be ordered.',
      element: {
        type: 'multi_external_select',
        min_query_length: 0,
        max_selected_items: 100,
        ...(groups.length === 0 ? {} : { initial_options: groups }),
      },
    }),
    settingField({
      name: ids.priceLimits,
      revision,
      label: 'Price limit for one device',
      hint: "One per line, such as EUR 2000 once (to buy) or EUR 80 a month (to lease). A device over the limit can't be ordered. A currency, or a way to pay, without a line has no limit.",
      element: {
        type: 'plain_text_input',
        multiline: true,
        max_length: 500,
        ...(priceLimits.length === 0
          ? {}
          : { initial_value: priceLimits.map((one) => `${one.currency} ${one.amount} ${paidText(one)}`).join('\n') }),
      },
    }),
  ];
}

/** How `readPriceLimits` reads it. */
export function paidText({ mode }: PriceLimit): string {
  if (mode === undefined) return 'once or a month';
  return mode === 'BUY' ? 'once' : 'a month';
}

export function readOrdering(form: FormState): ReadSection {
  const mode = fieldIn(form, ids.defaultMode)?.state.selected_option?.value ?? '';
  if (!isAcquisitionMode(mode)) return { ok: false, errors: errorAt(form, ids.defaultMode, 'Choose Lease or Buy.') };
  const limits = readPriceLimits(textIn(form, ids.priceLimits));
  if (!limits.ok) return { ok: false, errors: errorAt(form, ids.priceLimits, mistakeText(limits.mistake)) };
  const categories = valuesIn(form, ids.categories);
  const chosen = categories.filter(isCategory);
  if (chosen.length < categories.length) return { ok: false, errors: errorAt(form, ids.categories, notAChoiceText) };
  const products = valuesIn(form, ids.productGroups);
  const groups = products.flatMap((text) => parseFleetId(FleetProductGroupId, text) ?? []);
  // Such as a search row that only says something: dropped, it would leave none chosen, which offers every product.
  if (groups.length < products.length) return { ok: false, errors: errorAt(form, ids.productGroups, notAChoiceText) };
  return {
    ok: true,
    change: {
      defaultMode: mode,
      categories: chosen.length === 0 ? null : chosen,
      productGroups: groups.length === 0 ? null : groups,
      priceLimits: limits.value,
    },
  };
}

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
