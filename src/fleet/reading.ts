import { z } from 'zod';
import type { Page } from './schema.ts';

export type Reading<T> =
  | { readonly ok: true; readonly value: T; readonly dropped?: Dropped; readonly lacksMeta?: true }
  | { readonly ok: false; readonly issue: string };
/** Rows of a list that could not be read, and where the first of them failed. */
interface Dropped {
  readonly rows: number;
  readonly issue: string;
}
export type Read<T> = (json: unknown) => Reading<T>;

/** `{ "data": … }` */
export function readData<T>(schema: z.ZodType<T>): Read<T> {
  const envelope = z.object({ data: schema });
  return (json) => {
    const parsed = envelope.safeParse(json);
    return parsed.success ? { ok: true, value: parsed.data.data } : { ok: false, issue: issueOf(parsed.error) };
  };
}

/** An answer about another cart or order does not say what became of this one. */
export function about<T extends { readonly fleetOrderId: number }>(fleetOrderId: number, read: Read<T>): Read<T> {
  return (json) => {
    const reading = read(json);
    if (!reading.ok || reading.value.fleetOrderId === fleetOrderId) return reading;
    return { ok: false, issue: 'another order than the one asked for' };
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
    if (parsed.success) return { ...read, value: { items: read.value, ...parsed.data.meta } };
    if (!mayLackMeta) return { ok: false, issue: issueOf(parsed.error) };
    const total = read.value.length;
    return { ...read, value: { items: read.value, total, limit: total, offset: 0 }, lacksMeta: true };
  };
}

/** A row that cannot be read is left out; when no row of several can, it is the shape that changed. */
export function readRows<T>(row: z.ZodType<T>): Read<readonly T[]> {
  const list = z.object({ data: z.array(z.unknown()) });
  return (json) => {
    const parsed = list.safeParse(json);
    if (!parsed.success) return { ok: false, issue: issueOf(parsed.error) };
    const read = parsed.data.data.map((one) => row.safeParse(one));
    const value = read.flatMap((one) => (one.success ? [one.data] : []));
    const failed = read.flatMap((one) => (one.success ? [] : [issueOf(one.error)]));
    const issue = failed[0];
    if (issue === undefined) return { ok: true, value };
    if (value.length === 0 && failed.length > 1) return { ok: false, issue: `data[]: ${issue}` };
    return { ok: true, value, dropped: { rows: failed.length, issue } };
  };
}

/** Every row or none: what decides whether a cart exists may not overlook one. */
export function readWholePage<T>(row: z.ZodType<T>): Read<Page<T>> {
  const page = readPage(row);
  return (json) => {
    const read = page(json);
    return read.ok && read.dropped ? { ok: false, issue: `data[]: ${read.dropped.issue}` } : read;
  };
}

const MOST_ISSUES = 3;

/** Names of fields and zod's name for what is wrong with them, never a value. */
export function issueOf(error: z.ZodError): string {
  return error.issues
    .slice(0, MOST_ISSUES)
    .map(({ path, code }) => `${path.map(String).join('.') || 'answer'}: ${code}`)
    .join('; ');
}
