import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterAll, onTestFinished } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { connectRedis } from '../../../src/store/connection.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { redisUrlForTests } from '../../support/redis-url.ts';

/** What isolates one test from another on the same Redis. */
export function aWorkspaceId(): WorkspaceId {
  return `T${randomBytes(8).toString('hex').toUpperCase()}` as WorkspaceId;
}

/** A second client, closed with its test. */
export function anotherClient(url: string): RedisClient {
  const redis = connectRedis(url, 'commands');
  onTestFinished(() => redis.disconnect());
  return redis;
}

/** One client for a test file, closed after it. */
export async function redisOfFile(): Promise<{ readonly url: string; readonly redis: RedisClient }> {
  const url = await redisUrlForTests();
  const redis = connectRedis(url, 'commands');
  await once(redis, 'ready');
  afterAll(() => redis.disconnect());
  return { url, redis };
}
