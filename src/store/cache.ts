import { setTimeout as sleep } from 'node:timers/promises';
import { type Cached, readEntry } from './cache-entry.ts';
import { type CacheTurn, takeCacheTurn } from './cache-turn.ts';
import type { Cache, CacheEntry } from './store.ts';
import type { StoreParts } from './store-parts.ts';

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
      await parts.link.run((redis) => redis.unlink(parts.keys.cache(name), parts.keys.cacheLoad(name)));
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

async function loadMissing<T, F>(parts: StoreParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<Answer<T, F>> {
  for (;;) {
    const turn = await takeCacheTurn(parts, entry.key);
    // Also with the turn: whoever had it before may have stored since we looked.
    const stored = await readEntry(parts, entry);
    if (stored) {
      await turn?.giveUp(0);
      return { ok: true, ...stored };
    }
    if (turn) return loadInTurn({ parts, entry, turn, restMs: 0 }, () => load('missing'));
    await sleep(POLL_MS);
  }
}

async function refresh<T, F>(parts: StoreParts, entry: CacheEntry<T>, load: Load<T, F>): Promise<void> {
  const turn = await takeCacheTurn(parts, entry.key);
  if (!turn) return;
  const stored = await readEntry(parts, entry);
  if (stored && isFresh(parts, entry, stored)) return turn.giveUp(0);
  await loadInTurn({ parts, entry, turn, restMs: REST_AFTER_FAILURE_MS }, () => load('stale'));
}

interface Loading<T> {
  readonly parts: StoreParts;
  readonly entry: CacheEntry<T>;
  readonly turn: CacheTurn;
  readonly restMs: number;
}

async function loadInTurn<T, F>(
  { parts, entry, turn, restMs }: Loading<T>,
  load: () => ReturnType<Load<T, F>>,
): Promise<Answer<T, F>> {
  // As of the beginning: what is cached is never called newer than it is.
  const readAt = parts.now();
  try {
    const result = await load();
    if (!result.ok) {
      await turn.giveUp(restMs);
      return result;
    }
    const cached = { value: result.value, readAt };
    // Fleet was asked and has answered: a Redis that is away now must not cost the answer.
    await turn.store(entry, cached).catch(() => undefined);
    return { ok: true, ...cached };
  } catch (error) {
    await turn.giveUp(restMs).catch(() => undefined);
    throw error;
  }
}
