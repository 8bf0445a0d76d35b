import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Lease } from '../domain/async.ts';
import { lifetimesMs } from './keys.ts';
import { takeLease } from './leases.ts';
import { parseJson, type StoreParts } from './parts.ts';

export interface CacheEntry<T> {
  /** Below the workspace's prefix, such as `catalog:groups:FR`. */
  readonly key: string;
  readonly freshMs: number;
  readonly keepMs: number;
  /** Null: the stored value no longer has this shape (an older release wrote it), so it is loaded again. */
  readonly parse: (stored: unknown) => T | null;
  /** Encrypted at rest: everything about addresses. */
  readonly sealed?: boolean;
}

interface Cached<T> {
  readonly value: T;
  readonly readAt: number;
}

type Failed<F> = { readonly ok: false; readonly failure: F };
type Answer<T, F> = ({ readonly ok: true } & Cached<T>) | Failed<F>;
type Load<T, F> = (why: 'missing' | 'stale') => Promise<{ readonly ok: true; readonly value: T } | Failed<F>>;

/**
 * Stale-while-revalidate over all instances: fresh entries are served, stale ones are served while one reader refreshes
 * them, and a missing one is loaded once, however many wait. A failed load of a missing entry fails all who wait in the
 * same process; other instances then try once each.
 */
export function createCache(parts: StoreParts) {
  const loading = new Map<string, Promise<unknown>>();
  const refreshing = new Set<string>();

  return {
    async read<T, F>(entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
      const stored = await readEntry(parts, entry);
      if (!stored) return shared(loading, entry.key, () => loadMissing(parts, entry, load));
      if (!isFresh(parts, entry, stored) && !refreshing.has(entry.key)) {
        refreshing.add(entry.key);
        // A failed refresh fails no reader: they were served, and a later one tries again.
        void refresh(parts, entry, load)
          .catch(() => undefined)
          .finally(() => refreshing.delete(entry.key));
      }
      return { ok: true, ...stored };
    },

    async forget(name: string): Promise<void> {
      loading.delete(name);
      await parts.connection.run((redis) => redis.unlink(parts.keys.cache(name), parts.keys.cacheLoad(name)));
    },
  };
}

const Stored = z.object({ readAt: z.number(), value: z.unknown() });

const POLL_MS = 50;
/** After a failed refresh no one tries again for this long, and the stale entry is served. */
const REST_AFTER_FAILURE_MS = 5000;

function isFresh<T>({ now }: StoreParts, entry: CacheEntry<T>, { readAt }: Cached<T>): boolean {
  return now() - readAt < entry.freshMs;
}

/** Callers who ask during a load share its promise. */
function shared<T, F>(
  loading: Map<string, Promise<unknown>>,
  key: string,
  start: () => Promise<Answer<T, F>>,
): Promise<Answer<T, F>> {
  const already = loading.get(key);
  // Callers must use one key for one type of entry and load: then the types are the same.
  if (already) return already as Promise<Answer<T, F>>;
  const started = start().finally(() => {
    if (loading.get(key) === started) loading.delete(key);
  });
  loading.set(key, started);
  return started;
}

async function readEntry<T>(parts: StoreParts, entry: CacheEntry<T>): Promise<Cached<T> | null> {
  const key = parts.keys.cache(entry.key);
  const text = await parts.connection.run((redis) => redis.get(key));
  if (text === null) return null;
  const json = entry.sealed ? parts.seal.decrypt(key, text) : text;
  const stored = Stored.safeParse(json === null ? null : parseJson(json));
  const value = stored.success ? entry.parse(stored.data.value) : null;
  if (stored.success && value !== null) return { value, readAt: stored.data.readAt };
  parts.onUnreadable({ record: 'cache', key });
  return null;
}

function entryText<T>(parts: StoreParts, entry: CacheEntry<T>, cached: Cached<T>): string {
  const json = JSON.stringify(cached);
  return entry.sealed ? parts.seal.encrypt(parts.keys.cache(entry.key), json) : json;
}

/** The lease to load one entry, held by one reader over all instances. `forget` removes it. */
type LoadLease = NonNullable<Awaited<ReturnType<typeof takeLoadLease>>>;

function takeLoadLease({ connection, keys }: StoreParts, { key }: { readonly key: string }) {
  return takeLease(connection, [keys.cacheLoad(key)], lifetimesMs.cacheLoad);
}

async function loadMissing<T, F>(parts: StoreParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
  for (;;) {
    const lease = await takeLoadLease(parts, entry);
    // Also with the lease: its previous holder may have stored the entry since we read.
    const stored = await readEntry(parts, entry);
    if (stored) {
      await lease?.release();
      return { ok: true, ...stored };
    }
    if (lease) return loadUnderLease({ parts, entry, lease, giveUp: lease.release }, () => load('missing'));
    await sleep(POLL_MS);
  }
}

async function refresh<T, F>(parts: StoreParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<void> {
  const lease = await takeLoadLease(parts, entry);
  if (!lease) return;
  const stored = await readEntry(parts, entry);
  if (stored && isFresh(parts, entry, stored)) return lease.release();
  const giveUp = () => lease.extend(REST_AFTER_FAILURE_MS);
  await loadUnderLease({ parts, entry, lease, giveUp }, () => load('stale'));
}

interface Loading<T> {
  readonly parts: StoreParts;
  readonly entry: CacheEntry<T>;
  readonly lease: LoadLease;
  /** After a failed load: releases the lease now, or after a while in which no one tries again. */
  readonly giveUp: () => Promise<unknown>;
}

async function loadUnderLease<T, F>(
  { parts, entry, lease, giveUp }: Loading<T>,
  load: () => ReturnType<Load<T, F>>,
): Promise<Answer<T, F>> {
  // The time before the load: an entry is never called newer than it is.
  const readAt = parts.now();
  const stopRenewing = keepRenewing(lease);
  try {
    const result = await load().finally(stopRenewing);
    if (!result.ok) {
      await giveUp();
      return result;
    }
    const cached = { value: result.value, readAt };
    // Fleet has answered: Redis being away now must not cost us the answer.
    await lease
      .releaseWith(parts.keys.cache(entry.key), entryText(parts, entry, cached), entry.keepMs)
      .catch(() => undefined);
    return { ok: true, ...cached };
  } catch (error) {
    await giveUp().catch(() => undefined);
    throw error;
  }
}

// A dead loader's lease expires. A live one renews its lease this often, but not forever.
const RENEW_EVERY_MS = lifetimesMs.cacheLoad / 3;
const MAX_RENEWALS = 18;

function keepRenewing(lease: Lease): () => void {
  let renewals = 0;
  const timer = setInterval(() => {
    renewals += 1;
    if (renewals === MAX_RENEWALS) clearInterval(timer);
    // If this fails, the lease expires, and `releaseWith` then writes nothing.
    lease.extend(lifetimesMs.cacheLoad).catch(() => undefined);
  }, RENEW_EVERY_MS).unref();
  return () => clearInterval(timer);
}
