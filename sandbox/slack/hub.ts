export interface Hub {
  now(): number;
  changed(what: string): void;
  version(): number;
  subscribe(listener: (change: { what: string; at: number }) => void): () => void;
}

export function createHub(now: () => number): Hub {
  const listeners = new Set<(change: { what: string; at: number }) => void>();
  let version = 0;
  return {
    now,
    version: () => version,
    changed(what) {
      version += 1;
      for (const listener of listeners) listener({ what, at: now() });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
