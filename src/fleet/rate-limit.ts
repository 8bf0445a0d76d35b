import type { HeaderReader } from './http.ts';
import { rateLimitHeaders, unnamedWaitMs } from './inferred.ts';

/** Fleet counts per minute, so a longer wait must be wrong, on our side or theirs. Asking too early costs one 429. */
export const MAX_WAIT_MS = 5 * 60_000;
/** A wait of zero would become a tight loop. */
export const MIN_WAIT_MS = 250;

const EPOCH_SECONDS_FROM = 1e9;
const EPOCH_MS_FROM = 1e12;
const NUMBER = /^\d{1,15}(\.\d+)?$/;
/** `Date.parse` alone reads "banana 1" as a day in 2001. */
const DATE = /^[A-Z][a-z]{2,8}, .+ GMT$|^\d{4}-\d\d-\d\dT\S+$/;

/** How long a 429 asks us to wait. Never throws, whatever the headers say. */
export function retryAfterMs(headers: HeaderReader, now: number): number {
  return firstWait(headers, rateLimitHeaders.retryAfter, now) ?? resetMs(headers, now);
}

/** How long until the window that this answer used up resets. Null: there is room, or Fleet doesn't say. */
export function usedUpForMs(headers: HeaderReader, now: number): number | null {
  const remaining = rateLimitHeaders.remaining.map((name) => headers.get(name)?.trim());
  const used = remaining.includes('0') || combinedField(headers, /\b(?:remaining|r)=(\d+)/) === '0';
  return used ? resetMs(headers, now) : null;
}

function resetMs(headers: HeaderReader, now: number): number {
  const told =
    firstWait(headers, rateLimitHeaders.reset, now) ?? parseWait(combinedField(headers, /\b(?:reset|t)=(\d+)/), now);
  return told ?? unnamedWaitMs;
}

function firstWait(headers: HeaderReader, names: readonly string[], now: number): number | null {
  for (const name of names) {
    const wait = parseWait(headers.get(name), now);
    if (wait !== null) return wait;
  }
  return null;
}

/** The RFC drafts' single header: `RateLimit: limit=100, remaining=0, reset=30` or `"default";r=0;t=30`. */
function combinedField(headers: HeaderReader, field: RegExp): string | null {
  return field.exec(headers.get(rateLimitHeaders.combined) ?? '')?.[1] ?? null;
}

/** Seconds from now, seconds or milliseconds since 1970, or a date. */
function parseWait(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (NUMBER.test(text)) return withinBounds(fromNumber(Number(text), now));
  const date = DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? null : withinBounds(date - now);
}

function fromNumber(value: number, now: number): number {
  if (value >= EPOCH_MS_FROM) return value - now;
  return value >= EPOCH_SECONDS_FROM ? value * 1_000 - now : value * 1_000;
}

function withinBounds(ms: number): number {
  return Math.ceil(Math.min(Math.max(ms, MIN_WAIT_MS), MAX_WAIT_MS));
}
