import type { RedisClient } from '../../src/store/redis.ts';
import { plain } from './sent.ts';

/** Everything that Redis holds for one workspace, queue included: name and content of each key. */
export async function everythingStored(redis: RedisClient, workspaceId: string): Promise<ReadonlyMap<string, string>> {
  const stored = new Map<string, string>();
  let cursor = '0';
  do {
    const [next, keys] = await redis.scan(cursor, 'MATCH', `*${workspaceId}*`, 'COUNT', '1000');
    cursor = next;
    for (const key of keys) stored.set(key, plain(await contentOf(redis, key)));
  } while (cursor !== '0');
  return stored;
}

async function contentOf(redis: RedisClient, key: string): Promise<unknown> {
  const type = await redis.type(key);
  switch (type) {
    case 'string':
      return redis.get(key);
    case 'hash':
      return redis.hgetall(key);
    case 'set':
      return redis.smembers(key);
    case 'zset':
      return redis.zrange(key, '0', '-1');
    case 'list':
      return redis.lrange(key, '0', '-1');
    case 'stream':
      return redis.xrange(key, '-', '+');
    default:
      return null;
  }
}
