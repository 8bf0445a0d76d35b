/** The shape of `setTimeout` of node:timers/promises. */
export type Sleep = (ms: number, value?: undefined, options?: { signal?: AbortSignal }) => Promise<unknown>;

/**
 * Null when `work` takes longer than `ms`; the work itself goes on. The timer is passed in, so that every layer can use
 * this and only the outer ones own timers.
 */
export async function withTimeout<T>(sleep: Sleep, ms: number, work: Promise<T>): Promise<T | null> {
  const finished = new AbortController();
  try {
    return await Promise.race([work, sleep(ms, undefined, { signal: finished.signal }).then(() => null)]);
  } finally {
    finished.abort();
  }
}

const AT_ONCE = 5;

/** A few at a time: a hundred lookups at once would spend Slack's minute in a second. Order is kept. */
export async function inChunks<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    done.push(...(await Promise.all(items.slice(from, from + AT_ONCE).map(work))));
  }
  return done;
}

export interface Lease {
  /** False when it was lost meanwhile: stop. */
  extend(ms: number): Promise<boolean>;
  release(): Promise<void>;
}
