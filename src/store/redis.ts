import { setTimeout as sleep } from 'node:timers/promises';
import type { ChainableCommander, Cluster, Redis } from 'ioredis';
import { withTimeout } from '../domain/async.ts';
import { StoreUnavailable } from '../domain/failures/failure.ts';

/** Says only what kind of failure it was: the client's errors quote the command's arguments, with notes and names. */
export function unavailable(error: unknown): StoreUnavailable {
  if (error instanceof StoreUnavailable) return error;
  const { kind, isRefused } = failureOf(error);
  return new StoreUnavailable(`Redis: ${kind}`, isRefused);
}

// The client follows a redirection, and tries again while a slot moves or has no master, until it has done so too often.
const REDIRECTIONS = /^Too many Cluster redirections\. Last error: ReplyError: (\w+)/;
const NOT_SENT = /enableOfflineQueue options is false$/;
const CODE = /\bE[A-Z]{4,}\b/;

function failureOf(error: unknown): { readonly kind: string; readonly isRefused: boolean } {
  if (!(error instanceof Error)) return { kind: 'failed', isRefused: false };
  const { name, message } = error;
  // Redis's answer begins with a code (`OOM`, `READONLY`, `WRONGTYPE`). The rest may quote data.
  const answer = name === 'ReplyError' ? message.split(' ', 1)[0] : REDIRECTIONS.exec(message)?.[1];
  if (answer !== undefined) return { kind: `answered ${answer}`, isRefused: true };
  if (NOT_SENT.test(message)) return { kind: 'not connected', isRefused: true };
  if ('code' in error && typeof error.code === 'string') return { kind: error.code, isRefused: false };
  // After the first sentence, the client quotes the error of one node, with its address.
  const [what = '', ...rest] = message.split('. ');
  const code = CODE.exec(rest.join())?.[0];
  return { kind: code === undefined ? what : `${what} (${code})`, isRefused: false };
}

export type RedisClient = Redis | Cluster;

/** The only way to Redis. Every failure is thrown as `StoreUnavailable`. */
export interface Connection {
  run<T>(command: (redis: RedisClient) => Promise<T>): Promise<T>;
  /** Sent by its hash, or whole if Redis doesn't know it (after a restart or failover). All `keys` are in one slot. */
  script(lua: string, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  /** One round trip, with answers in order. If one command fails, so does the pipeline. */
  pipeline(fill: (pipeline: ChainableCommander) => void): Promise<readonly unknown[]>;
}

// With the client's own time-out for a command, this stays below 1.5 s.
const WAIT_FOR_CONNECTION_MS = 400;

export function connectionTo(redis: RedisClient): Connection {
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
    script: (lua, keys, args) => run(() => evaluate(redis, lua, keys, args)),
    pipeline: (fill) =>
      run(async () => {
        const pipeline = redis.pipeline();
        fill(pipeline);
        return answersOf(await pipeline.exec());
      }),
  };
}

/** What `defineCommand` adds to a client. */
type Scripted = Readonly<Record<string, (keyCount: number, ...keysAndArgs: (string | number)[]) => Promise<unknown>>>;

async function evaluate(
  redis: RedisClient,
  lua: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  // Named by its text, so that no two scripts share a name.
  if (!(lua in redis)) redis.defineCommand(lua, { lua });
  return (redis as unknown as Scripted)[lua]?.(keys.length, ...keys, ...args);
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
 * Commands are never queued while disconnected: one reported as failed would still be sent later. Instead we wait a
 * moment for the connection before sending anything.
 */
async function connected(redis: RedisClient): Promise<void> {
  const ready = waiting.get(redis) ?? nextReady(redis);
  const isReady = await withTimeout(sleep, WAIT_FOR_CONNECTION_MS, ready);
  if (isReady === null) throw new StoreUnavailable('Redis: not connected', true);
}

/** One listener, however many commands wait. */
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

/**
 * For scripts: Redis's own time in milliseconds. Instances' clocks differ, so whatever several of them compare is dated
 * by this one.
 */
export const luaNow = `
local function now()
  local time = redis.call('TIME')
  return time[1] .. string.format('%03d', math.floor(time[2] / 1000))
end
`;
