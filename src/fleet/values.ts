import { z } from 'zod';
import type { CountryCode, CurrencyCode } from '../domain/ids.ts';

export const text = z
  .string()
  .nullish()
  // Half a surrogate pair would go into every payload that names it, and Slack may refuse them.
  .transform((value) => value?.replace(/\p{Cs}/gu, '\ufffd') ?? null);

export const COUNTRY = /^[A-Z]{2}$/;
export const CURRENCY = /^[A-Z]{3}$/;

export const countryCode = text.transform((value) => codeOf<CountryCode>(COUNTRY, value));
export const currencyCode = text.transform((value) => codeOf<CurrencyCode>(CURRENCY, value));
export const requiredCurrencyCode = z
  .string()
  .nullable()
  .transform((value) => codeOf<CurrencyCode>(CURRENCY, value));

/** Text that is no code counts as none: the rest of its row is still useful. */
function codeOf<T extends string>(pattern: RegExp, value: string | null): T | null {
  const upper = value?.trim().toUpperCase() ?? '';
  return pattern.test(upper) ? (upper as T) : null;
}

/** Only trimmed: this layer doesn't decide which addresses are the same. */
export const email = text.transform((value) => value?.trim() || null);

/** As `decimalOf` reads it: what sums and limits couldn't read is no price. */
const DECIMAL = /^\d{1,15}(\.\d{1,10})?$/;
/** No currency has more than four decimals; anything beyond is a floating-point artefact. */
const MAX_DECIMALS = 4;

/** A price as decimal text: the numbers 54.9 and 54.900000000000006 are both "54.9". Null: not a price. */
export function amountText(amount: number | string): string | null {
  if (typeof amount === 'string') return DECIMAL.test(amount.trim()) ? withoutTrailingZeros(amount.trim()) : null;
  if (!(amount >= 0 && amount < 1e15)) return null;
  return withoutTrailingZeros(amount.toFixed(MAX_DECIMALS));
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

/**
 * Where a parcel can be followed. Fleet documents `tracking_url` for devices only; an order that has one says the same.
 * Only https is kept: people press it.
 */
export function trackingLink({ tracking_url }: { readonly tracking_url?: unknown }): { readonly trackingUrl?: string } {
  const link = typeof tracking_url === 'string' && URL.canParse(tracking_url) ? new URL(tracking_url) : null;
  const isSafe = link?.protocol === 'https:' && link.username === '' && link.password === '';
  return isSafe ? { trackingUrl: link.href } : {};
}
