import { errorName } from '../domain/failures/failure.ts';
import type { Log } from '../services/context.ts';

export interface BackgroundWork {
  run(what: string, work: Promise<void>): void;
  /** Resolves when no work is running. */
  settle(): Promise<void>;
}

/** Work after an acknowledgement that may be lost with the process. A shutdown waits for it. */
export function createBackgroundWork(log: Log): BackgroundWork {
  const underWay = new Set<Promise<void>>();
  return {
    run: (what, work) => {
      const tracked = work
        .catch((error: unknown) => {
          log.error('background work failed', { what, error: errorName(error) });
        })
        .finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    settle: async () => {
      await Promise.all(underWay);
    },
  };
}
