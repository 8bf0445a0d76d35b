import { once } from 'node:events';
import { type RunningRedis, startRedis } from '../../sandbox/redis/start.ts';
import { connectRedis } from '../../src/store/connection.ts';
import type { RedisClient } from '../../src/store/redis.ts';

/** A machine that is busy with other tests doesn't mean that Redis is away. */
export const REDIS_PATIENCE_MS = 10_000;

let embedded: Promise<RunningRedis> | undefined;

/** `REDIS_URL`, else the one that this worker embeds until it ends. Tests share it: nothing on it is ever flushed. */
export async function redisUrlForTests(): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  embedded ??= startRedis();
  return (await embedded).url;
}

export function connectPatiently(url: string): RedisClient {
  return connectRedis(url, 'commands', { commandTimeoutMs: REDIS_PATIENCE_MS });
}

export async function ready(redis: RedisClient): Promise<RedisClient> {
  if (redis.status !== 'ready') await once(redis, 'ready');
  return redis;
}
