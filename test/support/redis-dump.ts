import { Redis } from 'ioredis';
import { z } from 'zod';

const Entry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('string'), value: z.string() }),
  z.object({ type: z.literal('hash'), value: z.record(z.string(), z.string()) }),
  z.object({ type: z.literal('list'), value: z.array(z.string()) }),
  z.object({ type: z.literal('set'), value: z.array(z.string()) }),
  z.object({ type: z.literal('zset'), value: z.array(z.tuple([z.string(), z.string()])) }),
  z.object({ type: z.literal('stream'), value: z.array(z.tuple([z.string(), z.array(z.string())])) }),
]);
type Entry = z.infer<typeof Entry>;

/** Every key with its type and value; lifetimes are left out, so that a fixture does not age. */
export const RedisDump = z.record(z.string(), Entry);
export type RedisDump = z.infer<typeof RedisDump>;

const connect = (url: string): Redis => new Redis(url, { maxRetriesPerRequest: null, replyMapping: 'legacy' });

/** What nobody holds any more once every process has ended, and the queue's own journal, are left out. */
const isKept = (key: string): boolean => !/:lease:|:cache-load:|:lock$|:events$|:budget|stalled/.test(key);

export async function dumpRedis(url: string, pattern: string): Promise<RedisDump> {
  const redis = connect(url);
  const dump: Record<string, Entry> = {};
  for (const key of (await redis.keys(pattern)).filter(isKept).sort()) {
    const entry = await readEntry(redis, key);
    if (entry !== null) dump[key] = entry;
  }
  redis.disconnect();
  return dump;
}

async function readEntry(redis: Redis, key: string): Promise<Entry | null> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return { type, value: (await redis.get(key)) ?? '' };
    case 'hash':
      return { type, value: await redis.hgetall(key) };
    case 'list':
      return { type, value: await redis.lrange(key, 0, -1) };
    case 'set':
      return { type, value: await redis.smembers(key) };
    case 'zset':
      return { type, value: pairs(await redis.zrange(key, '0', '-1', 'WITHSCORES')) };
    case 'stream':
      return { type, value: await redis.xrange(key, '-', '+') };
    default:
      return null;
  }
}

export async function loadRedis(url: string, dump: RedisDump): Promise<void> {
  const redis = connect(url);
  for (const [key, entry] of Object.entries(dump)) {
    await redis.del(key);
    await writeEntry(redis, key, entry);
  }
  redis.disconnect();
}

async function writeEntry(redis: Redis, key: string, entry: Entry): Promise<void> {
  switch (entry.type) {
    case 'string':
      await redis.set(key, entry.value);
      return;
    case 'hash':
      await redis.hset(key, entry.value);
      return;
    case 'list':
      await redis.rpush(key, ...entry.value);
      return;
    case 'set':
      await redis.sadd(key, ...entry.value);
      return;
    case 'zset':
      for (const [member, score] of entry.value) await redis.zadd(key, score, member);
      return;
    case 'stream':
      for (const [id, fields] of entry.value) await redis.xadd(key, id, ...fields);
      return;
    default:
      entry satisfies never;
  }
}

function pairs(flat: readonly string[]): [string, string][] {
  const all: [string, string][] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) all.push([flat[at] ?? '', flat[at + 1] ?? '']);
  return all;
}
