import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Lease } from '../domain/async.ts';
import { parseJson } from './codec.ts';
import { type Cached, createKept, newRevision, revisionOf, shared, TAIL_BYTES } from './kept.ts';
import { lifetimesMs } from './keys.ts';
import { takeLease } from './leases.ts';
import type { StoreParts } from './parts.ts';
import type { Connection } from './redis.ts';

export interface CacheEntry<T> {
  /** Below the workspace's prefix, such as `catalog:groups:FR`. */
  readonly key: string;
  readonly freshMs: number | ((value: T) => number);
  readonly keepMs: number;
  /** Null: the stored value no longer has this shape (an older release wrote it), so it is loaded again. */
  readonly parse: (stored: unknown) => T | null;
  /** Encrypted at rest: everything about addresses. */
  readonly sealed?: boolean;
  /** Long and read often: the process keeps it for as long as Redis holds the same. All readers share the one value. */
  readonly isShared?: true;
}

type Failed<F> = { readonly ok: false; readonly failure: F };
type Answer<T, F> = ({ readonly ok: true } & Cached<T>) | Failed<F>;
type Load<T, F> = (
  why: 'missing' | 'stale',
  slowly: LoadingSlowly<T>,
) => Promise<{ readonly ok: true; readonly value: T } | Failed<F>>;

/** For a load of minutes. */
export interface LoadingSlowly<T> {
  /** What people are served until the load ends. */
  readonly stored: T | null;
  /** Serves a part until then. It is never fresh: if this process dies, the next reader loads again. */
  readonly servePart: (part: T) => Promise<void>;
}

/** A store's parts, and what the process keeps of the cache. */
interface CacheParts extends StoreParts {
  readonly kept: ReturnType<typeof createKept>;
  /** Entries that this process loads while something else is served. */
  readonly refreshing: Set<string>;
}

/**
 * Stale-while-revalidate over all instances: fresh entries are served, stale ones are served while one reader refreshes
 * them, and a missing one is loaded once, however many wait. A failed load of a missing entry fails all who wait in the
 * same process; other instances then try once each.
 */
export function createCache(storeParts: StoreParts) {
  const loading = new Map<string, Promise<unknown>>();
  const parts: CacheParts = { ...storeParts, kept: createKept(), refreshing: new Set() };

  const over = (connection: Connection) => ({
    async read<T, F>(entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
      const stored = await readEntry(parts, entry, connection);
      if (!stored) return shared(loading, entry.key, () => loadMissing(parts, entry, load));
      if (!isFresh(parts, entry, stored) && !parts.refreshing.has(entry.key)) {
        parts.refreshing.add(entry.key);
        // A failed refresh fails no reader: they were served, and a later one tries again.
        void refresh(parts, entry, load)
          .catch(() => undefined)
          .finally(() => parts.refreshing.delete(entry.key));
      }
      return { ok: true, ...stored };
    },

    async forget(name: string): Promise<void> {
      loading.delete(name);
      parts.kept.drop(name);
      await parts.connection.run((redis) => redis.unlink(parts.keys.cache(name), parts.keys.cacheLoad(name)));
    },
  });
  /** `over`: the same cache for a snapshot, which says what is stored. */
  return { ...over(parts.connection), over };
}

const Stored = z.object({ readAt: z.number(), value: z.unknown() });

const POLL_MS = 50;
/** After a failed refresh no one tries again for this long, and the stale entry is served. */
const REST_AFTER_FAILURE_MS = 5000;

function isFresh<T>({ now }: StoreParts, entry: CacheEntry<T>, { value, readAt }: Cached<T>): boolean {
  const { freshMs } = entry;
  return now() - readAt < (typeof freshMs === 'number' ? freshMs : freshMs(value));
}

async function readEntry<T>(
  parts: CacheParts,
  entry: CacheEntry<T>,
  connection: Connection = parts.connection,
): Promise<Cached<T> | null> {
  if (!entry.isShared) return readWhole(parts, entry);
  const key = parts.keys.cache(entry.key);
  const tail = await connection.read('GETRANGE', key, -TAIL_BYTES, -1);
  if (tail === '') return null;
  const revision = revisionOf(entry, tail);
  return revision === null ? readWhole(parts, entry) : parts.kept.value(entry, revision, () => readWhole(parts, entry));
}

async function readWhole<T>(parts: CacheParts, entry: CacheEntry<T>): Promise<Cached<T> | null> {
  const key = parts.keys.cache(entry.key);
  const text = await parts.connection.run((redis) => redis.get(key));
  if (text === null) return null;
  const json = entry.sealed ? parts.seal.decrypt(key, text) : text;
  const stored = Stored.safeParse(json === null ? null : parseJson(json));
  const value = stored.success ? entry.parse(stored.data.value) : null;
  if (stored.success && value !== null) {
    const cached = { value, readAt: stored.data.readAt };
    parts.kept.keep(entry, text, cached);
    return cached;
  }
  parts.onUnreadable({ record: 'cache', key });
  return null;
}

