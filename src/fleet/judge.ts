import { type FleetFailure, isRejectionCode } from '../domain/failures/fleet-failure.ts';
import { answerJson, errorIn } from './answer-json.ts';
import type { Answer } from './exchange.ts';
import { TOO_MANY_REQUESTS, UNAUTHORIZED } from './inferred.ts';
import type { FleetCall } from './operations.ts';
import { retryAfterMs } from './rate-limit.ts';
import type { Reading } from './reading.ts';
import { shownWords } from './words.ts';

type WithoutOperation<T> = T extends unknown ? Omit<T, 'operation'> : never;
/** A failure before it is said which operation it belongs to. */
type Refusal = WithoutOperation<FleetFailure>;
type Read<T> = Extract<Reading<T>, { readonly ok: true }>;
export type Judged<T> = Read<T> | { readonly ok: false; readonly refusal: Refusal };

interface JudgeContext {
  readonly now: number;
  /** Only to be masked, should Fleet's own words repeat it. */
  readonly apiKey: string;
}

/** What an answer means. Pure, and exactly one outcome for every answer there can be. */
export function judge<T>(call: Pick<FleetCall<T>, 'read'>, answer: Answer, context: JudgeContext): Judged<T> {
  if (answer.status >= 400) return refused(refusalOf(answer, context));
  if (answer.body.kind === 'lost') return refused({ kind: 'no_answer', why: answer.body.why });

  const unreadable = (issue: string) => refused({ kind: 'unreadable', issue, status: answer.status });
  if (answer.status < 200 || answer.status >= 300) return unreadable('redirect');
  const parsed = answerJson(answer.body);
  if (!parsed.ok) return unreadable(parsed.issue);
  const reading = call.read(parsed.json);
  return reading.ok ? reading : unreadable(reading.issue);
}

/** 4xx and 5xx. The code decides before the status: Fleet's pages disagree about some numbers, never about a code. */
function refusalOf({ status, headers, body }: Answer, { now, apiKey }: JudgeContext): Refusal {
  // Settled by the status alone: these bodies are not described.
  if (status === TOO_MANY_REQUESTS) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(headers, now) };
  if (status === UNAUTHORIZED) return { kind: 'unauthorized' };
  if (body.kind === 'lost')
    return status >= 500 ? { kind: 'unavailable', status } : { kind: 'no_answer', why: body.why };

  const parsed = answerJson(body);
  const error = errorIn(parsed);
  if (error === 'INSUFFICIENT_SCOPE') return { kind: 'insufficient_scope' };
  if (error === 'COMPANY_NOT_FOUND') return { kind: 'company_not_found' };
  if (error === 'INTERNAL_ERROR' || status >= 500) return { kind: 'unavailable', status };
  if (error === null) return { kind: 'unreadable', issue: parsed.ok ? 'error: missing' : parsed.issue, status };
  if (isRejectionCode(error)) return { kind: 'rejected', code: error, status };
  return { kind: 'rejected_in_words', words: shownWords(error, apiKey), status };
}

function refused(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}
