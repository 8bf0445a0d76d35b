import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_WAIT_MS, MIN_WAIT_MS, retryAfterMs, usedUpForMs } from '../../src/fleet/rate-limit.ts';
import { NOW } from './support/fleet-client.ts';

const headers = (given: Record<string, string>) => ({ get: (name: string) => given[name] ?? null });
const NOW_SECONDS = NOW / 1_000;

describe('how long a 429 asks us to wait', () => {
  it.each<[string, Record<string, string>, number]>([
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['parts of a second', { 'retry-after': ' 1.5 ' }, 1_500],
    ['a date', { 'retry-after': new Date(NOW + 4_000).toUTCString() }, 4_000],
    ['an ISO date', { 'retry-after': new Date(NOW + 4_000).toISOString() }, 4_000],
    ['epoch seconds', { 'retry-after': String(NOW_SECONDS + 5) }, 5_000],
    ['epoch milliseconds', { 'retry-after': String(NOW + 6_000) }, 6_000],
    ['a date that has passed', { 'retry-after': new Date(NOW - 9_000).toUTCString() }, MIN_WAIT_MS],
    ['zero', { 'retry-after': '0' }, MIN_WAIT_MS],
    ['a year', { 'retry-after': '31536000' }, MAX_WAIT_MS],
    ['reset in seconds', { 'ratelimit-reset': '30' }, 30_000],
    ['reset as epoch', { 'x-ratelimit-reset': String(NOW_SECONDS + 7) }, 7_000],
    ['reset as a date', { 'x-rate-limit-reset': new Date(NOW + 8_000).toUTCString() }, 8_000],
    ['Retry-After before reset', { 'retry-after': '2', 'ratelimit-reset': '30' }, 2_000],
    ['reset where Retry-After is nonsense', { 'retry-after': 'soon', 'ratelimit-reset': '30' }, 30_000],
    ['the draft in one header', { ratelimit: 'limit=100, remaining=0, reset=12' }, 12_000],
    ['the later draft in one header', { ratelimit: '"default";r=0;t=13' }, 13_000],
    ['nothing', {}, 10_000],
    ['words', { 'retry-after': 'banana 1' }, 10_000],
    ['a date that is none', { 'retry-after': 'Mon, 99 Foo 2026 99:99:99 GMT' }, 10_000],
    ['minus', { 'retry-after': '-5' }, 10_000],
  ])('%s', (_, given, expected) => {
    expect(retryAfterMs(headers(given), NOW)).toBe(expected);
  });

  it('never throws and always gives a wait that can be slept', () => {
    const value = fc.oneof(fc.string(), fc.integer().map(String), fc.double().map(String), fc.date().map(String));
    fc.assert(
      fc.property(value, value, value, (retryAfter, reset, ratelimit) => {
        const wait = retryAfterMs(headers({ 'retry-after': retryAfter, 'ratelimit-reset': reset, ratelimit }), NOW);
        expect(Number.isInteger(wait)).toBe(true);
        expect(wait).toBeGreaterThanOrEqual(MIN_WAIT_MS);
        expect(wait).toBeLessThanOrEqual(MAX_WAIT_MS);
      }),
    );
  });
});

describe('an answer that used up the minute', () => {
  it.each<[Record<string, string>, number | null]>([
    [{}, null],
    [{ 'ratelimit-remaining': '1', 'ratelimit-reset': '30' }, null],
    [{ 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
    [{ 'x-ratelimit-remaining': ' 0', 'x-ratelimit-reset': String(NOW_SECONDS + 9) }, 9_000],
    [{ ratelimit: 'limit=100, remaining=0, reset=12' }, 12_000],
    [{ ratelimit: '"default";r=5;t=13' }, null],
    [{ 'ratelimit-remaining': '0' }, 10_000],
  ])('%j', (given, expected) => {
    expect(usedUpForMs(headers(given), NOW)).toBe(expected);
  });
});
