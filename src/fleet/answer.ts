import { z } from 'zod';
import { type FleetFailure, isRejectionCode } from '../domain/failures/failure.ts';
import type { Answer, AnswerBody } from './http.ts';
import { TOO_MANY_REQUESTS, UNAUTHORIZED } from './inferred.ts';
import { retryAfterMs } from './rate-limit.ts';
import type { Page, Rows } from './schema.ts';

/** The request for one operation, and how to read its answer. */
export interface FleetCall<T> {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly read: Read<T>;
}

type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly dropped?: Dropped; readonly lacksMeta?: true }
  | { readonly ok: false; readonly issue: string };
/** Rows of a list that we couldn't read, and what was wrong with the first. */
interface Dropped {
  readonly rows: number;
  readonly issue: string;
}
export type Read<T> = (json: unknown) => Reading<T>;

type WithoutOperation<T> = T extends unknown ? Omit<T, 'operation'> : never;
/** A failure without its operation. */
type Refusal = WithoutOperation<FleetFailure>;
type Readable<T> = Extract<Reading<T>, { readonly ok: true }>;
export type Judged<T> = Readable<T> | { readonly ok: false; readonly refusal: Refusal };

interface JudgeContext {
  readonly now: number;
  /** To mask it if Fleet's words repeat it. */
  readonly apiKey: string;
}

/** What an answer means. Pure and total: every possible answer has exactly one outcome. */
export function judge<T>(call: Pick<FleetCall<T>, 'read'>, answer: Answer, context: JudgeContext): Judged<T> {
  if (answer.status >= 400) return failed(refusalOf(answer, context));
  if (answer.body.kind === 'lost') return failed({ kind: 'no_answer', why: answer.body.why });

  const unreadable = (issue: string) => failed({ kind: 'unreadable', issue, status: answer.status });
  if (answer.status < 200 || answer.status >= 300) return unreadable('redirect');
  const parsed = parseJson(answer.body);
  if (!parsed.ok) return unreadable(parsed.issue);
  const reading = call.read(parsed.json);
  return reading.ok ? reading : unreadable(reading.issue);
}

/** Somebody on the way stopped waiting (or, 425, did not want to): Fleet may still carry it out. */
const gaveUpWaiting: ReadonlySet<number> = new Set([408, 425, 499]);

/** 4xx and 5xx. The code takes precedence: Fleet's pages disagree about some statuses, but never about a code. */
function refusalOf({ status, headers, body }: Answer, { now, apiKey }: JudgeContext): Refusal {
  // The status alone decides: the bodies of these are undocumented.
  if (status === TOO_MANY_REQUESTS) return { kind: 'rate_limited', retryAfterMs: retryAfterMs(headers, now) };
  if (status === UNAUTHORIZED) return { kind: 'unauthorized' };
  if (gaveUpWaiting.has(status)) return { kind: 'no_answer', why: 'timeout' };
  if (body.kind === 'lost')
    return status >= 500 ? { kind: 'unavailable', status } : { kind: 'no_answer', why: body.why };

  const parsed = parseJson(body);
  const error = errorIn(parsed);
  if (error === 'INSUFFICIENT_SCOPE') return { kind: 'insufficient_scope' };
  if (error === 'COMPANY_NOT_FOUND') return { kind: 'company_not_found' };
  if (error === 'INTERNAL_ERROR' || status >= 500) return { kind: 'unavailable', status };
  if (error === null) return { kind: 'unreadable', issue: parsed.ok ? 'error: missing' : parsed.issue, status };
  if (isRejectionCode(error)) return { kind: 'rejected', code: error, status };
  return { kind: 'rejected_in_words', words: maskWords(error, apiKey), status };
}

function failed(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

type AnswerJson =
  | { readonly ok: true; readonly json: unknown }
  | { readonly ok: false; readonly issue: 'too large' | 'empty' | 'HTML' | 'not JSON' };

function parseJson(body: Exclude<AnswerBody, { readonly kind: 'lost' }>): AnswerJson {
  if (body.kind === 'too_large') return { ok: false, issue: 'too large' };
  const text = body.text.trim();
  if (text === '') return { ok: false, issue: 'empty' };
  if (text.startsWith('<')) return { ok: false, issue: 'HTML' };
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return { ok: false, issue: 'not JSON' };
  }
}

const ErrorEnvelope = z.object({ error: z.string().trim().min(1) });

/** The code or message in `{ "error": … }`, or null. */
function errorIn(answer: AnswerJson): string | null {
  return answer.ok ? (ErrorEnvelope.safeParse(answer.json).data?.error ?? null) : null;
}

