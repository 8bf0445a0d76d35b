import { errorName } from '../domain/failures/failure.ts';
import type { Log } from '../services/context.ts';

export interface BackgroundWork {
  run(what: string, work: Promise<void>): void;
  /**
   * Resolves in a turn of the event loop that no other caller has: requests that arrive together are all read, and can be
   * acknowledged, before the work for the first of them begins.
   */
  ownTurn(): Promise<void>;
  /** Resolves when no work is running. */
  settle(): Promise<void>;
}

/** Work after an acknowledgement that may be lost with the process. A shutdown waits for it. */
export function createBackgroundWork(log: Log): BackgroundWork {
  const underWay = new Set<Promise<void>>();
  const waiting: (() => void)[] = [];
  const nextTurn = () => {
    waiting.shift()?.();
    if (waiting.length > 0) setImmediate(nextTurn);
  };
  return {
    run: (what, work) => {
      const tracked = work
        .catch((error: unknown) => {
          log.error('background work failed', { what, error: errorName(error) });
        })
        .finally(() => underWay.delete(tracked));
      underWay.add(tracked);
    },
    ownTurn: () =>
      new Promise((resolve) => {
        if (waiting.push(resolve) === 1) setImmediate(nextTurn);
      }),
    settle: async () => {
      // Work may start more.
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
