import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FleetFailure, type FleetOperation, mayHaveHappened } from '../../src/domain/failures/failure.ts';
import { maskWords } from '../../src/fleet/answer.ts';
import { backoffMs, mayRetry } from '../../src/fleet/client.ts';
import { lossOf } from '../../src/fleet/http.ts';
import { amountText } from '../../src/fleet/values.ts';
import { isWrite, operations } from './support/calls.ts';
import { API_KEY } from './support/fleet-client.ts';

const kinds = [
  { kind: 'rejected', code: 'ORDER_NOT_CART', status: 409 },
  { kind: 'rejected_in_words', words: 'no', status: 400 },
  { kind: 'rejected_in_words', words: 'no', status: 422 },
  { kind: 'rejected_in_words', words: 'no healthy upstream', status: 404 },
  { kind: 'rejected_in_words', words: 'busy', status: 409 },
  { kind: 'unauthorized' },
  { kind: 'insufficient_scope' },
  { kind: 'company_not_found' },
  { kind: 'rate_limited', retryAfterMs: 1_000 },
  { kind: 'unavailable', status: 503 },
  { kind: 'unreachable' },
  { kind: 'no_answer', why: 'timeout' },
  { kind: 'no_answer', why: 'reset' },
  { kind: 'unreadable', issue: 'HTML', status: 200 },
  { kind: 'unreadable', issue: 'redirect', status: 302 },
  { kind: 'unreadable', issue: 'HTML', status: 403 },
  { kind: 'unreadable', issue: 'HTML', status: 502 },
] as const;
const unclear = [
  'unavailable',
  'no_answer timeout',
  'no_answer reset',
  'unreadable 200',
  'unreadable 302',
  'unreadable 403',
  'unreadable 502',
];
/** Words that Fleet's validation of a body doesn't use: a gateway's, after Fleet was asked. */
const unclearWords = ['rejected_in_words 404', 'rejected_in_words 409'];

function nameOf(failure: (typeof kinds)[number]): string {
  if (failure.kind === 'no_answer') return `no_answer ${failure.why}`;
  const saysStatus = failure.kind === 'unreadable' || failure.kind === 'rejected_in_words';
  return saysStatus ? `${failure.kind} ${failure.status}` : failure.kind;
}
const failures: readonly (readonly [FleetOperation, string, FleetFailure])[] = operations.flatMap((operation) =>
  kinds.map((failure) => [operation, nameOf(failure), { operation, ...failure }] as const),
);

describe('could Fleet have done it anyway', () => {
  it.each(failures)('%s after %s', (operation, name, failure) => {
    const mayHave = unclear.includes(name) || (operation !== 'patchCart' && unclearWords.includes(name));
    expect(mayHaveHappened(failure)).toBe(isWrite(operation) && mayHave);
  });
});

describe('may it be asked again', () => {
  const readRetries = [...unclear.filter((name) => name !== 'unreadable 403'), 'unreachable'];
  const room = { attempt: 1, waitedMs: 0, waitBoundMs: 2_500 };

  it.each(failures)('%s after %s', (operation, name, failure) => {
    const expected = name === 'rate_limited' || (!isWrite(operation) && readRetries.includes(name));
    expect(mayRetry(failure, room)).toBe(expected);
  });

  it('a read twice, and no more', () => {
    const failure: FleetFailure = { operation: 'getCart', kind: 'unavailable', status: 503 };
    expect([1, 2, 3].map((attempt) => mayRetry(failure, { ...room, attempt }))).toEqual([true, true, false]);
  });

  it('after a 429 while the waits together stay in the bound', () => {
    const failure: FleetFailure = { operation: 'validateCart', kind: 'rate_limited', retryAfterMs: 1_000 };
    expect([1_500, 1_501].map((waitedMs) => mayRetry(failure, { ...room, waitedMs }))).toEqual([true, false]);
    expect([4, 5].map((attempt) => mayRetry(failure, { ...room, attempt }))).toEqual([true, false]);
  });

  it('after a wait that doubles and is never the same for all', () => {
    expect([1, 2].map((attempt) => [backoffMs(attempt, 0), backoffMs(attempt, 1)])).toEqual([
      [100, 200],
      [200, 400],
    ]);
  });
});

