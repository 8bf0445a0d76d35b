import { randomBytes } from 'node:crypto';
import { afterAll, onTestFinished } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { connectPatiently, ready, redisUrlForTests } from '../../support/redis-url.ts';

/** What isolates one test from another on the same Redis. */
export function aWorkspaceId(): WorkspaceId {
  return `T${randomBytes(8).toString('hex').toUpperCase()}` as WorkspaceId;
}

/** A second client, closed with its test. */
export function anotherClient(url: string): RedisClient {
  const redis = connectPatiently(url);
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** One client for a test file, closed after it. */
export async function redisOfFile(): Promise<{ readonly url: string; readonly redis: RedisClient }> {
  const url = await redisUrlForTests();
  const redis = await ready(connectPatiently(url));
  afterAll(() => redis.disconnect());
  return { url, redis };
}

/** Call the result: these hashes are as they are now, as after a failover to a replica that lags. */
export async function snapshotHashes(redis: RedisClient, keys: readonly string[]): Promise<() => Promise<void>> {
  const kept = await Promise.all(keys.map((key) => redis.hgetall(key)));
  return async () => {
    for (const [index, key] of keys.entries()) {
      const fields = kept[index] ?? {};
      await redis.del(key);
      if (Object.keys(fields).length > 0) await redis.hset(key, fields);
    }
  };
}
