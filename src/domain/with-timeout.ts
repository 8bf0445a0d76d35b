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
