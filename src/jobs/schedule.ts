import { errorName } from '../domain/error-name.ts';
import type { Log, ServiceContext } from '../services/context.ts';
import { askForRefresh, REFRESH_EVERY_MS, scheduleRefresh } from '../services/people/directory-refreshes.ts';
import { scheduleSweep, startSweeps } from '../services/tracking/order-sweeps.ts';

/** What goes on by itself from the start of a process. Each asks for its own next time. */
export interface Schedule {
  /** At once, again until Redis has it, and then now and then: a chain that Redis has lost begins anew. */
  keep(context: ServiceContext): void;
  stop(): void;
}

const AGAIN_MS = 5_000;

export function createSchedule(hurry: () => void, log: Log): Schedule {
  const timers = new Map<ServiceContext, ReturnType<typeof setTimeout>>();
  let stopped = false;

  const run = async (context: ServiceContext, work: (context: ServiceContext) => Promise<void>): Promise<void> => {
    const next = await work(context).then(
      () => ({ work: continueWork, afterMs: REFRESH_EVERY_MS }),
      (error: unknown) => {
        log.warn('what goes on by itself could not be scheduled yet', { error: errorName(error) });
        return { work, afterMs: AGAIN_MS };
      },
    );
    hurry();
    if (!stopped)
      timers.set(
        context,
        setTimeout(() => void run(context, next.work), next.afterMs),
      );
  };
  return {
    keep: (context) => void run(context, startWork),
    stop: () => {
      stopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

async function startWork(context: ServiceContext): Promise<void> {
  await askForRefresh(context);
  await startSweeps(context);
}

/** The very items that the chains ask for themselves: where they stand already, nothing is added. */
async function continueWork(context: ServiceContext): Promise<void> {
  if ((await context.store.directory.builtAt()) === null) await askForRefresh(context);
  await scheduleRefresh(context, REFRESH_EVERY_MS);
  await scheduleSweep(context);
}
