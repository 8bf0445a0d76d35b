import {
  documentedCodes,
  type FleetFailure,
  type FleetOperation,
  isRejectionCode,
} from '../../src/domain/failures/failure.ts';

export const operations = Object.keys(documentedCodes) as readonly FleetOperation[];

/** The failure that an answer with this documented code becomes. */
export function documented(operation: FleetOperation, code: string): FleetFailure {
  switch (code) {
    case 'INSUFFICIENT_SCOPE':
      return { operation, kind: 'insufficient_scope' };
    case 'COMPANY_NOT_FOUND':
      return { operation, kind: 'company_not_found' };
    case 'INTERNAL_ERROR':
      return { operation, kind: 'unavailable', status: 500 };
    default:
      if (!isRejectionCode(code)) throw new Error(`not a code: ${code}`);
      return { operation, kind: 'rejected', code, status: 400 };
  }
}

/** Each kind of failure for each operation, unclear ones with every status that tells them apart. */
export const everyKind: readonly FleetFailure[] = operations.flatMap((operation): readonly FleetFailure[] => [
  { operation, kind: 'rejected_in_words', words: 'The field `x` is <wrong>.', status: 400 },
  { operation, kind: 'rejected_in_words', words: 'no healthy upstream', status: 404 },
  { operation, kind: 'rejected_in_words', words: 'SOMETHING_NEW', status: 409 },
  { operation, kind: 'unauthorized' },
  { operation, kind: 'insufficient_scope' },
  { operation, kind: 'company_not_found' },
  { operation, kind: 'rate_limited', retryAfterMs: 5_000 },
  { operation, kind: 'rate_limited', retryAfterMs: 5_000, isOwnShare: true },
  { operation, kind: 'unavailable', status: 503 },
  { operation, kind: 'unreachable' },
  { operation, kind: 'no_answer', why: 'timeout' },
  { operation, kind: 'unreadable', issue: 'HTML', status: 200 },
  { operation, kind: 'unreadable', issue: 'HTML', status: 404 },
  { operation, kind: 'unreadable', issue: 'HTML', status: 502 },
]);

export const everyDocumented: readonly FleetFailure[] = operations.flatMap((operation) =>
  documentedCodes[operation].map((code) => documented(operation, code)),
);

export const nameOf = (failure: FleetFailure): string =>
  `${failure.operation} ${failure.kind}${'code' in failure ? ` ${failure.code}` : ''}${'status' in failure ? ` ${failure.status}` : ''}`;
