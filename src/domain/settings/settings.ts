import { z } from 'zod';
import { CountryCode, CurrencyCode, FleetProductGroupId, SlackChannelId, SlackUserId } from '../ids.ts';
import { decimalOf, Money } from '../line.ts';
import { AcquisitionMode, Category, type DeepReadonly, openEnum } from '../vocabulary.ts';

export const DeliveryCountry = z.object({ code: CountryCode, currency: CurrencyCode });
export type DeliveryCountry = DeepReadonly<z.infer<typeof DeliveryCountry>>;

/** For one device, bought or leased. Earlier releases had no `mode`: such a limit is for both. */
export const PriceLimit = Money.extend({ mode: AcquisitionMode.exactOptional() });
export type PriceLimit = DeepReadonly<z.infer<typeof PriceLimit>>;

/** The order events that can be announced in the channel. */
export const announced = ['ordered', 'shipped'] as const;
export const Announced = openEnum<(typeof announced)[number]>();
export type Announced = z.infer<typeof Announced>;

const people = z.array(SlackUserId);
const hour = z.number().int().min(0).max(24);

/** What admins can change. Until they do, `defaultSettings` apply; those are never stored. */
export const Settings = z.object({
  countries: z.array(DeliveryCountry),
  defaultCountry: CountryCode.nullable(),
  defaultMode: AcquisitionMode,
  /** Null: all of Fleet's. */
  categories: z.array(Category).nullable(),
  productGroups: z.array(FleetProductGroupId).nullable(),
  priceLimits: z.array(PriceLimit),
  /** Empty: Fleet's `ADMIN`s. */
  approvers: z.object({ people, userGroups: z.array(z.string()) }),
  /** Empty: Fleet's `ADMIN`s. */
  admins: people,
  /** Null: no one may sign their own request. */
  selfApproval: z.object({ reason: z.string() }).nullable(),
  remindAfterMs: z.number().positive(),
  expireAfterMs: z.number().positive(),
  /** ISO weekdays (1 is Monday) and full hours in the approver's own time zone. */
  workingHours: z.object({ days: z.array(z.number().int().min(1).max(7)), from: hour, until: hour }),
  pollEveryMs: z.number().positive(),
  /** Null: nothing is announced. */
  announcements: z
    .object({
      channel: SlackChannelId,
      // Releases without this choice announced everything.
      what: z.array(Announced).default([...announced]),
    })
    .nullable(),
});
export type Settings = DeepReadonly<z.infer<typeof Settings>>;

/** The setting by name, because another release may have saved it. `by` null: the log doesn't say. */
export interface ChangedSetting {
  readonly setting: string;
  readonly by: SlackUserId | null;
}

const HOUR = 60 * 60 * 1000;

const country = (code: string, currency: string): DeliveryCountry => ({
  code: code as CountryCode,
  currency: currency as CurrencyCode,
});

export const defaultSettings: Settings = {
  countries: [
    country('FR', 'EUR'),
    country('BE', 'EUR'),
    country('CH', 'CHF'),
    country('LU', 'EUR'),
    country('DE', 'EUR'),
    country('AT', 'EUR'),
    country('ES', 'EUR'),
    country('IT', 'EUR'),
    country('PT', 'EUR'),
    country('NL', 'EUR'),
    country('IE', 'EUR'),
    country('GB', 'GBP'),
    country('US', 'USD'),
    country('CA', 'CAD'),
  ],
  defaultCountry: null,
  defaultMode: 'LEASING',
  categories: null,
  productGroups: null,
  priceLimits: [],
  approvers: { people: [], userGroups: [] },
  admins: [],
  selfApproval: null,
  remindAfterMs: 24 * HOUR,
  expireAfterMs: 7 * 24 * HOUR,
  workingHours: { days: [1, 2, 3, 4, 5], from: 9, until: 18 },
  pollEveryMs: 10 * 60 * 1000,
  announcements: null,
};

export type SettingName = keyof Settings;

/** The settings in each modal. */
export const settingsSections = {
  people: ['approvers', 'admins', 'selfApproval'],
  delivery: ['countries', 'defaultCountry'],
  ordering: ['defaultMode', 'categories', 'productGroups', 'priceLimits'],
  times: ['remindAfterMs', 'expireAfterMs', 'workingHours', 'pollEveryMs'],
  announcements: ['announcements'],
} as const satisfies Readonly<Record<string, readonly SettingName[]>>;

export type SettingsSection = keyof typeof settingsSections;

export function isSettingsSection(text: string): text is SettingsSection {
  return Object.hasOwn(settingsSections, text);
}

/** Who may sign decides who can spend, so only Fleet's `ADMIN`s change these, not the other admins of this app. */
const protectedSettings: readonly SettingName[] = settingsSections.people;

export function isProtected(name: SettingName): boolean {
  return protectedSettings.includes(name);
}

