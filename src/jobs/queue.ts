import { type ConnectionOptions, Queue } from 'bullmq';
import type { WorkspaceId } from '../domain/ids.ts';
import type { Work, WorkItem } from '../domain/work.ts';

const RECURRING = ['refresh_directory', 'follow_orders'] as const;
type RecurringWork = Extract<Work, { readonly kind: (typeof RECURRING)[number] }>;

export interface WorkQueue {
  /** Under the item's own id: handing the same item over twice queues it once. */
  add(items: readonly WorkItem[]): Promise<void>;
  /** Waiting, being carried out or due in a moment; not what waits for its time. */
  underWay(): Promise<number>;
  /**
   * One run per interval, however many instances ask and however often. The first is one interval from now; asking
   * again leaves the next run where it is, unless the interval changed.
   */
  repeat(work: RecurringWork, everyMs: number): Promise<void>;
  /** Everything of this workspace that is not under way, and what would recur. */
  cancel(workspaceId: WorkspaceId): Promise<void>;
  close(): Promise<void>;
}

export const QUEUE_NAME = 'work';

// Long enough that an item which the relay hands over twice (a crash before it left the outbox) finds its first self.
const KEEP_SECONDS = 60 * 60;

const keptUntilDone = {
  // Nothing that was accepted is given up: see `retryDelayMs`, and `notifyStuckJob` for what people are told meanwhile.
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'custom' },
  removeOnComplete: { age: KEEP_SECONDS },
  removeOnFail: { age: 30 * 24 * KEEP_SECONDS },
};

/** `prefix` is the queue's own hash tag: BullMQ needs one on Redis Cluster. */
export function createWorkQueue(connection: ConnectionOptions, prefix: string, now: () => number): WorkQueue {
  const queue = new Queue<WorkItem['work']>(QUEUE_NAME, { connection, prefix });
  // Without a listener a lost connection would end the process; the commands themselves reject.
  queue.on('error', () => {});
  const options = (item: WorkItem) => ({
    ...keptUntilDone,
    jobId: item.id,
    delay: item.notBefore === undefined ? 0 : Math.max(0, item.notBefore - now()),
  });
  return {
    add: async (items) => {
      await queue.addBulk(items.map((item) => ({ name: item.work.kind, data: item.work, opts: options(item) })));
    },
    underWay: async () => {
      // In the order in which jobs move, so that none is between the two.
      const soon = await dueSoon(queue);
      return soon + (await queue.getJobCountByTypes('waiting', 'active', 'prioritized'));
    },
    repeat: (work, everyMs) => repeat(queue, work, everyMs),
    cancel: async (workspaceId) => {
      // First: BullMQ removes no job that a scheduler still counts on.
      for (const kind of RECURRING) await queue.removeJobScheduler(schedulerId({ kind, tenant: workspaceId }));
      await cancel(queue, workspaceId);
    },
    close: () => queue.close(),
  };
}

/** One for each workspace and kind: every instance means the same one. */
function schedulerId({ kind, tenant }: RecurringWork): string {
  return `${kind}.${tenant}`;
}

async function repeat(queue: Queue<WorkItem['work']>, work: RecurringWork, everyMs: number): Promise<void> {
  const id = schedulerId(work);
  const known = await queue.getJobScheduler(id);
  const hasInterval = known?.every === everyMs;
  // Upserting puts a run that is due already back to the end of the line, so one that stands is left alone.
  if (hasInterval && (await queue.getJob(`repeat:${id}:${known.next}`)) !== undefined) return;
  // An upsert over another interval would keep that one's offset from the epoch.
  if (known !== undefined && !hasInterval) await queue.removeJobScheduler(id);
  // BullMQ goes by its own, real time. Without a date the first run would be at once.
  const startDate = Date.now() + everyMs;
  await queue.upsertJobScheduler(
    id,
    { every: everyMs, startDate },
    { name: work.kind, data: work, opts: keptUntilDone },
  );
}

const SOON_MS = 500;

async function dueSoon(queue: Queue<WorkItem['work']>): Promise<number> {
  const soon = Date.now() + SOON_MS;
  // One that was removed meanwhile is listed and not there.
  const next = (await queue.getDelayed(0, PAGE - 1)).filter((job) => job?.data !== undefined);
  // A job that put itself off waits from when it was last taken up.
  return next.filter(({ timestamp, processedOn, delay }) => (processedOn ?? timestamp) + delay <= soon).length;
}

const PAGE = 500;

/** From the end, so that what is removed moves nothing that is still to be looked at. */
async function cancel(queue: Queue<WorkItem['work']>, workspaceId: WorkspaceId): Promise<void> {
  for (const state of ['waiting', 'delayed', 'prioritized', 'failed', 'completed'] as const) {
    for (let from = await queue.getJobCountByTypes(state); from > 0; from -= PAGE) {
      const jobs = await queue.getJobs([state], from > PAGE ? from - PAGE : 0, from - 1, true);
      // One that was taken up in this moment cannot be removed: it finds a workspace that has stopped.
      await Promise.all(
        jobs.filter((job) => job?.data.tenant === workspaceId).map((job) => job.remove().catch(() => {})),
      );
    }
  }
}
