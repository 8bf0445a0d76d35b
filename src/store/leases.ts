import { randomUUID } from 'node:crypto';
import type { Lease } from '../domain/async.ts';
import type { SlackViewId } from '../domain/ids.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './parts.ts';
import { type Connection, luaNow } from './redis.ts';

/** What lives by Redis's clock: leases, the generations of modals, facts and counts. */
export const leaseRecords = {
  redisTime,

  /** At most one holder per name, until `release` or the time is over: all names, or null if another holds one. */
  async lease({ keys, connection }: StoreParts, names: string | readonly string[], ms: number): Promise<Lease | null> {
    return takeLease(connection, [names].flat().map(keys.lease), ms);
  },

  /** The latest action on a modal wins: false if a later one has claimed this view. */
  async claimGeneration({ keys, connection }: StoreParts, viewId: SlackViewId, actionTs: string): Promise<boolean> {
    const args = [comparable(actionTs), lifetimesMs.generation];
    return (await connection.script(claimScript, [keys.generation(viewId)], args)) === 1;
  },

  /**
   * For a submission, to which Slack gives no time: later than everything claimed for this view so far, earlier than
   * every action that Slack dates later. Our own clock can't be compared with Slack's. Returns what stands for its time:
   * the same if this submission, which `id` names, is delivered again.
   */
  async claimNextGeneration({ keys, connection }: StoreParts, viewId: SlackViewId, id: string): Promise<string> {
    const args = [comparable('0'), lifetimesMs.generation, `+${id}`];
    return String(await connection.script(claimNextScript, [keys.generation(viewId)], args));
  },

  /** True unless a later action has claimed this view. */
  async isCurrentGeneration({ keys, connection }: StoreParts, viewId: SlackViewId, actionTs: string): Promise<boolean> {
    const claimed = await connection.run((redis) => redis.get(keys.generation(viewId)));
    return claimed === null || claimed <= comparable(actionTs);
  },

  /** What claimed this view last, if `claimNextGeneration` did: its `id`. */
  async lastSubmission({ keys, connection }: StoreParts, viewId: SlackViewId): Promise<string | null> {
    const claimed = await connection.run((redis) => redis.get(keys.generation(viewId)));
    return claimed?.split('+').slice(1).at(-1) ?? null;
  },

  /** A fact that holds for `ms`. */
  async remember({ keys, connection }: StoreParts, name: string, value: string, ms: number): Promise<void> {
    await connection.run((redis) => redis.set(keys.fact(name), value, 'PX', ms));
  },

  /** One value for each name, in their order. Null: never remembered, or no longer. */
  async recall({ keys, connection }: StoreParts, names: readonly string[]): Promise<readonly (string | null)[]> {
    return Promise.all(names.map((name) => connection.read('GET', keys.fact(name))));
  },

  /** Counts over all instances and returns the new count, which is forgotten `ms` after the last increment. */
  async increment({ keys, connection }: StoreParts, name: string, ms: number): Promise<number> {
    return Number(await connection.script(incrementScript, [keys.count(name)], [ms]));
  },

  /** Names the Redis process that answers; a restart or a failover changes it. Null: we may not know. */
  async redisRun({ keys, connection }: StoreParts): Promise<string | null> {
    const run = await connection.script(runScript, [keys.sweep], []);
    return typeof run === 'string' ? run : null;
  },
};

// The key only says which node of a cluster is asked. An ACL may forbid it.
const runScript = `
local info = redis.pcall('INFO', 'server')
return type(info) == 'string' and string.match(info, 'run_id:(%w+)')
`;

/** Milliseconds by Redis's clock, for what several instances compare. */
export function redisTime({ keys, connection }: Pick<StoreParts, 'keys' | 'connection'>): Promise<number> {
  return redisTimeAt(connection, keys.directory);
}

/** The key only says which node of a cluster is asked. */
export async function redisTimeAt(connection: Connection, key: string): Promise<number> {
  return Number(await connection.script(timeScript, [key], []));
}

const timeScript = `${luaNow} return now()`;