export function changedSettings(before: Settings, after: Settings): readonly SettingName[] {
  const names: readonly SettingName[] = Object.values(settingsSections).flat();
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

type LimitBreach =
  | { readonly kind: 'over_limit'; readonly limit: PriceLimit }
  /** The price or the limit is no number that we can read. */
  | { readonly kind: 'limit_unproven' };

/** Null: the price of one device keeps within the limits. Those of other currencies and the other mode don't apply. */
export function checkPriceLimit(
  price: Money | null,
  about: { readonly currency: CurrencyCode; readonly mode: AcquisitionMode; readonly limits: readonly PriceLimit[] },
): LimitBreach | null {
  const amount = decimalOf(price?.amount ?? null);
  for (const limit of about.limits) {
    if (limit.currency !== about.currency || !isLimitFor(limit, about.mode)) continue;
    const max = decimalOf(limit.amount);
    if (amount === null || max === null) return { kind: 'limit_unproven' };
    if (max.lt(amount)) return { kind: 'over_limit', limit };
  }
  return null;
}

export function isLimitFor(limit: PriceLimit, mode: AcquisitionMode): boolean {
  return limit.mode === undefined || limit.mode === mode;
}

/** What an admin typed, parsed, or the first line that makes no sense. */
type Typed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistake: Mistake };

export interface Mistake {
  readonly kind: 'unreadable' | 'unknown_country' | 'unknown_currency' | 'twice' | 'too_many' | 'once_or_monthly';
  /** The words at fault, as typed. */
  readonly words: string;
}

const MAX_COUNTRIES = 100;

/** One country per line, `FR EUR`, in display order. */
export function readCountries(text: string): Typed<readonly DeliveryCountry[]> {
  const countries: DeliveryCountry[] = [];
  for (const line of linesOf(text)) {
    const [code, currency, ...more] = wordsOf(line);
    if (code === undefined || currency === undefined || more.length > 0) return mistake('unreadable', line);
    if (!isCountry(code)) return mistake('unknown_country', code);
    if (!isCurrency(currency)) return mistake('unknown_currency', currency);
    if (countries.some((one) => one.code === code)) return mistake('twice', code);
    countries.push({ code, currency });
  }
  if (countries.length > MAX_COUNTRIES) return mistake('too_many', String(countries.length));
  return { ok: true, value: countries };
}

const monthly = { mode: 'LEASING' } as const;

/** What follows an amount. */
const paid: Readonly<Record<string, Pick<PriceLimit, 'mode'>>> = {
  ONCE: { mode: 'BUY' },
  MONTHLY: monthly,
  'A MONTH': monthly,
  'PER MONTH': monthly,
  // How a limit of an earlier release is shown.
  'ONCE OR A MONTH': {},
};

/** One limit per line, `EUR 2000 once` or `EUR 80 a month`. */
export function readPriceLimits(text: string): Typed<readonly PriceLimit[]> {
  const limits: PriceLimit[] = [];
  for (const line of linesOf(text)) {
    const [currency, amount, ...more] = wordsOf(line);
    if (currency === undefined || amount === undefined) return mistake('unreadable', line);
    if (!isCurrency(currency)) return mistake('unknown_currency', currency);
    if (!/^\d{1,9}(?:\.\d{1,2})?$/u.test(amount) || decimalOf(amount)?.gt(0) !== true)
      return mistake('unreadable', line);
    const when = paid[more.join(' ')];
    // A number is part of the amount, as in “2,000”.
    if (when === undefined) return mistake(/^\d/u.test(more[0] ?? '') ? 'unreadable' : 'once_or_monthly', line);
    const overlaps = (one: PriceLimit) => one.mode === undefined || when.mode === undefined || one.mode === when.mode;
    if (limits.some((one) => one.currency === currency && overlaps(one))) return mistake('twice', currency);
    limits.push({ amount, currency, ...when });
  }
  return { ok: true, value: limits };
}

/** ISO 3166-1's officially assigned codes. Intl also names reserved and withdrawn ones (`UK`, `EU`, `SU`). */
const isoCountries: ReadonlySet<string> = new Set(
  `
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
`.match(/[A-Z]{2}/gu),
);

export function isCountry(code: string): code is CountryCode {
  return isoCountries.has(code);
}

/** `UK`: `GB`. Null: the code is no other spelling of a country's. */
export function countryMeant(code: string): CountryCode | null {
  const region = /^[A-Z]{2}$/u.test(code) ? new Intl.Locale(`und-${code}`).region : undefined;
  return region !== undefined && region !== code && isCountry(region) ? region : null;
}

function isCurrency(code: string): code is CurrencyCode {
  return Intl.supportedValuesOf('currency').includes(code);
}

function linesOf(text: string): readonly string[] {
  return text
    .split(/\r?\n/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

function wordsOf(line: string): readonly string[] {
  return line
    .toUpperCase()
    .split(/[\s,:;]+/u)
    .filter((word) => word !== '');
}

function mistake(kind: Mistake['kind'], words: string): { readonly ok: false; readonly mistake: Mistake } {
  return { ok: false, mistake: { kind, words } };
}
