import type { CountryCode } from '../domain/ids.ts';
import type { Money } from '../domain/line.ts';
import { multiplyAmount } from '../domain/money.ts';
import type { AcquisitionMode, Category, KeyboardLayout } from '../domain/vocabulary.ts';

/** Slack's locales are well formed, but a RangeError here would lose the whole modal. */
function intlLocale(locale: string): string {
  try {
    return new Intl.Locale(locale).toString();
  } catch {
    return 'en';
  }
}

/** Intl formats a decimal string exactly; a number would be rounded first. */
function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/u.test(text);
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export const priceUnknown = 'price unknown';

/** "€1,299.00". An amount or currency that Intl doesn't know is shown unchanged. */
export function money({ amount, currency }: Money, locale = 'en'): string {
  if (!isDecimal(amount) || !/^[A-Za-z]{3}$/u.test(currency)) return `${amount} ${currency}`;
  return new Intl.NumberFormat(intlLocale(locale), { style: 'currency', currency }).format(amount);
}

const per: Readonly<Record<AcquisitionMode, string>> = { LEASING: '/month', BUY: '' };

/** "€54.90/month", "€1,299.00", "price unknown". */
export function price(given: Money | null, mode: AcquisitionMode, locale = 'en'): string {
  return given === null ? priceUnknown : `${money(given, locale)}${per[mode]}`;
}

/** "€109.80/month (2 × €54.90)". No delivery time: Fleet does not document its unit. */
export function offer(given: Money | null, mode: AcquisitionMode, quantity: number, locale = 'en'): string {
  if (given === null) return capitalised(priceUnknown);
  if (quantity === 1) return price(given, mode, locale);
  const amount = multiplyAmount(given.amount, quantity);
  if (amount === null) return times(price(given, mode, locale), quantity);
  return `${price({ ...given, amount }, mode, locale)} (${quantity} × ${money(given, locale)})`;
}

/** "MacBook Air × 2", or just the name for one. */
export function times(what: string, quantity: number): string {
  return quantity === 1 ? what : `${what} × ${quantity}`;
}

/** "1 device", "3 devices". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function countryName(code: CountryCode | string, locale = 'en'): string {
  if (!/^[A-Za-z]{2}$/u.test(code)) return code;
  // Intl returns a code it has no name for.
  return `${new Intl.DisplayNames(intlLocale(locale), { type: 'region', fallback: 'code' }).of(code)}`;
}

/** Countries whose English name takes an article: “in the United States”. */
const withArticle: ReadonlySet<string> = new Set(['AE', 'DO', 'GB', 'NL', 'PH', 'US']);

export function countryInSentence(code: CountryCode | string): string {
  return `${withArticle.has(code) ? 'the ' : ''}${countryName(code)}`;
}

const layoutNames: Readonly<Record<KeyboardLayout, string>> = {
  FRENCH_AZERTY: 'French (AZERTY)',
  SPANISH_QWERTY: 'Spanish (QWERTY)',
  ITALIAN_QWERTY: 'Italian (QWERTY)',
  INTERNATIONAL_ENGLISH_QWERTY: 'International English (QWERTY)',
  GERMAN_QWERTZ: 'German (QWERTZ)',
  PORTUGUESE_QWERTY: 'Portuguese (QWERTY)',
  ENGLISH_QWERTY: 'UK English (QWERTY)',
  SWISS_QWERTZ: 'Swiss (QWERTZ)',
  AMERICAN_ENGLISH_QWERTY: 'US English (QWERTY)',
  CANADIAN_ENGLISH_QWERTY: 'Canadian English (QWERTY)',
  DUTCH_QWERTY: 'Dutch (QWERTY)',
};

export function layoutName(layout: KeyboardLayout): string {
  return layoutNames[layout];
}

/** `ACOUSTIC_CHAIR`: "Acoustic chair". */
export function categoryName(category: Category): string {
  return capitalised(category.replaceAll('_', ' ').toLowerCase());
}

const modeLabels: Readonly<Record<AcquisitionMode, string>> = { LEASING: 'Lease', BUY: 'Buy' };

export function modeLabel(mode: AcquisitionMode): string {
  return modeLabels[mode];
}

/** The limits of a date, in milliseconds. */
const FURTHEST = 8.64e15;

/** "21 Nov 2026, 14:05 UTC", for plain text, where Slack's date token doesn't work. */
export function plainDate(at: number, { timeZone = 'UTC', locale = 'en-GB' } = {}): string {
  if (!isTime(at)) return 'an unknown time';
  const shown = new Intl.DateTimeFormat(intlLocale(locale), {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: knownZone(timeZone),
  }).format(at);
  return knownZone(timeZone) === 'UTC' ? `${shown} UTC` : shown;
}

/** Slack shows it in the reader's time zone; mrkdwn only, with a fallback for old clients. */
export function slackDate(at: number): string {
  const fallback = plainDate(at);
  if (!isTime(at)) return fallback;
  return `<!date^${Math.trunc(at / 1000)}^{date_short_pretty} at {time}|${fallback}>`;
}

function isTime(at: number): boolean {
  return at >= -FURTHEST && at <= FURTHEST;
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
}

const MINUTE = 60_000;
const units = [
  { ms: 24 * 60 * MINUTE, one: 'day', many: 'days' },
  { ms: 60 * MINUTE, one: 'hour', many: 'hours' },
  { ms: MINUTE, one: 'minute', many: 'minutes' },
] as const;

/** "3 days", in the largest whole unit. */
export function ageText(ms: number): string {
  const unit = units.find((one) => ms >= one.ms);
  return unit === undefined ? 'just now' : counted(Math.floor(ms / unit.ms), unit.one, unit.many);
}