const MAX_CHARACTERS = 300;
/** The patterns below are quadratic on a long word, so they get no more than this. */
const MAX_SEARCHED = 2_000;
const EMAIL = /[^\s@<>"'(),:;]+@[^\s@<>"'(),:;]+/g;
const FLEET_KEY = /flt_sk_[\w-]+/g;
/** Control characters would break a log line or a Slack message. */
const BLANK = /[\s\p{Cc}]+/gu;

/** Fleet's own words, safe to show: one line, clipped, without email addresses or keys. */
export function maskWords(words: string, apiKey: string): string {
  const masked = words
    .slice(0, MAX_SEARCHED)
    .replaceAll(apiKey, '[key]')
    .replace(FLEET_KEY, '[key]')
    .replace(EMAIL, '[email]');
  const line = masked.replace(BLANK, ' ').trim();
  if (line.length <= MAX_CHARACTERS) return line;
  // Don't leave half of a surrogate pair.
  return `${line.slice(0, MAX_CHARACTERS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** `{ "data": … }` */
export function readData<T>(schema: z.ZodType<T>): Read<T> {
  const envelope = z.object({ data: schema });
  return (json) => {
    const parsed = envelope.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data.data } : { ok: false, issue: issueOf(parsed.error) };
  };
}

/** An answer about another cart or order says nothing about this one. */
export function readAbout<T extends { readonly fleetOrderId: number }>(fleetOrderId: number, read: Read<T>): Read<T> {
  return readAsked(read, (order) => order.fleetOrderId === fleetOrderId, 'order');
}

/** Nor does one about another record. */
export function readAsked<T>(read: Read<T>, isAsked: (value: T) => boolean, what = 'record'): Read<T> {
  return (json) => {
    const reading = read(json);
    if (!reading.ok || isAsked(reading.value)) return reading;
    return { ok: false, issue: `another ${what} than the one asked for` };
  };
}

const Meta = z.object({ total: z.int(), limit: z.int(), offset: z.int() });

/** `{ "data": [ … ], "meta": { total, limit, offset } }`. */
export function readPage<T>(row: z.ZodType<T>, { mayLackMeta = false } = {}): Read<Page<T>> {
  const rows = readRows(row);
  return (json) => {
    const read = rows(json);
    if (!read.ok) return read;
    const parsed = z.object({ meta: Meta }).safeParse(json);
    if (parsed.success) return { ...read, value: { ...read.value, ...parsed.data.meta } };
    if (!mayLackMeta) return { ok: false, issue: issueOf(parsed.error) };
    const total = read.value.items.length + read.value.unreadableAt.length;
    return { ...read, value: { ...read.value, total, limit: total, offset: 0, isUnpaged: true }, lacksMeta: true };
  };
}

/** Leaves out unreadable rows. If none of several rows is readable, the shape has changed, and that is a failure. */
export function readRows<T>(row: z.ZodType<T>): Read<Rows<T>> {
  const list = z.object({ data: z.array(z.unknown()) });
  return (json) => {
    const parsed = list.safeParse(json);
    if (!parsed.success) return { ok: false, issue: issueOf(parsed.error) };
    const read = parsed.data.data.map((one) => row.safeParse(one));
    const items = read.flatMap((one) => (one.success ? [one.data] : []));
    const failed = read.flatMap((one, at) => (one.success ? [] : [{ at, issue: issueOf(one.error) }]));
    const value = { items, unreadableAt: failed.map(({ at }) => at) };
    const issue = failed[0]?.issue;
    if (issue === undefined) return { ok: true, value };
    if (items.length === 0 && failed.length > 1) return { ok: false, issue: `data[]: ${issue}` };
    return { ok: true, value, dropped: { rows: failed.length, issue } };
  };
}

/** Every row or none: a list that decides whether a cart exists must not miss one. */
export function readWholePage<T>(row: z.ZodType<T>): Read<Page<T>> {
  const page = readPage(row);
  return (json) => {
    const read = page(json);
    return read.ok && read.dropped ? { ok: false, issue: `data[]: ${read.dropped.issue}` } : read;
  };
}

const MAX_ISSUES = 3;

/** Field names and zod's issue codes, never a value. */
export function issueOf(error: z.ZodError): string {
  return error.issues
    .slice(0, MAX_ISSUES)
    .map(({ path, code }) => `${path.map(String).join('.') || 'answer'}: ${code}`)
    .join('; ');
}
