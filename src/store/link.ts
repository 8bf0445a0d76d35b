import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainableCommander, Cluster, Redis } from 'ioredis';
import { withTimeout } from '../domain/with-timeout.ts';
import { StoreUnavailable } from './store.ts';
import { unavailable } from './unavailable.ts';

export type RedisClient = Redis | Cluster;

export interface Script {
  readonly text: string;
  readonly sha: string;
}

/** The only way to Redis: whatever goes wrong on it comes out as `StoreUnavailable`. */
export interface Link {
  run<T>(command: (redis: RedisClient) => Promise<T>): Promise<T>;
  script(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** One round trip, answers in order; one that failed fails all. */
  pipeline(fill: (pipeline: ChainableCommander) => void): Promise<readonly unknown[]>;
}

// Together with the client's own bound for a command this stays below 1.5 s.
const WAIT_FOR_CONNECTION_MS = 400;

export function createLink(redis: RedisClient): Link {
  const run = async <T>(command: (redis: RedisClient) => Promise<T>): Promise<T> => {
    try {
      if (redis.status !== 'ready') await connected(redis);
      return await command(redis);
    } catch (error) {
      throw unavailable(error);
    }
  };
  return {
    run,
    script: (script, keys, args) => run(() => evaluate(redis, script, keys, args)),
    pipeline: (fill) =>
      run(async () => {
        const pipeline = redis.pipeline();
        fill(pipeline);
        return answersOf(await pipeline.exec());
      }),
  };
}

export function script(text: string): Script {
  return { text, sha: createHash('sha1').update(text).digest('hex') };
}

async function evaluate(
  redis: RedisClient,
  { text, sha }: Script,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await redis.evalsha(sha, keys.length, ...keys, ...args);
  } catch (error) {
    // Refused before anything ran: a Redis that was restarted or failed over does not know the script yet.
    if (error instanceof Error && error.message.startsWith('NOSCRIPT')) {
      return redis.eval(text, keys.length, ...keys, ...args);
    }
    throw error;
  }
}

function answersOf(results: readonly (readonly [Error | null, unknown])[] | null): readonly unknown[] {
  if (!results) throw new StoreUnavailable('Redis: pipeline was dropped');
  return results.map(([error, answer]) => {
    if (error) throw error;
    return answer;
  });
}

const waiting = new WeakMap<RedisClient, Promise<void>>();

/**
 * Commands are never queued while the connection is away, since one that was reported as failed would still be sent
 * later. A connection that is just coming back is waited for instead, before anything is sent.
 */
async function connected(redis: RedisClient): Promise<void> {
  const ready = waiting.get(redis) ?? nextReady(redis);
  const isReady = await withTimeout(sleep, WAIT_FOR_CONNECTION_MS, ready);
  if (isReady === null) throw new StoreUnavailable('Redis: not connected', true);
}

/** One listener for however many wait. */
function nextReady(redis: RedisClient): Promise<void> {
  const ready = new Promise<void>((resolve) => {
    redis.once('ready', () => {
      waiting.delete(redis);
      resolve();
    });
  });
  waiting.set(redis, ready);
  return ready;
}
