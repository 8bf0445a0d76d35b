import { Queue } from 'bullmq';
import { QUEUE_NAME } from '../../src/jobs/queue.ts';
import { QUEUE_PREFIX } from '../../src/store/keys.ts';

export interface DelayedWork {
  /** Brings delayed jobs and schedulers closer by this much; what is then due runs at once. */
  bringNearer(ms: number): Promise<void>;
  close(): Promise<void>;
}

/** BullMQ counts real time, so moving the clock alone would not bring reminders, expiry and the next sweep any closer. */
export function openDelayedWork(redisUrl: string): DelayedWork {
  const { hostname, port } = new URL(redisUrl);
  const connection = { host: hostname, port: Number(port || 6379) };
  const queue = new Queue(QUEUE_NAME, { connection, prefix: QUEUE_PREFIX });
  // The app itself reports a lost connection.
  queue.on('error', () => {});
  return {
    async bringNearer(ms) {
      for (const { key, next, every, name, template } of await queue.getJobSchedulers()) {
        if (next === undefined || every === undefined) continue;
        // Restarts the scheduler from the earlier date; promoting one run would not bring the later ones closer.
        await queue.removeJobScheduler(key);
        await queue.upsertJobScheduler(key, { every, startDate: next - ms }, { name, ...template });
      }
      for (const job of await queue.getDelayed()) {
        if (job.repeatJobKey !== undefined) continue;
        const left = job.timestamp + job.delay - Date.now() - ms;
        // A job that started in the meantime is no longer delayed and needs nothing.
        await (left <= 0 ? job.promote() : job.changeDelay(left)).catch(() => {});
      }
    },
    close: () => queue.close(),
  };
}
