import { randomUUID } from 'node:crypto';
import type { Link } from './link.ts';
import type { Lease } from './store.ts';

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
export async function takeLease(link: Link, key: string, ms: number): Promise<WritingLease | null> {
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
