import { type ConnectionOptions, type Job, Queue } from 'bullmq';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Work, WorkItem } from '../domain/work.ts';

const RECURRING = ['refresh_directory', 'follow_orders'] as const;
type RecurringWork = Extract<Work, { readonly kind: (typeof RECURRING)[number] }>;

export interface WorkQueue {
  /** Uses the item's own id, so adding it twice queues it once. */
  add(items: readonly WorkItem[]): Promise<void>;
  /**
   * Adds again what a failover made the queue forget, and what the queue has done but a failover made the workspace
   * forget. Returns the ids of what the previous release did, which doesn't drop it from the outbox.
   */
  restore(items: readonly WorkItem[]): Promise<readonly string[]>;
  /** The ids of those that the queue doesn't have, or that the previous release did. */
  findGone(items: readonly WorkItem[]): Promise<readonly string[]>;
  /** Counts jobs that wait, run or are due in a moment; not those scheduled for later. */
  underWay(): Promise<number>;
  /**
   * One run per interval, however many instances ask and however often. The first is one interval from now. Asking
   * again keeps the next run's time unless the interval changed.
   */
  repeat(work: RecurringWork, everyMs: number): Promise<void>;
  /** Removes jobs that wait to be due. One that is running goes on. */
  removeTimers(ids: readonly string[]): Promise<void>;
  /** Removes this workspace's schedulers, and its jobs that are not running. */
  cancel(workspaceId: WorkspaceId): Promise<void>;
  close(): Promise<void>;
}

export const QUEUE_NAME = 'work';

// An item that was done and is still in the outbox is found here, not added again: twice as long as `DROPPED_WITHIN_MS`.
// But no longer: it takes up Redis, and when Redis forgot its last second, the same id may ask for work that must be done
// again.
const KEEP_SECONDS = 60;
export const keptWhenDone = { age: KEEP_SECONDS };
/**
 * What a worker of the previous release does: it doesn't drop it from the outbox, where this release finds it when it is
 * back. Our own workers shorten it to `keptWhenDone`.
 */
const KEEP_OF_PREVIOUS_SECONDS = 7 * 24 * 60 * 60;
const KEEP_FAILED_SECONDS = 30 * 24 * 60 * 60;

const keptUntilDone = {
  // Nothing accepted is given up: see `retryDelayMs`, and `notifyStuckJob` for what people are told.
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'custom' },
  removeOnComplete: { age: KEEP_OF_PREVIOUS_SECONDS },
  removeOnFail: { age: KEEP_FAILED_SECONDS },
};

/** `prefix` is the queue's own hash tag: BullMQ needs one on Redis Cluster. */
export function createWorkQueue(connection: ConnectionOptions, prefix: string, now: () => number): WorkQueue {
  // Nobody reads BullMQ's log of events.
  const streams = { events: { maxLen: 100 } };
  const queue = new Queue<WorkItem['work']>(QUEUE_NAME, { connection, prefix, streams });
  // Without a listener a lost connection would end the process. The commands themselves reject.
  queue.on('error', () => {});
  const options = (item: WorkItem) => ({
    ...keptUntilDone,
    jobId: item.id,
    delay: item.notBefore === undefined ? 0 : Math.max(0, item.notBefore - now()),
  });
  const add = async (items: readonly WorkItem[]): Promise<void> => {
    if (items.length > 0)
      await queue.addBulk(items.map((item) => ({ name: item.work.kind, data: item.work, opts: options(item) })));
  };
  return {
    add,
    restore: async (items) => {
      const jobs = await Promise.all(items.map(async (item) => ({ item, job: await queue.getJob(item.id) })));
      const forgotten = jobs.filter(({ job }) => job === undefined || isForgotten(job, now()));
      // BullMQ ignores an id that it knows.
      await Promise.all(forgotten.map(({ job }) => job?.remove()));
      await add(forgotten.map(({ item }) => item));
      // Refused if it waits already.
      await Promise.all(jobs.filter(isLate).map(({ job }) => job?.promote().catch(() => undefined)));
      return jobs.flatMap(({ item, job }) => (job !== undefined && isDoneByPreviousRelease(job) ? [item.id] : []));
    },
    findGone: async (items) => {
      const jobs = await Promise.all(items.map(async ({ id }) => ({ id, job: await queue.getJob(id) })));
      return jobs.flatMap(({ id, job }) => (job === undefined || isDoneByPreviousRelease(job) ? [id] : []));
    },
    underWay: async () => {
      // In the order in which jobs move, so that none is missed between the two.
      const soon = await dueSoon(queue);
      return soon + (await queue.getJobCountByTypes('waiting', 'active', 'prioritized'));
    },
    repeat: (work, everyMs) => repeat(queue, work, everyMs),
    removeTimers: async (ids) => {
      await Promise.all(ids.map((id) => queue.remove(id)));
    },
    cancel: async (workspaceId) => {
      // Schedulers first: BullMQ does not remove a job that a scheduler still needs.
      for (const kind of RECURRING) await queue.removeJobScheduler(schedulerId({ kind, tenant: workspaceId }));
      await cancel(queue, workspaceId);
      // The ids in the log of events name people.
      await queue.trimEvents(0);
    },
    close: () => queue.close(),
  };
}

