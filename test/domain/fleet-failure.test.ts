import { describe, expect, it } from 'vitest';
import { FleetFailure, isRejection } from '../../src/domain/failures/failure.ts';

describe('a stored failure of Fleet', () => {
  it('is read only with an operation and a code that this release knows', () => {
    const failure = { operation: 'patchCart', kind: 'rejected', code: 'INVALID_USER', status: 409 };

    expect(FleetFailure.safeParse(failure).success).toBe(true);
    for (const odd of [{ operation: 'toString' }, { operation: 7 }, { code: 'toString' }, { code: 7 }])
      expect(FleetFailure.safeParse({ ...failure, ...odd }).success, JSON.stringify(odd)).toBe(false);
  });
});

describe('Fleet rejected it', () => {
  const operation = 'validateCart';

  it.each([
    { operation, kind: 'rejected', code: 'PAYMENT_METHOD_REQUIRED', status: 409 },
    { operation, kind: 'rejected_in_words', words: 'No.', status: 400 },
    { operation, kind: 'unauthorized' },
    { operation, kind: 'insufficient_scope' },
    { operation, kind: 'company_not_found' },
  ] as const)('when it answered with $kind', (failure) => {
    expect(isRejection(failure)).toBe(true);
  });

  it.each([
    { operation, kind: 'rejected_in_words', words: 'no healthy upstream', status: 404 },
    { operation, kind: 'unreadable', issue: 'HTML', status: 400 },
    { operation, kind: 'unreadable', issue: 'HTML', status: 502 },
    { operation, kind: 'no_answer', why: 'timeout' },
    { operation, kind: 'unavailable', status: 503 },
  ] as const)('is not said of $kind', (failure) => {
    expect(isRejection(failure)).toBe(false);
  });
});
