import { randomUUID } from 'node:crypto';
import type { Lease } from '../domain/async.ts';
import type { SlackViewId } from '../domain/ids.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './parts.ts';
import type { Connection } from './redis.ts';

const extend = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])
`;

const release = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;

const releaseWith = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('DEL', KEYS[1])
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
`;

interface WritingLease extends Lease {
  /** Releases the lease and writes what it was taken for in one step. Writes nothing when the lease was lost. */
  releaseWith(key: string, value: string, keepMs: number): Promise<void>;
}

/** Null: somebody else holds it. A holder whose time is over can neither extend nor release what another took since. */
export async function takeLease(link: Connection, key: string, ms: number): Promise<WritingLease | null> {
  const token = randomUUID();
  const taken = await link.run((redis) => redis.set(key, token, 'PX', ms, 'NX'));
  if (taken !== 'OK') return null;
  return {
    extend: async (more) => (await link.script(extend, [key], [token, more])) === 1,
    release: () => releaseInTime(() => link.script(release, [key], [token]), ms),
    releaseWith: async (written, value, keepMs) => {
      await link.script(releaseWith, [key, written], [token, value, keepMs]);
    },
  };
}

const AGAIN_MS = 500;

/**
 * What was done under the lease is done: that Redis is away now fails nobody. But an instance that lives on gives its
 * lease back when Redis is there again, so that nobody waits for the end of its time.
 */
async function releaseInTime(tryRelease: () => Promise<unknown>, leftMs: number): Promise<void> {
  try {
    await tryRelease();
  } catch {
    if (leftMs > AGAIN_MS) setTimeout(() => void releaseInTime(tryRelease, leftMs - AGAIN_MS), AGAIN_MS).unref();
  }
}

const claim = `
local claimed = redis.call('GET', KEYS[1])
if claimed and claimed > ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

export async function claimGeneration(
  { keys, connection }: StoreParts,
  viewId: SlackViewId,
  actionTs: string,
): Promise<boolean> {
  return (
    (await connection.script(claim, [keys.generation(viewId)], [comparable(actionTs), lifetimesMs.generation])) === 1
  );
}

// Longer than what it follows and beginning with it: above it as text, and below everything that Slack dates later.
const claimNext = `
local newest = redis.call('GET', KEYS[1]) or ARGV[1]
redis.call('SET', KEYS[1], newest .. '+', 'PX', ARGV[2])
return 1
`;

/** For what Slack gives no time of its own: our clock says nothing beside Slack's. */
export async function claimNextGeneration({ keys, connection }: StoreParts, viewId: SlackViewId): Promise<void> {
  await connection.script(claimNext, [keys.generation(viewId)], [comparable('0'), lifetimesMs.generation]);
}

export async function isCurrentGeneration(
  { keys, connection }: StoreParts,
  viewId: SlackViewId,
  actionTs: string,
): Promise<boolean> {
  const claimed = await connection.run((redis) => redis.get(keys.generation(viewId)));
  return claimed === null || claimed <= comparable(actionTs);
}

/** Slack's `1700000000.123456` with both parts in full width, so that text compares as time does. */
function comparable(actionTs: string): string {
  const [seconds = '', fraction = ''] = actionTs.split('.', 2);
  return `${seconds.padStart(12, '0')}.${fraction.padEnd(9, '0')}`;
}

/** By Redis' own clock: what is over is gone, whatever time the services go by. */
export async function remember(
  { keys, connection }: StoreParts,
  name: string,
  value: string,
  ms: number,
): Promise<void> {
  await connection.run((redis) => redis.set(keys.fact(name), value, 'PX', ms));
}

export async function recall(
  { keys, connection }: StoreParts,
  names: readonly string[],
): Promise<readonly (string | null)[]> {
  if (names.length === 0) return [];
  return connection.run((redis) => redis.mget(names.map((name) => keys.fact(name))));
}

const count = `
local times = redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return times
`;

export async function increment({ keys, connection }: StoreParts, name: string, ms: number): Promise<number> {
  return Number(await connection.script(count, [keys.count(name)], [ms]));
}