interface WritingLease extends Lease {
  /** Releases the (first) lease and writes what it was taken for in one step. Writes nothing if it was lost. */
  releaseWith(key: string, value: string, keepMs: number): Promise<void>;
  /** The same, and keeps the lease. */
  writeUnder(key: string, value: string, keepMs: number): Promise<void>;
}

/** How long after its time is over a lease can be taken again by the one who held it last. */
const RETAKEN_MS = 10 * 60_000;

/**
 * Null: another holds it. A holder whose time is over can neither extend nor release a lease taken since. If no one has
 * taken it, `extend` takes it again: work that is slower than its lease would otherwise start over forever.
 */
export async function takeLease(
  connection: Connection,
  leases: readonly string[],
  ms: number,
): Promise<WritingLease | null> {
  const token = randomUUID();
  const keys = leases.flatMap((key) => [key, `${key}:last`]);
  if ((await connection.script(takeScript, keys, [token, ms, ms + RETAKEN_MS])) !== 1) return null;
  return {
    extend: async (more) => (await connection.script(extendScript, keys, [token, more, more + RETAKEN_MS])) === 1,
    release: () => releaseInTime(() => connection.script(releaseScript, keys, [token]), ms),
    releaseWith: async (written, value, keepMs) => {
      await connection.script(writeScript, [...keys.slice(0, 1), written], [token, value, keepMs, 'release']);
    },
    writeUnder: async (written, value, keepMs) => {
      await connection.script(writeScript, [...keys.slice(0, 1), written], [token, value, keepMs, 'keep']);
    },
  };
}

// KEYS: a lease and who held it last, for each name.
const takeScript = `
for at = 1, #KEYS, 2 do
  if redis.call('EXISTS', KEYS[at]) == 1 then return 0 end
end
for at = 1, #KEYS, 2 do
  redis.call('SET', KEYS[at], ARGV[1], 'PX', ARGV[2])
  redis.call('SET', KEYS[at + 1], ARGV[1], 'PX', ARGV[3])
end
return 1
`;

const extendScript = `
for at = 1, #KEYS, 2 do
  local holder = redis.call('GET', KEYS[at]) or redis.call('GET', KEYS[at + 1])
  if holder ~= ARGV[1] then return 0 end
end
for at = 1, #KEYS, 2 do
  redis.call('SET', KEYS[at], ARGV[1], 'PX', ARGV[2])
  redis.call('SET', KEYS[at + 1], ARGV[1], 'PX', ARGV[3])
end
return 1
`;

const releaseScript = `
for at = 1, #KEYS do
  if redis.call('GET', KEYS[at]) == ARGV[1] then redis.call('DEL', KEYS[at]) end
end
return 0
`;

const writeScript = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
if ARGV[4] == 'release' then redis.call('DEL', KEYS[1]) end
redis.call('SET', KEYS[2], ARGV[2], 'PX', ARGV[3])
return 1
`;

const RETRY_RELEASE_MS = 500;

/**
 * Never fails: the work under the lease is done. If Redis is away, the lease is released once it is back, so that no
 * one waits for it to expire.
 */
async function releaseInTime(tryRelease: () => Promise<unknown>, leftMs: number): Promise<void> {
  try {
    await tryRelease();
  } catch {
    if (leftMs <= RETRY_RELEASE_MS) return;
    setTimeout(() => void releaseInTime(tryRelease, leftMs - RETRY_RELEASE_MS), RETRY_RELEASE_MS).unref();
  }
}

const claimScript = `
local claimed = redis.call('GET', KEYS[1])
if claimed and claimed > ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`;

// A longer text with the same beginning: greater than it, and less than every later time.
const claimNextScript = `
local newest = redis.call('GET', KEYS[1]) or ARGV[1]
if string.sub(newest, -#ARGV[3]) ~= ARGV[3] then newest = newest .. ARGV[3] end
redis.call('SET', KEYS[1], newest, 'PX', ARGV[2])
return newest
`;

/** Slack's `1700000000.123456` with both parts padded, so that text compares as time does. */
function comparable(actionTs: string): string {
  const [seconds = '', fraction = ''] = actionTs.split('.', 2);
  return `${seconds.padStart(12, '0')}.${fraction.padEnd(9, '0')}`;
}

const incrementScript = `
local times = redis.call('INCR', KEYS[1])
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return times
`;