describe('a connection that was lost', () => {
  const unreachable = { kind: 'unreachable' };
  const reset = { kind: 'no_answer', why: 'reset' };

  it.each<[string, unknown, object]>([
    ['refused', { code: 'ECONNREFUSED' }, unreachable],
    ['no such name', { code: 'ENOTFOUND', erroredSysCall: 'getaddrinfo' }, unreachable],
    ['no name server', { code: 'EAI_AGAIN' }, unreachable],
    ['no way there', { code: 'EHOSTUNREACH', erroredSysCall: 'connect' }, unreachable],
    ['connecting took too long', { code: 'ETIMEDOUT', erroredSysCall: 'connect' }, unreachable],
    ['a certificate that has expired', { code: 'CERT_HAS_EXPIRED' }, unreachable],
    ['a certificate of another host', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }, unreachable],
    ['reset while reading', { code: 'ECONNRESET', erroredSysCall: 'read' }, reset],
    ['reset while writing on a kept connection', { code: 'ECONNRESET', erroredSysCall: 'write' }, reset],
    ['broken pipe', { code: 'EPIPE', erroredSysCall: 'write' }, reset],
    ['no way there any more', { code: 'EHOSTUNREACH', erroredSysCall: 'read' }, reset],
    ['time-out of the system on a live connection', { code: 'ETIMEDOUT', erroredSysCall: 'read' }, reset],
    ['something unheard of', new Error('?'), reset],
    ['not even an error', 'boom', reset],
    ['nothing', null, reset],
    ['a code that is none', { code: 7 }, reset],
  ])('%s', (_, error, expected) => {
    expect(lossOf(error, false)).toEqual(expected);
  });

  it('is our own time-out when we ended it', () => {
    expect(lossOf({ code: 'ECONNREFUSED' }, true)).toEqual({ kind: 'no_answer', why: 'timeout' });
  });
});

describe('amounts as text', () => {
  it('reads every price in cents back exactly, whatever the float did', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (cents) => {
        const text = amountText(cents / 100);
        const [whole, decimals = ''] = (text ?? '').split('.');
        expect(Number(`${whole}${decimals.padEnd(2, '0')}`)).toBe(cents);
      }),
    );
  });

  it('shows no artefact of a sum', () => {
    expect(amountText(0.1 + 0.2)).toBe('0.3');
    expect(amountText(3 * 18.3)).toBe('54.9');
    expect(amountText('10.00')).toBe('10');
    expect(amountText('100')).toBe('100');
    expect(amountText('0.0000000010')).toBe('0.000000001');
  });

  it.each([
    ['16 digits', '1234567890123456'],
    ['11 decimals', '1899.00000000001'],
    ['a line of zeros', `1.${'0'.repeat(1_000)}1`],
  ])('is null for more than our sums and limits can read: %s', (_, value) => {
    expect(amountText(value)).toBeNull();
  });

  it('is null or plain decimal text for everything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string()), (value) => {
        expect(amountText(value) ?? '0').toMatch(/^\d+(\.\d*[1-9])?$/);
      }),
    );
    for (const none of [Number.NaN, Number.POSITIVE_INFINITY, -0.01, 1e15, '1e3', '', '0x10']) {
      expect(amountText(none)).toBeNull();
    }
  });
});

describe("Fleet's own words", () => {
  it('hide the key whatever it looks like', () => {
    expect(maskWords('no such key: s3cret+key', 's3cret+key')).toBe('no such key: [key]');
  });

  it('are never longer than 300, never hold the key, and stay text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 800 }), fc.nat(800), (words, at) => {
        const shown = maskWords(`${words.slice(0, at)}${API_KEY}${words.slice(at)}`, API_KEY);
        expect(shown.length).toBeLessThanOrEqual(300);
        expect(shown).not.toContain(API_KEY);
      }),
    );
  });
});
