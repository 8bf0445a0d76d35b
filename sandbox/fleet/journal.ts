import type { Operation } from './vocabulary.ts';

export type JournalEntry = {
  readonly time: number;
  readonly method: string;
  /** The route's template, `/carts/{order_id}`, or the path itself if no route matches. */
  readonly route: string;
  readonly path: string;
  readonly operation: Operation | null;
  readonly key: string | null;
  readonly query: Readonly<Record<string, string>>;
  body: unknown;
  /** Null: never answered. */
  status: number | null;
  durationMs: number | null;
  /** The kinds of faults applied to this request. */
  faults: readonly string[];
};

export type Journal = {
  /** The newest entries, oldest first; the counts continue past this limit. */
  entries(): readonly JournalEntry[];
  /** `{ 'POST /carts': 2 }` */
  countByRoute(): Readonly<Record<string, number>>;
  count(operation: Operation): number;
  of(operation: Operation): readonly JournalEntry[];
  clear(): void;
};

const KEPT = 20_000;

export type JournalWriter = Journal & { open(entry: JournalEntry): void };

export function createJournal(): JournalWriter {
  let entries: JournalEntry[] = [];
  let counts: Record<string, number> = {};
  let operations: Partial<Record<Operation, number>> = {};
  return {
    entries: () => [...entries],
    countByRoute: () => ({ ...counts }),
    count: (operation) => operations[operation] ?? 0,
    of: (operation) => entries.filter((entry) => entry.operation === operation),
    clear() {
      entries = [];
      counts = {};
      operations = {};
    },
    open(entry) {
      entries.push(entry);
      if (entries.length > KEPT * 2) entries = entries.slice(-KEPT);
      const name = `${entry.method} ${entry.route}`;
      counts[name] = (counts[name] ?? 0) + 1;
      if (entry.operation) operations[entry.operation] = (operations[entry.operation] ?? 0) + 1;
    },
  };
}
