import { errorName } from '../domain/failures/failure.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import { queueStartupSweep, sweepEveryMs } from '../services/orders/follow.ts';
import { askForRefresh, REFRESH_EVERY_MS } from '../services/people/directory.ts';
import type { WorkQueue } from './queue.ts';

export interface Schedule {
  /** Catches up at once with what changed while no process ran, then keeps the queue's schedulers current. */
  keep(context: ServiceContext): void;
  stop(): void;
}

interface ScheduleOptions {
  readonly queue: WorkQueue;
  readonly relaySoon: () => void;
  readonly log: Log;
  readonly retryEveryMs?: number;
  readonly renewEveryMs?: number;
}

const RETRY_EVERY_MS = 5_000;
/** A changed interval takes effect, and a scheduler that Redis lost comes back, within this time. */
const RENEW_EVERY_MS = 60_000;

export function createSchedule(options: ScheduleOptions): Schedule {
  const { queue, relaySoon, log, retryEveryMs = RETRY_EVERY_MS, renewEveryMs = RENEW_EVERY_MS } = options;
  const timers = new Map<ServiceContext, ReturnType<typeof setTimeout>>();
  let stopped = false;

  const run = async (context: ServiceContext, isStarting: boolean): Promise<void> => {
    const isDone = await schedule(context, isStarting).then(
      () => true,
      (error: unknown) => {
        log.warn('recurring work could not be scheduled yet', { error: errorName(error) });
        return false;
      },
    );
    relaySoon();
    if (stopped) return;
    const timer = setTimeout(() => void run(context, isStarting && !isDone), isDone ? renewEveryMs : retryEveryMs);
    timers.set(context, timer);
  };
  const schedule = async (context: ServiceContext, isStarting: boolean): Promise<void> => {
    if (isStarting) await catchUp(context);
    await renew(queue, context);
  };
  return {
    keep: (context) => void run(context, true),
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

async function catchUp(context: ServiceContext): Promise<void> {
  await askForRefresh(context);
  await queueStartupSweep(context);
}

/** Skips a stopped workspace: once it is erased, its schedulers must not come back. */
async function renew(queue: WorkQueue, context: ServiceContext): Promise<void> {
  const { store, workspaceId } = context;
  if ((await store.stop()) !== null) return;
  await queue.repeat({ kind: 'refresh_directory', tenant: workspaceId }, REFRESH_EVERY_MS);
  await queue.repeat({ kind: 'follow_orders', tenant: workspaceId }, await sweepEveryMs(context));
}
