import type { CountryCode, CurrencyCode } from '../ids.ts';
import type { Money } from '../line.ts';
import { decimalOf } from '../money.ts';
import type { DeliveryCountry } from './settings.ts';

/** What an admin typed, parsed, or the first line that makes no sense. */
type Typed<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly mistake: Mistake };

export interface Mistake {
  readonly kind: 'unreadable' | 'unknown_country' | 'unknown_currency' | 'twice' | 'too_many';
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

/** One limit per line, `EUR 2000`. */
export function readPriceLimits(text: string): Typed<readonly Money[]> {
  const limits: Money[] = [];
  for (const line of linesOf(text)) {
    const [currency, amount, ...more] = wordsOf(line);
    if (currency === undefined || amount === undefined || more.length > 0) return mistake('unreadable', line);
    if (!isCurrency(currency)) return mistake('unknown_currency', currency);
    if (!/^\d{1,9}(?:\.\d{1,2})?$/u.test(amount) || decimalOf(amount)?.gt(0) !== true)
      return mistake('unreadable', line);
    if (limits.some((one) => one.currency === currency)) return mistake('twice', currency);
    limits.push({ amount, currency });
  }
  return { ok: true, value: limits };
}

export function isCountry(code: string): code is CountryCode {
  if (!/^[A-Z]{2}$/u.test(code)) return false;
  const name = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' }).of(code);
  // CLDR's code for "unknown region".
  return name !== undefined && code !== 'ZZ';
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