function entryText<T>(parts: StoreParts, entry: CacheEntry<T>, cached: Cached<T>): string {
  const json = JSON.stringify({ ...cached, revision: newRevision() });
  return entry.sealed ? parts.seal.encrypt(parts.keys.cache(entry.key), json) : json;
}

/** The lease to load one entry, held by one reader over all instances. `forget` removes it. */
type LoadLease = NonNullable<Awaited<ReturnType<typeof takeLoadLease>>>;

function takeLoadLease({ connection, keys }: StoreParts, { key }: { readonly key: string }) {
  return takeLease(connection, [keys.cacheLoad(key)], lifetimesMs.cacheLoad);
}

async function loadMissing<T, F>(parts: CacheParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
  for (;;) {
    const lease = await takeLoadLease(parts, entry);
    // Also with the lease: its previous holder may have stored the entry since we read.
    const stored = await readEntry(parts, entry);
    if (stored) {
      await lease?.release();
      return { ok: true, ...stored };
    }
    if (lease) {
      const giveUp = lease.release;
      return new Promise((resolve, reject) => {
        const onPart = (part: Cached<T>) => {
          parts.refreshing.add(entry.key);
          resolve({ ok: true, ...part });
        };
        loadUnderLease({ parts, entry, lease, giveUp, stored: null, onPart }, (slowly) => load('missing', slowly))
          .finally(() => parts.refreshing.delete(entry.key))
          .then(resolve, reject);
      });
    }
    await sleep(POLL_MS);
  }
}

async function refresh<T, F>(parts: CacheParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<void> {
  const lease = await takeLoadLease(parts, entry);
  if (!lease) return;
  const stored = await readEntry(parts, entry);
  if (stored && isFresh(parts, entry, stored)) return lease.release();
  const giveUp = () => lease.extend(REST_AFTER_FAILURE_MS);
  const onPart = () => undefined;
  const loading: Loading<T> = { parts, entry, lease, giveUp, stored: stored?.value ?? null, onPart };
  await loadUnderLease(loading, (slowly) => load('stale', slowly));
}

interface Loading<T> {
  readonly parts: CacheParts;
  readonly entry: CacheEntry<T>;
  readonly lease: LoadLease;
  /** After a failed load: releases the lease now, or after a while in which no one tries again. */
  readonly giveUp: () => Promise<unknown>;
  readonly stored: T | null;
  readonly onPart: (part: Cached<T>) => void;
}

async function loadUnderLease<T, F>(
  { parts, entry, lease, giveUp, stored, onPart }: Loading<T>,
  load: (slowly: LoadingSlowly<T>) => ReturnType<Load<T, F>>,
): Promise<Answer<T, F>> {
  const key = parts.keys.cache(entry.key);
  const write = async (cached: Cached<T>, how: LoadLease['releaseWith']): Promise<void> => {
    const text = entryText(parts, entry, cached);
    parts.kept.keep(entry, text, cached);
    // Fleet has answered: Redis being away now must not cost us the answer.
    await how(key, text, entry.keepMs).catch(() => undefined);
  };
  const servePart = async (value: T): Promise<void> => {
    const part = { value, readAt: NEVER_FRESH };
    await write(part, lease.writeUnder);
    onPart(part);
  };
  // The time before the load: an entry is never called newer than it is.
  const readAt = parts.now();
  const stopRenewing = keepRenewing(lease, entry);
  try {
    const result = await load({ stored, servePart }).finally(stopRenewing);
    if (!result.ok) {
      await giveUp();
      return result;
    }
    const cached = { value: result.value, readAt };
    await write(cached, lease.releaseWith);
    return { ok: true, ...cached };
  } catch (error) {
    await giveUp().catch(() => undefined);
    throw error;
  }
}

const NEVER_FRESH = 0;

// A dead loader's lease expires. A live one renews its lease this often, but not forever.
const RENEW_EVERY_MS = lifetimesMs.cacheLoad / 3;
const MAX_RENEWALS = 18;
/** A shared list of many pages waits for room in the request budget. */
const MAX_RENEWALS_OF_LISTS = 180;

function keepRenewing<T>(lease: Lease, { isShared }: CacheEntry<T>): () => void {
  const most = isShared ? MAX_RENEWALS_OF_LISTS : MAX_RENEWALS;
  let renewals = 0;
  const timer = setInterval(() => {
    renewals += 1;
    if (renewals === most) clearInterval(timer);
    // If this fails, the lease expires, and `releaseWith` then writes nothing.
    lease.extend(lifetimesMs.cacheLoad).catch(() => undefined);
  }, RENEW_EVERY_MS).unref();
  return () => clearInterval(timer);
}
