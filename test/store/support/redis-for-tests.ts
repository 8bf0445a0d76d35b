import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, onTestFinished } from 'vitest';
import { type RunningRedis, startRedis } from '../../../sandbox/redis/start.ts';
import type { TenantId } from '../../../src/domain/ids.ts';
import { connectRedis } from '../../../src/store/connect.ts';
import type { RedisClient } from '../../../src/store/link.ts';

/** `REDIS_URL` when it is set, else a Redis of its own. A given server is shared: nothing on it is ever flushed. */
export async function redisForTests(): Promise<RunningRedis> {
  const given = process.env.REDIS_URL;
  return given ? { url: given, close: async () => undefined } : startRedis();
}

/** What isolates one test from another on the same Redis. */
export function aTenant(): TenantId {
  return `T${randomBytes(8).toString('hex').toUpperCase()}` as TenantId;
}

/** A client besides the file's own; a failed test that left it open would keep the embedded Redis from closing. */
export function anotherClient(url: string): RedisClient {
  const redis = connectRedis(url, 'commands');
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** One Redis and one client for a test file, both closed after it. */
export async function redisOfFile(): Promise<{ readonly url: string; readonly redis: RedisClient }> {
  const running = await redisForTests();
  const redis = connectRedis(running.url, 'commands');
  await once(redis, 'ready');
  afterAll(async () => {
    redis.disconnect();
    await running.close();
  });
  return { url: running.url, redis };
}
