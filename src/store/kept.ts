import { randomBytes } from 'node:crypto';

export interface Cached<T> {
  readonly value: T;
  readonly readAt: number;
}

/** What of an entry says whether and how the process keeps it. */
interface KeptEntry {
  readonly key: string;
  readonly sealed?: boolean;
  readonly isShared?: true;
}

/** The end of an entry's text: more than its revision takes. */
export const TAIL_BYTES = 64;

/** Names what was written. It comes last in an entry's text. */
export function newRevision(): string {
  return randomBytes(12).toString('base64url');
}

const REVISION = /"revision":"([\w-]+)"\}$/;

/** Of an entry's text or its end. Null: the previous release wrote it. No two sealed texts end alike. */
export function revisionOf({ sealed }: Pick<KeptEntry, 'sealed'>, text: string): string | null {
  const tail = text.slice(-TAIL_BYTES);
  return sealed ? tail : (REVISION.exec(tail)?.[1] ?? null);
}

/**
 * In characters of their texts: some five lists of ten thousand products, which take 10 MB each once they are searched.
 * The one used last is always kept.
 */
const MAX_KEPT = 8_000_000;

/** The shared values that this process has read or written, by their revision. */
export function createKept(most: number = MAX_KEPT) {
  interface Kept {
    readonly revision: string;
    readonly cached: Cached<unknown>;
    readonly length: number;
  }
  /** Those that were used last come last. */
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<unknown>>();
  let length = 0;

  const drop = (key: string): void => {
    length -= kept.get(key)?.length ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, value: Kept): void => {
    drop(key);
    kept.set(key, value);
    length += value.length;
    for (const oldest of kept.keys()) if (length > most && oldest !== key) drop(oldest);
  };
  return {
    drop,

    keep<T>(entry: KeptEntry, text: string, cached: Cached<T>): void {
      const revision = entry.isShared ? revisionOf(entry, text) : null;
      if (revision !== null) keep(entry.key, { revision, cached, length: text.length });
    },

    /** Read at most once at a time, by whoever saw this revision: never a value that was replaced before. */
    value<T>({ key }: KeptEntry, revision: string, read: () => Promise<Cached<T> | null>): Promise<Cached<T> | null> {
      const known = kept.get(key);
      // Callers must use one key for one type of entry: then the types are the same.
      if (known?.revision === revision) {
        keep(key, known);
        return Promise.resolve(known.cached as Cached<T>);
      }
      return shared(reading, `${key} ${revision}`, read);
    },
  };
}

/** Callers who ask during a load share its promise. */
export function shared<T>(loading: Map<string, Promise<unknown>>, key: string, start: () => Promise<T>): Promise<T> {
  const already = loading.get(key);
  // Callers must use one key for one type of entry and load: then the types are the same.
  if (already) return already as Promise<T>;
  const started = start().finally(() => {
    if (loading.get(key) === started) loading.delete(key);
  });
  loading.set(key, started);
  return started;
}
