const WINDOW_MS = 60_000;

export type Admission = { readonly allowed: boolean; readonly headers: Readonly<Record<string, string>> };

/** A fixed one-minute window per key, started by the key's first request. */
export function createRateLimit(requestsPerMinute: number, now: () => number): (key: string) => Admission {
  const windows = new Map<string, { begunAt: number; used: number }>();
  return (key) => {
    if (!Number.isFinite(requestsPerMinute)) return { allowed: true, headers: {} };
    const at = now();
    let window = windows.get(key);
    if (!window || at - window.begunAt >= WINDOW_MS) {
      window = { begunAt: at, used: 0 };
      windows.set(key, window);
    }
    window.used += 1;
    const resetSeconds = String(Math.ceil((window.begunAt + WINDOW_MS - at) / 1000));
    const allowed = window.used <= requestsPerMinute;
    const headers = {
      'RateLimit-Limit': String(requestsPerMinute),
      'RateLimit-Remaining': String(Math.max(0, requestsPerMinute - window.used)),
      'RateLimit-Reset': resetSeconds,
    };
    return { allowed, headers: allowed ? headers : { ...headers, 'Retry-After': resetSeconds } };
  };
}