/**
 * What a worker of this release returns to BullMQ for work that it will drop from the outbox: when it was done, since
 * `finishedOn` is by that machine's own clock.
 */
export const doneAt = (now: number): string => `done ${now}`;
const DONE_AT = /^done (\d+)$/u;
/** Longer than a worker takes to drop it, and than the instances' times differ. */
const DROPPED_WITHIN_MS = 30_000;

/** Done, and dropped from the outbox, which then lost its last second. */
function isForgotten({ finishedOn, returnvalue }: Job, now: number): boolean {
  const at = DONE_AT.exec(String(returnvalue))?.[1];
  return finishedOn !== undefined && at !== undefined && now - Number(at) > DROPPED_WITHIN_MS;
}

function isDoneByPreviousRelease({ finishedOn, returnvalue }: Job): boolean {
  return finishedOn !== undefined && !DONE_AT.test(String(returnvalue));
}

/** Due by now and never begun: delayed by the clock of an instance that is ahead of all that are left. */
function isLate({ item, job }: { readonly item: WorkItem; readonly job: Job | undefined }): boolean {
  return item.notBefore !== undefined && job !== undefined && job.processedOn === undefined;
}

/** The same on every instance. */
function schedulerId({ kind, tenant }: RecurringWork): string {
  return `${kind}.${tenant}`;
}

async function repeat(queue: Queue<WorkItem['work']>, work: RecurringWork, everyMs: number): Promise<void> {
  const id = schedulerId(work);
  const known = await queue.getJobScheduler(id);
  const hasInterval = known?.every === everyMs;
  // An upsert would move a run that is already due to the end of the queue.
  if (hasInterval && (await queue.getJob(`repeat:${id}:${known.next}`)) !== undefined) return;
  // An upsert with a new interval would keep the old one's offset from the epoch.
  if (known !== undefined && !hasInterval) await queue.removeJobScheduler(id);
  // BullMQ goes by real time. Without a start date the first run would be at once.
  const startDate = Date.now() + everyMs;
  await queue.upsertJobScheduler(
    id,
    { every: everyMs, startDate },
    { name: work.kind, data: work, opts: { ...keptUntilDone, removeOnComplete: keptWhenDone } },
  );
}

const SOON_MS = 500;

async function dueSoon(queue: Queue<WorkItem['work']>): Promise<number> {
  const soon = Date.now() + SOON_MS;
  // A job removed since the list was read is undefined.
  const next = (await queue.getDelayed(0, PAGE - 1)).filter((job) => job?.data !== undefined);
  // A job that delayed itself waits from when it last ran.
  return next.filter(({ timestamp, processedOn, delay }) => (processedOn ?? timestamp) + delay <= soon).length;
}

const PAGE = 500;

/** From the end, so that removing jobs does not shift those not yet read. */
async function cancel(queue: Queue<WorkItem['work']>, workspaceId: WorkspaceId): Promise<void> {
  for (const state of ['waiting', 'delayed', 'prioritized', 'failed', 'completed'] as const) {
    for (let from = await queue.getJobCountByTypes(state); from > 0; from -= PAGE) {
      const jobs = await queue.getJobs([state], from > PAGE ? from - PAGE : 0, from - 1, true);
      // A job that is just being taken cannot be removed: it will find a stopped workspace.
      await Promise.all(
        jobs.filter((job) => job?.data.tenant === workspaceId).map((job) => job.remove().catch(() => {})),
      );
    }
  }
}
