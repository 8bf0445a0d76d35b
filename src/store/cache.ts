import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Lease } from '../domain/async.ts';
import { lifetimesMs } from './keys.ts';
import { takeLease } from './leases.ts';
import { parseJson, type StoreParts } from './parts.ts';
import type { Cache, CacheEntry } from './store.ts';

interface Cached<T> {
  readonly value: T;
  readonly readAt: number;
}
const Stored = z.object({ readAt: z.number(), value: z.unknown() });

type Answer<T, F> = ({ readonly ok: true } & Cached<T>) | { readonly ok: false; readonly failure: F };
type Load<T, F> = (
  why: 'missing' | 'stale',
) => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: F }>;

const POLL_MS = 50;
/** After a refresh that failed nobody tries again for this long: what is stale is served meanwhile. */
const REST_AFTER_FAILURE_MS = 5000;

/**
 * One load over all instances however many wait. A load that fails while nothing is stored fails those who wait in
 * the same process; other instances then try once each.
 */
export function createCache(parts: StoreParts): Cache {
  const loading = new Map<string, Promise<unknown>>();
  const refreshing = new Set<string>();

  return {
    read: async (entry, load) => {
      const stored = await readEntry(parts, entry);
      if (stored) {
        if (!isFresh(parts, entry, stored) && !refreshing.has(entry.key)) {
          refreshing.add(entry.key);
          // Its failure is nobody's who reads: they were served, and the next one tries again.
          void refresh(parts, entry, load)
            .catch(() => undefined)
            .finally(() => refreshing.delete(entry.key));
        }
        return { ok: true, ...stored };
      }
      return shared(loading, entry.key, () => loadMissing(parts, entry, load));
    },
    forget: async (name) => {
      loading.delete(name);
      await parts.connection.run((redis) => redis.unlink(parts.keys.cache(name), parts.keys.cacheLoad(name)));
    },
  };
}

function isFresh<T>({ now }: StoreParts, entry: CacheEntry<T>, { readAt }: Cached<T>): boolean {
  return now() - readAt < entry.freshMs;
}

/** Whoever asks while one asks already has the same promise. */
function shared<T, F>(
  loading: Map<string, Promise<unknown>>,
  key: string,
  start: () => Promise<Answer<T, F>>,
): Promise<Answer<T, F>> {
  const already = loading.get(key);
  // The same key is the same entry with the same load, so it has the same types: the one thing callers must keep to.
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

/** The lease to load one entry, held by one reader over all instances. `forget` takes it away. */
type LoadLease = NonNullable<Awaited<ReturnType<typeof takeLoadLease>>>;

function takeLoadLease({ connection, keys }: StoreParts, { key }: { readonly key: string }) {
  return takeLease(connection, keys.cacheLoad(key), lifetimesMs.cacheLoad);
}

async function loadMissing<T, F>(parts: StoreParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
  for (;;) {
    const lease = await takeLoadLease(parts, entry);
    // Also with the lease: whoever had it before may have stored since we looked.
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
  /** After a failed load: at once, or after a while in which nobody tries again. */
  readonly giveUp: () => Promise<unknown>;
}

async function loadUnderLease<T, F>(
  { parts, entry, lease, giveUp }: Loading<T>,
  load: () => ReturnType<Load<T, F>>,
): Promise<Answer<T, F>> {
  // As of the beginning: what is cached is never called newer than it is.
  const readAt = parts.now();
  const stopRenewing = keepRenewing(lease);
  try {
    const result = await load().finally(stopRenewing);
    if (!result.ok) {
      await giveUp();
      return result;
    }
    const cached = { value: result.value, readAt };
    // Fleet was asked and has answered: a Redis that is away now must not cost the answer.
    await lease
      .releaseWith(parts.keys.cache(entry.key), entryText(parts, entry, cached), entry.keepMs)
      .catch(() => undefined);
    return { ok: true, ...cached };
  } catch (error) {
    await giveUp().catch(() => undefined);
    throw error;
  }
}

// A loader that died is replaced after the lease; one that is alive renews it this often, and not for ever.
const RENEW_EVERY_MS = lifetimesMs.cacheLoad / 3;
const MAX_RENEWALS = 18;

function keepRenewing(lease: Lease): () => void {
  let renewals = 0;
  const timer = setInterval(() => {
    renewals += 1;
    if (renewals === MAX_RENEWALS) clearInterval(timer);
    // Unheard or lost: the lease ends by itself, and `releaseWith` then writes nothing.
    lease.extend(lifetimesMs.cacheLoad).catch(() => undefined);
  }, RENEW_EVERY_MS).unref();
  return () => clearInterval(timer);
}
