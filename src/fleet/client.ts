import { type FleetFailure, type FleetOperation, isDocumentedFor, isFleetWrite } from '../domain/failures/failure.ts';
import type { BudgetRefusal, FleetBudget, Urgency } from '../domain/fleet-budget.ts';
import { type FleetCall, type Judged, judge } from './answer.ts';
import { createFleet, type Fleet, type FleetResult, type Send } from './fleet.ts';
import { type Answer, exchange, type FetchInit } from './http.ts';
import { MIN_WAIT_MS, usedUpForMs } from './rate-limit.ts';
import { type FleetClientOptions, type FleetSettings, type OnOddity, settingsOf } from './settings.ts';

/**
 * The client for one Fleet key. Every answer from Fleet, and the lack of one, is a value. It rejects only with
 * `InvalidFleetRequest` (a bug of ours) or with an error from `budget.take`; nothing was sent then.
 */
export function createFleetClient(options: FleetClientOptions): Fleet {
  return createFleet(createSend(settingsOf(options)));
}

/** A process can stand still (a paused machine): a write that was to go out this long ago may no longer be wanted. */
const MAX_STANDSTILL_MS = 5_000;

/** One operation, from the budget to its result. Retries only where nothing can happen twice. */
function createSend(settings: FleetSettings): Send {
  return async (operation, call, urgency) => {
    const waitBoundMs = settings.waitBoundsMs[urgency];
    const startedAt = settings.now();
    let waitedMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const admission = await admit({ ...settings, urgency, waitedMs, waitBoundMs });
      if (!admission.ok) {
        const { ok: _, ...refusal } = admission;
        return { ok: false, failure: { operation, kind: 'rate_limited', ...refusal } };
      }
      waitedMs = admission.waitedMs;
      if (isFleetWrite(operation) && settings.now() - startedAt > waitBoundMs + MAX_STANDSTILL_MS)
        return { ok: false, failure: { operation, kind: 'rate_limited', retryAfterMs: MIN_WAIT_MS } };

      const result = await ask(settings, call, { operation, urgency, attempt });
      if (result.ok || !mayRetry(result.failure, { attempt, waitedMs, waitBoundMs })) return result;

      const { failure } = result;
      const waitMs = failure.kind === 'rate_limited' ? failure.retryAfterMs : backoffMs(attempt, settings.random());
      await settings.sleep(waitMs);
      waitedMs += waitMs;
    }
  };
}

type Admission = { readonly ok: true; readonly waitedMs: number } | BudgetRefusal;

interface AdmissionNeeds {
  readonly budget: FleetBudget;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly urgency: Urgency;
  readonly waitedMs: number;
  readonly waitBoundMs: number;
}

/** Waits for room in the budget, at most as long as the whole call may wait. */
async function admit(needs: AdmissionNeeds): Promise<Admission> {
  let { waitedMs } = needs;
  for (;;) {
    const taken = await needs.budget.take(needs.urgency);
    if (taken.ok) return { ok: true, waitedMs };
    const waitMs = Math.max(taken.retryAfterMs, MIN_WAIT_MS);
    if (waitedMs + waitMs > needs.waitBoundMs) return { ...taken, retryAfterMs: waitMs };
    await needs.sleep(waitMs);
    waitedMs += waitMs;
  }
}

interface Attempt {
  readonly operation: FleetOperation;
  readonly urgency: Urgency;
  readonly attempt: number;
}

/** One attempt at one operation: one request, one report to the hooks, never an exception. */
async function ask<T>(
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

/** No request goes out until Fleet's window resets, not even people's. The answer counts even if recording this fails. */
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

function requestUrl(baseUrl: string, { path, query = {} }: FleetCall<unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given.map(([name, value]): [string, string] => [name, String(value)])).toString();
  return search === '' ? `${baseUrl}${path}` : `${baseUrl}${path}?${search}`;
}

/** The only place that writes the key into a header. */
function requestInit(
  { method, body }: FleetCall<unknown>,
  apiKey: string,
): Pick<FetchInit, 'method' | 'headers' | 'body'> {
  const headers = { accept: 'application/json', authorization: `Bearer ${apiKey}`, 'user-agent': 'fleet-for-slack' };
  if (body === undefined) return { method, headers };
  return { method, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const MAX_READ_ATTEMPTS = 3;
const MAX_RATE_LIMITED_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 200;

/**
 * A 429 means that nothing happened, so even a write may be repeated. Any other failed write may have been carried out,
 * which is for the caller to find out. Reads can be repeated.
 */
export function mayRetry(
  failure: FleetFailure,
  {
    attempt,
    waitedMs,
    waitBoundMs,
  }: { readonly attempt: number; readonly waitedMs: number; readonly waitBoundMs: number },
): boolean {
  switch (failure.kind) {
    case 'rate_limited':
      return attempt < MAX_RATE_LIMITED_ATTEMPTS && waitedMs + failure.retryAfterMs <= waitBoundMs;
    case 'unavailable':
    case 'unreachable':
    case 'no_answer':
      return !isFleetWrite(failure.operation) && attempt < MAX_READ_ATTEMPTS;
    case 'unreadable':
      // A proxy between us and Fleet may have answered; next time it may not.
      return !isFleetWrite(failure.operation) && attempt < MAX_READ_ATTEMPTS && !isClientError(failure.status);
    case 'rejected':
    case 'rejected_in_words':
    case 'unauthorized':
    case 'insufficient_scope':
    case 'company_not_found':
      return false;
  }
}

function isClientError(status: number): boolean {
  return status >= 400 && status < 500;
}

/** Doubles each time, with jitter so that instances don't retry together. `chance` is 0 to 1. */
export function backoffMs(attempt: number, chance: number): number {
  const whole = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
