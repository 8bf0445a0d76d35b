import type { JournalEntry } from '../../sandbox/fleet/journal.ts';

const MINUTE_MS = 60_000;

/** What only background work asks for: the directory's pages, and the sweep over carts and orders. */
export const isBackground = ({ operation, query }: JournalEntry): boolean =>
  operation === 'listUsers' ||
  operation === 'listOrders' ||
  operation === 'getOrder' ||
  (operation === 'listCarts' && query.purchaser_id === undefined);

/** The most requests that any sixty seconds hold, wherever they begin. */
export function busiestMinute(entries: readonly { readonly time: number }[]): number {
  let most = 0;
  let first = 0;
  for (const [index, { time }] of entries.entries()) {
    while (time - (entries[first]?.time ?? time) >= MINUTE_MS) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

/** Counts by route of each minute since the first request. */
export function perMinute(entries: readonly JournalEntry[]): readonly Readonly<Record<string, number>>[] {
  const minutes: Record<string, number>[] = [];
  const begun = entries[0]?.time ?? 0;
  for (const { time, method, route } of entries) {
    const minute = Math.floor((time - begun) / MINUTE_MS);
    while (minutes.length <= minute) minutes.push({});
    const counts = minutes[minute] ?? {};
    const name = `${method} ${route}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return minutes;
}
