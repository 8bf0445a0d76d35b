import { errorName } from '../domain/errors.ts';
import type { Log } from '../services/context.ts';

export interface BackgroundWork {
  run(what: string, work: Promise<void>): void;
  /** Resolves when nothing is under way. */
  settle(): Promise<void>;
}

/** What goes on after an acknowledgement and may be lost with the process: a shutdown waits for it. */
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
