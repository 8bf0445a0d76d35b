import { type FleetOperation, isDocumentedFor, isFleetWrite } from '../domain/failures/fleet-failure.ts';
import type { Urgency } from '../domain/fleet-budget.ts';
import { type Answer, exchange } from './exchange.ts';
import type { FleetResult } from './fleet.ts';
import type { OnOddity } from './hooks.ts';
import { type Judged, judge } from './judge.ts';
import type { FleetCall } from './operations.ts';
import { usedUpForMs } from './rate-limit.ts';
import type { FleetSettings } from './settings.ts';
import { requestInit, requestUrl } from './wire.ts';

interface Attempt {
  readonly operation: FleetOperation;
  readonly urgency: Urgency;
  readonly attempt: number;
}

/** One attempt at one operation: asked once, told to the hooks once, never an exception. */
export async function ask<T>(
  settings: FleetSettings,
  call: FleetCall<T>,
  { operation, urgency, attempt }: Attempt,
): Promise<FleetResult<T>> {
  const { apiKey, hooks, now } = settings;
  const startedAt = now();
  const answer = await exchange(settings.fetch, requestUrl(settings.baseUrl, call), requestInit(call, apiKey), {
    timeoutMs: settings.timeoutsMs[isFleetWrite(operation) ? 'write' : 'read'],
    maxAnswerBytes: settings.maxAnswerBytes,
  });
  const endedAt = now();
  const answered = 'status' in answer;
  const judged: Judged<T> = answered ? judge(call, answer, { now: endedAt, apiKey }) : { ok: false, refusal: answer };

  const kind = judged.ok ? 'ok' : judged.refusal.kind;
  const status = answered ? answer.status : null;
  hooks.onRequest({ operation, urgency, attempt, kind, status, durationMs: endedAt - startedAt });
  reportOddities(operation, judged, hooks.onOddity);
  if (answered) await pauseWhenUsedUp(settings, operation, answer, judged, endedAt);
  return judged.ok ? { ok: true, value: judged.value } : { ok: false, failure: { operation, ...judged.refusal } };
}

function reportOddities(operation: FleetOperation, judged: Judged<unknown>, onOddity: OnOddity): void {
  if (judged.ok) {
    if (judged.dropped) onOddity('Fleet sent rows that could not be read', { operation, ...judged.dropped });
    if (judged.lacksMeta) onOddity('Fleet sent a page without its total', { operation });
    return;
  }
  const { refusal } = judged;
  if (refusal.kind === 'rejected' && !isDocumentedFor(operation, refusal.code)) {
    const { code, status } = refusal;
    onOddity('Fleet sent a code that is not documented for this operation', { operation, code, status });
  }
}

/** Nobody asks, people included, until Fleet counts anew. The answer is valid whether or not this can be recorded. */
async function pauseWhenUsedUp(
  { budget, hooks }: FleetSettings,
  operation: FleetOperation,
  { headers }: Answer,
  judged: Judged<unknown>,
  now: number,
): Promise<void> {
  const refused = !judged.ok && judged.refusal.kind === 'rate_limited' ? judged.refusal.retryAfterMs : null;
  const pauseMs = refused ?? usedUpForMs(headers, now);
  if (pauseMs === null) return;
  try {
    await budget.pause(pauseMs);
  } catch {
    hooks.onOddity('The pause that Fleet asked for could not be recorded', { operation, pauseMs });
  }
}
