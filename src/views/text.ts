import type { MrkdwnElement, PlainTextElement } from '@slack/types';
import type { CountryCode } from '../domain/ids.ts';
import { type Money, multiplyAmount } from '../domain/line.ts';
import type { AcquisitionMode, Category, KeyboardLayout } from '../domain/vocabulary.ts';
import { limits } from './limits.ts';

const ELLIPSIS = '…';
/** Between rows that share a section: what is left out is counted by it. */
export const BETWEEN_ROWS = '\n\n';
/** Shown where a text came out empty: Slack refuses an empty one. */
const NOTHING = '–';
/**
 * Control characters, marks that turn the reading direction round, and what is drawn as nothing: they let a name pretend
 * to be another, or a reason be none. Joiners stay where emoji and Arabic letters need them.
 */
const INVISIBLE =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\u{e0000}-\u{e007f}]|\u200c(?!\p{Script=Arabic})|\u200d(?!\p{Extended_Pictographic})/gu;
/** Half a surrogate pair. */
const ILL_FORMED = /\p{Cs}/gu;
/** An emoji's code, or a mark that mrkdwn would pair up. */
const CODE_OR_MARK = /:[a-z0-9+-](?:[a-z0-9_+-]*[a-z0-9+-])?:|[*_~`]/gu;
/** A `<…>` or `&…;` that was cut off at the end. */
const HALF_TOKEN = /(?:<[^<>]*|&[a-z]{0,3})$/u;

/** Slack asks for exactly these three to be encoded in mrkdwn, and nothing else. In plain_text they show literally. */
export function esc(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** At most `max` UTF-16 units with a visible ellipsis; never half a surrogate pair, also where one came in. */
export function clip(text: string, max: number): string {
  const cut = text.length <= max ? text : cutAt(text, max - ELLIPSIS.length) + ELLIPSIS;
  return cut.replace(ILL_FORMED, '\ufffd');
}

/** The same for mrkdwn that is already escaped: neither an entity nor a mention or date is cut in half. */
export function clipMrkdwn(text: string, max: number): string {
  const cut = text.length <= max ? text : cutAt(text, max - ELLIPSIS.length).replace(HALF_TOKEN, '') + ELLIPSIS;
  return cut.replace(ILL_FORMED, '\ufffd');
}

/** Text from people or Fleet inside mrkdwn: clipped first, so that an entity is never cut in half, and kept on one line. */
export function literal(text: string, max = 150): string {
  // `*`, `_`, `~` and back-ticks cannot be escaped in mrkdwn: a zero-width space keeps them from pairing up.
  return esc(clip(oneLine(text), max)).replace(CODE_OR_MARK, (found) => (found.length > 1 ? found : `${found}\u200b`));
}

/** Nothing that anyone could see. */
export function isBlank(text: string): boolean {
  return oneLine(text) === '';
}

/** A note or reason as a quotation, keeping its line breaks. */
export function quote(text: string, max = 500): string {
  const lines = clip(text.trim(), max).split(/\r?\n/u);
  return lines.map((line) => `> ${literal(line, max)}`).join('\n');
}

export function mrkdwn(text: string): MrkdwnElement {
  const shown = clipMrkdwn(text, limits.sectionText);
  return { type: 'mrkdwn', text: isBlank(shown) ? NOTHING : shown, verbatim: true };
}

/** `max`: from `limits`. Never empty, since Slack rejects empty text. */
export function plain(text: string, max: number): PlainTextElement {
  const shown = clip(oneLine(text), max);
  return { type: 'plain_text', text: shown === '' ? NOTHING : shown, emoji: false };
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').replace(INVISIBLE, '').trim();
}

function cutAt(text: string, end: number): string {
  const cut = text.slice(0, end);
  const last = cut.charCodeAt(cut.length - 1);
  return last >= 0xd800 && last <= 0xdbff ? cut.slice(0, -1) : cut;
}

const MOST_KEPT = 500;

/** Intl takes far longer to make a formatter than to use one. The words it is made of are a locale, a currency, a zone. */
function kept<T>(make: (...words: readonly string[]) => T): (...words: readonly string[]) => T {
  const made = new Map<string, T>();
  return (...words) => {
    const key = words.join(' ');
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= MOST_KEPT) made.clear();
    const one = make(...words);
    made.set(key, one);
    return one;
  };
}

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

/** More than any price has. */
const MAX_DECIMALS = 10;

/** "€1,299.00", and "€33.335" with all its decimals. An amount or currency that Intl doesn't know is shown unchanged. */
export function money({ amount, currency }: Money, locale = 'en'): string {
  if (!isDecimal(amount) || !/^[A-Za-z]{3}$/u.test(currency)) return `${amount} ${currency}`;
  const usual = currencyFormat(locale, currency);
  // Rounded prices would not add up to the total.
  const decimals = /\.(\d*[1-9])/u.exec(amount)?.[1]?.length ?? 0;
  if (decimals <= Number(usual.resolvedOptions().maximumFractionDigits)) return usual.format(amount);
  return currencyFormat(locale, currency, String(Math.min(decimals, MAX_DECIMALS))).format(amount);
}

const currencyFormat = kept((locale = 'en', currency, decimals) => {
  const exact = decimals === undefined ? {} : { maximumFractionDigits: Number(decimals) };
  return new Intl.NumberFormat(intlLocale(locale), { style: 'currency', currency, ...exact });
});

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
  return `${regionNames(locale).of(code)}`;
}

const regionNames = kept(
  (locale = 'en') => new Intl.DisplayNames(intlLocale(locale), { type: 'region', fallback: 'code' }),
);

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
  const zone = knownZone(timeZone);
  const shown = dateFormat(locale, zone).format(at);
  return zone === 'UTC' ? `${shown} UTC` : shown;
}

const dateFormat = kept(
  (locale = 'en', timeZone) =>
    new Intl.DateTimeFormat(intlLocale(locale), { dateStyle: 'medium', timeStyle: 'short', timeZone }),
);

/** Slack shows it in the reader's time zone; mrkdwn only, with a fallback for old clients. */
export function slackDate(at: number): string {
  const fallback = plainDate(at);
  if (!isTime(at)) return fallback;
  return `<!date^${Math.trunc(at / 1000)}^{date_short_pretty} at {time}|${fallback}>`;
}

function isTime(at: number): boolean {
  return at >= -FURTHEST && at <= FURTHEST;
}

const knownZone = kept((timeZone) => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return 'UTC';
  }
});

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
