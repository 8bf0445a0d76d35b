import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import type { Work } from '../../src/domain/work.ts';
import { QUEUE_NAME } from '../../src/jobs/queue.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { parseEncryptionKeys } from '../../src/store/key-ring.ts';
import { keysOf } from '../../src/store/keys.ts';
import { createSeal } from '../../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../src/store/store.ts';

/** What outlives every process: the workspace's records and the queue, read past the app. */
export interface Durable {
  readonly store: WorkspaceStore;
  /** Accepted and not yet done, in an outbox or the queue. Call it when no process is alive. */
  work(): Promise<readonly Work[]>;
  /** True if, at one instant, no work a person waits for is accepted, queued, running or delayed. */
  isQuiet(): Promise<boolean>;
  failed(): Promise<number>;
  /** Ends the delays of jobs, by default of those a person waits for. Returns the longest; 0: there was none. */
  endWaits(of?: (jobId: string) => boolean): Promise<number>;
  /** The time passes after which what a dead process held is free: its leases, its turns at caches and its jobs' locks. */
  forgetTheDead(): Promise<void>;
  close(): Promise<void>;
}

/** Due in days, or recurring: no one waits for it. */
const isLater = (jobId: string): boolean => /^(expire|remind|refresh-directory|follow-orders)\.|^repeat:/.test(jobId);

const DAY_MS = 24 * 60 * 60 * 1000;

export function openDurable(redisUrl: string, team: string, prefix: string, encryptionKeys: string): Durable {
  const workspaceId = team as WorkspaceId;
  const redis = connectRedis(redisUrl, 'commands');
  const plain = new Redis(redisUrl, { maxRetriesPerRequest: null, replyMapping: 'legacy' });
  // Children may have their clocks ahead: what they accepted is seen all the same.
  const now = (): number => Date.now() + DAY_MS;
  const store = createWorkspaceStore({
    redis,
    workspaceId,
    now,
    seal: createSeal(parseEncryptionKeys(encryptionKeys)),
  });
  const queue = new Queue<Work>(QUEUE_NAME, { connection: plain, prefix });
  queue.on('error', () => {});
  const idsNow = async (): Promise<readonly string[]> => {
    const of = (what: string): string => `${prefix}:${QUEUE_NAME}:${what}`;
    const all = plain.multi().zrange(keysOf(workspaceId).outboxTimes, '0', '-1');
    for (const list of ['wait', 'active']) all.lrange(of(list), 0, -1);
    for (const set of ['prioritized', 'delayed']) all.zrange(of(set), '0', '-1');
    const answers = (await all.exec()) ?? [];
    return answers.flatMap(([, ids]) => (Array.isArray(ids) ? ids.map(String) : []));
  };
  return {
    store,
    work: async () => {
      // In this order: what the dead process had sent to Redis may still be carried out, and it adds before it drops.
      const accepted = await store.outbox(0);
      const jobs = await queue.getJobs(['waiting', 'active', 'delayed', 'prioritized']);
      return [...accepted.map((item) => item.work), ...jobs.flatMap((job) => job?.data ?? [])];
    },
    isQuiet: async () => (await idsNow()).every(isLater),
    failed: () => queue.getFailedCount(),
    endWaits: async (of = (id) => !isLater(id)) => {
      const waiting = (await queue.getJobs(['delayed'])).filter((job) => job !== undefined && of(job.id ?? ''));
      // The whole wait, since when it began is not kept: a little more time passes than would have to.
      const longest = Math.max(0, ...waiting.map((job) => job.delay));
      // It may have become due already.
      await Promise.all(waiting.map((job) => job.promote().catch(() => undefined)));
      return longest;
    },
    forgetTheDead: async () => {
      const patterns = [`*{${workspaceId}}:lease:*`, `*{${workspaceId}}:cache-load:*`, `${prefix}:*:lock`];
      const held = await Promise.all(patterns.map((pattern) => plain.keys(pattern)));
      const keys = held.flat();
      if (keys.length > 0) await plain.del(...keys);
    },
    close: async () => {
      await queue.close();
      redis.disconnect();
      plain.disconnect();
    },
  };
}
