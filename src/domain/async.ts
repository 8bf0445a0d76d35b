/** The shape of `setTimeout` of node:timers/promises. */
export type Sleep = (ms: number, value?: undefined, options?: { signal?: AbortSignal }) => Promise<unknown>;

/**
 * Null when `work` takes longer than `ms`; the work itself continues. The timer is a parameter, so that only the outer
 * layers own timers.
 */
export async function withTimeout<T>(sleep: Sleep, ms: number, work: Promise<T>): Promise<T | null> {
  const finished = new AbortController();
  try {
    return await Promise.race([work, sleep(ms, undefined, { signal: finished.signal }).then(() => null)]);
  } finally {
    finished.abort();
  }
}

const CHUNK_SIZE = 5;

/** A few at a time, in order: a hundred concurrent look-ups would use up Slack's rate limit in a second. */
export async function inChunks<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += CHUNK_SIZE) {
    done.push(...(await Promise.all(items.slice(from, from + CHUNK_SIZE).map(work))));
  }
  return done;
}

export interface Lease {
  /** False: the lease is lost, so stop. */
  extend(ms: number): Promise<boolean>;
  release(): Promise<void>;
}
