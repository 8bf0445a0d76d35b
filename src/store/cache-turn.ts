import { randomUUID } from 'node:crypto';
import { type Cached, entryText } from './cache-entry.ts';
import { lifetimesMs } from './keys.ts';
import type { CacheEntry } from './store.ts';
import type { StoreParts } from './store-parts.ts';

/** The turn to load one entry, held by one reader over all instances. */
export interface CacheTurn {
  /** Writes what was loaded and ends the turn; writes nothing when the turn was lost or the entry forgotten meanwhile. */
  store<T>(entry: CacheEntry<T>, cached: Cached<T>): Promise<void>;
  /** Ends the turn with nothing written, at once or after a while in which nobody tries again. */
  giveUp(afterMs: number): Promise<void>;
}

const store = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
`;

const extend = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

// A loader that died is replaced after the lease; one that is alive says so this often, and not for ever.
const SIGN_OF_LIFE_MS = lifetimesMs.cacheLoad / 3;
const SIGNS_OF_LIFE = 18;

export async function takeCacheTurn(parts: StoreParts, name: string): Promise<CacheTurn | null> {
  const { keys, link } = parts;
  const key = keys.cacheLoad(name);
  const token = randomUUID();
  const taken = await link.run((redis) => redis.set(key, token, 'PX', lifetimesMs.cacheLoad, 'NX'));
  if (taken !== 'OK') return null;

  let signs = 0;
  const alive = setInterval(() => {
    signs += 1;
    if (signs === SIGNS_OF_LIFE) clearInterval(alive);
    // Unheard or lost: the turn ends by itself, and `store` then writes nothing.
    link.script(extend, [key], [token, lifetimesMs.cacheLoad]).catch(() => undefined);
  }, SIGN_OF_LIFE_MS).unref();

  return {
    store: async (entry, cached) => {
      clearInterval(alive);
      const text = entryText(parts, entry, cached);
      await link.script(store, [key, keys.cache(entry.key)], [token, text, entry.keepMs]);
    },
    giveUp: async (afterMs) => {
      clearInterval(alive);
      await link.script(extend, [key], [token, afterMs]);
    },
  };
}
