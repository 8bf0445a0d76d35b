/** One exchange. `to_app`: a delivery and its acknowledgement. `from_app`: a Web API call or a response_url post. */
export interface JournalEntry {
  id: number;
  at: number;
  direction: 'to_app' | 'from_app';
  route: string;
  target?: string;
  payload: unknown;
  status: number;
  answer: unknown;
  ms: number;
}

export interface Journal {
  entries(filter?: { direction?: 'to_app' | 'from_app'; route?: string }): JournalEntry[];
  /** Calls of one Web API method, oldest first. */
  calls(method: string): JournalEntry[];
  /** Every exchange in which this string left the app (calls, response_url posts, acknowledgement bodies). */
  leaks(canary: string): JournalEntry[];
  clear(): void;
}

export interface JournalKeeper extends Journal {
  add(entry: Omit<JournalEntry, 'id'>): void;
  lastAt(): number;
}

export function createJournal(limit: number, changed: () => void): JournalKeeper {
  let kept: JournalEntry[] = [];
  let count = 0;
  let lastAt = 0;
  const outgoing = (entry: JournalEntry): unknown => (entry.direction === 'from_app' ? entry.payload : entry.answer);
  return {
    add(entry) {
      count += 1;
      lastAt = performance.now();
      kept.push({ id: count, ...entry });
      if (kept.length > limit * 1.1) kept = kept.slice(-limit);
      changed();
    },
    lastAt: () => lastAt,
    entries: (filter = {}) =>
      kept.filter(
        (entry) =>
          (filter.direction === undefined || entry.direction === filter.direction) &&
          (filter.route === undefined || entry.route === filter.route),
      ),
    calls: (method) => kept.filter((entry) => entry.direction === 'from_app' && entry.route === method),
    leaks: (canary) =>
      kept.filter((entry) => (JSON.stringify(outgoing(entry)) ?? '').includes(JSON.stringify(canary).slice(1, -1))),
    clear() {
      kept = [];
    },
  };
}
