import { type ConnectionOptions, Queue } from 'bullmq';
import type { WorkItem } from '../domain/work.ts';

export interface WorkQueue {
  /** Under the item's own id: handing the same item over twice queues it once. */
  add(items: readonly WorkItem[]): Promise<void>;
  /** Every `everyMs`, on whichever instance is free; calling it again with another interval changes it. */
  repeat(item: WorkItem, everyMs: number): Promise<void>;
  /** Waiting or being carried out; not what waits for its time. */
  underWay(): Promise<number>;
  close(): Promise<void>;
}

export const QUEUE_NAME = 'work';

// Long enough that an item which the relay hands over twice (a crash before it left the outbox) finds its first self.
const KEEP_SECONDS = 60 * 60;

/** `prefix` is the queue's own hash tag: BullMQ needs one on Redis Cluster. */
export function createWorkQueue(connection: ConnectionOptions, prefix: string, now: () => number): WorkQueue {
  const queue = new Queue<WorkItem['work']>(QUEUE_NAME, { connection, prefix });
  // Without a listener a lost connection would end the process; the commands themselves reject.
  queue.on('error', () => {});
  const options = (item: WorkItem) => ({
    jobId: item.id,
    delay: item.notBefore === undefined ? 0 : Math.max(0, item.notBefore - now()),
    // Nothing that was accepted is given up: see `retryDelayMs`, and `lastResort` for what people are told meanwhile.
    attempts: Number.MAX_SAFE_INTEGER,
    backoff: { type: 'custom' },
    removeOnComplete: { age: KEEP_SECONDS },
    removeOnFail: { age: 30 * 24 * KEEP_SECONDS },
  });
  return {
    add: async (items) => {
      await queue.addBulk(items.map((item) => ({ name: item.work.kind, data: item.work, opts: options(item) })));
    },
    repeat: async (item, everyMs) => {
      await queue.upsertJobScheduler(
        item.id,
        { every: everyMs },
        { name: item.work.kind, data: item.work, opts: { removeOnComplete: { age: KEEP_SECONDS }, attempts: 1 } },
      );
    },
    underWay: async () => queue.getJobCountByTypes('waiting', 'active', 'prioritized'),
    close: () => queue.close(),
  };
}
