import type { Fault } from '../../../sandbox/fleet/fault.ts';
import { documentedCodes, type FleetOperation } from '../../../src/domain/failures/failure.ts';

type Without<T> = T extends unknown ? Omit<T, 'operation' | 'times' | 'when' | 'probability' | 'seed'> : never;
/** What Fleet does to one request, whoever asks. */
export type Misbehaviour = Without<Fault>;

export interface WalkedAnswer {
  readonly name: string;
  readonly what: Misbehaviour;
}

/** One answer for each code that is documented for this operation: a new code is walked as soon as it is written down. */
export function documentedAnswers(operation: FleetOperation): readonly WalkedAnswer[] {
  return documentedCodes[operation].map((code) => ({ name: code, what: refusal(code) }));
}

export function refusal(error: string, status = statusOf(error)): Misbehaviour {
  return { kind: 'answer', status, body: { error } };
}

function statusOf(code: string): number {
  if (code === 'INTERNAL_ERROR') return 500;
  if (code === 'INSUFFICIENT_SCOPE') return 403;
  if (code.endsWith('_NOT_FOUND')) return 404;
  const conflicts = ['CART_ALREADY_EXISTS', 'ORDER_NOT_CART', 'VALIDATE_CART_CONFLICT'];
  return conflicts.includes(code) || code === 'ORDER_STATUS_TRANSITION_FORBIDDEN' ? 409 : 400;
}

/** Fleet's own words as nobody would wish them: a ping, a link with a false face, code marks, far too long. */
const wildWords = `Say <!channel> to \`all\` & <https://evil.test|Approve> ${'word '.repeat(400)}`;

/** Answers that stop ordering for everybody. */
export const keyTroubles: readonly WalkedAnswer[] = [
  { name: '401', what: { kind: 'answer', status: 401, body: { error: 'Unauthorized' } } },
  { name: '403 INSUFFICIENT_SCOPE', what: refusal('INSUFFICIENT_SCOPE') },
  { name: '404 COMPANY_NOT_FOUND', what: refusal('COMPANY_NOT_FOUND') },
];

/** Fleet validates a body in words of its own: they refuse. */
export const unknownRefusals: readonly WalkedAnswer[] = [
  { name: 'an unknown code', what: refusal('BRAND_NEW_CODE', 400) },
  { name: 'free text', what: refusal(wildWords, 400) },
];

/** Perhaps a gateway's: after a write, they don't say that it wasn't carried out. */
export const unclearRefusals: readonly WalkedAnswer[] = [
  { name: 'an unknown conflict', what: refusal('BRAND_NEW_CONFLICT', 409) },
  { name: 'a refusal that is no JSON', what: { kind: 'answer', status: 404, body: 'gone fishing' } },
];

export const undocumented: readonly WalkedAnswer[] = [...unknownRefusals, ...unclearRefusals];

/** Fleet did nothing, and the answer does not say so. */
export const lostBefore: readonly WalkedAnswer[] = [
  { name: '503', what: { kind: 'service_unavailable' } },
  { name: 'a timeout before it was done', what: { kind: 'hang_before_commit' } },
  { name: 'a reset before it was done', what: { kind: 'reset_before_commit' } },
  { name: 'HTML with 502 before it was done', what: { kind: 'html', status: 502, stage: 'before_commit' } },
];

/** Fleet did it, and the answer does not say so. */
export const lostAfter: readonly WalkedAnswer[] = [
  { name: '500 after it was done', what: { kind: 'server_error_after_commit' } },
  { name: 'a timeout after it was done', what: { kind: 'hang_after_commit' } },
  { name: 'a reset after it was done', what: { kind: 'reset_after_commit' } },
  { name: 'a reset in the middle of the answer', what: { kind: 'reset_mid_body' } },
  { name: 'HTML with 200', what: { kind: 'html', status: 200 } },
  { name: 'broken JSON', what: { kind: 'broken_json' } },
  { name: 'an empty body', what: { kind: 'empty_body' } },
  { name: '10 MB', what: { kind: 'huge_body' } },
  { name: 'another shape', what: { kind: 'wrong_shape' } },
];

/** For a read, it makes no difference whether Fleet carried it out. */
export const unreadableReads: readonly WalkedAnswer[] = [
  { name: '503', what: { kind: 'service_unavailable' } },
  { name: 'a timeout', what: { kind: 'hang_before_commit' } },
  { name: 'a reset', what: { kind: 'reset_before_commit' } },
  { name: 'a reset in the middle of the answer', what: { kind: 'reset_mid_body' } },
  { name: 'HTML with 200', what: { kind: 'html', status: 200 } },
  { name: 'HTML with 502', what: { kind: 'html', status: 502 } },
  { name: 'broken JSON', what: { kind: 'broken_json' } },
  { name: '10 MB', what: { kind: 'huge_body' } },
  { name: 'another shape', what: { kind: 'wrong_shape' } },
];

const representative = ['503', 'a timeout', 'a reset', 'HTML with 200', 'another shape'];
/** At least one answer for each failure that a read can end in. `test/fleet` proves that the other answers are the same failures. */
export const failedReads = unreadableReads.filter(({ name }) => representative.includes(name));

/** Longer than a person waits inside the budget. */
export const busy: WalkedAnswer = { name: '429', what: { kind: 'rate_limited', seconds: 3 } };
