import { Queue } from 'bullmq';
import { QUEUE_NAME } from '../../src/jobs/queue.ts';
import { queuePrefix } from '../../src/store/keys.ts';

export interface DelayedWork {
  /** What waits for its time comes nearer by this much; what is due then runs at once. */
  bringNearer(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** BullMQ counts its delays in real time, so a moved clock alone would leave reminders and expiry where they were. */
export function openDelayedWork(redisUrl: string): DelayedWork {
  const { hostname, port } = new URL(redisUrl);
  const connection = { host: hostname, port: Number(port || 6379) };
  const queue = new Queue(QUEUE_NAME, { connection, prefix: queuePrefix });
  // A store that is gone is told by the app itself.
  queue.on('error', () => {});
  return {
    async bringNearer(ms) {
      for (const job of await queue.getDelayed()) {
        const left = job.timestamp + job.delay - Date.now() - ms;
        // A job that began meanwhile is no longer delayed, and needs nothing.
        await (left <= 0 ? job.promote() : job.changeDelay(left)).catch(() => {});
      }
    },
    close: () => queue.close(),
  };
}
