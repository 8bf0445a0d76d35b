import { z } from 'zod';
import { parseJson } from './codec.ts';
import type { CacheEntry } from './store.ts';
import type { StoreParts } from './store-parts.ts';

export interface Cached<T> {
  readonly value: T;
  readonly readAt: number;
}

const Stored = z.object({ readAt: z.number(), value: z.unknown() });

export async function readEntry<T>(parts: StoreParts, entry: CacheEntry<T>): Promise<Cached<T> | null> {
  const key = parts.keys.cache(entry.key);
  const text = await parts.link.run((redis) => redis.get(key));
  if (text === null) return null;
  const json = entry.sealed ? parts.seal.decrypt(key, text) : text;
  const stored = Stored.safeParse(json === null ? null : parseJson(json));
  const value = stored.success ? entry.parse(stored.data.value) : null;
  if (stored.success && value !== null) return { value, readAt: stored.data.readAt };
  parts.onUnreadable({ record: 'cache', key });
  return null;
}

export function entryText<T>(parts: StoreParts, entry: CacheEntry<T>, cached: Cached<T>): string {
  const json = JSON.stringify(cached);
  return entry.sealed ? parts.seal.encrypt(parts.keys.cache(entry.key), json) : json;
}
