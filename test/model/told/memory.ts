import type { Life } from '../life.ts';
import type { RedisOfLife } from './redis-of-life.ts';

export type Memory = ReturnType<typeof createMemory>;

/** What is lost when a host goes down: no more than Redis writes to its disk every second, and a second of fail-over. */
const MOST_LOST_MS = 2_000;

/** Which of the two is lost: in a Redis Cluster a workspace's records and the queue are on different masters. */
export type Lost = 'everything' | 'the records' | 'the queue';

export function createMemory({ clock, queue, context }: Life, redis: RedisOfLife) {
  let kept: { readonly at: number; readonly records: () => Promise<void>; readonly jobs: () => void } | null = null;
  let isBehind = false;
  return {
    /** Something that was done is no longer known. */
    hasLost: (): boolean => isBehind,
    /** From here on nothing reaches the replica. */
    keep: async (): Promise<void> => {
      kept = { at: clock.now, records: await redis.snapshot(), jobs: queue.snapshot() };
    },
    /** The replica takes over. Nothing happens where it would be too far behind. */
    goBack: async (lost: Lost): Promise<void> => {
      const to = kept;
      kept = null;
      if (to === null || clock.now - to.at > MOST_LOST_MS) return;
      isBehind = true;
      if (lost !== 'the queue') {
        await to.records();
        // Another process answers now than at the last sweep.
        await context.store.putSweepMark({ ...(await context.store.sweepMark()), redisRun: 'lost' });
      }
      if (lost !== 'the records') to.jobs();
    },
  };
}
