import { inChunks } from '../domain/async.ts';
import type { FleetFailure, FleetOperation } from '../domain/failures/failure.ts';
import type { FleetResult } from '../fleet/fleet.ts';
import type { Page } from '../fleet/schema.ts';

/** Fleet's largest page. */
export const PAGE_SIZE = 100;
/** 5,000 rows: more than a person can use, and a bound if Fleet's list never ends. */
const MAX_PAGES = 50;
/** The same for what people search. */
const MAX_LONG_PAGES = 1_000;
/** What people wait for: of a longer list they are shown the first pages, while the rest is read as the budget allows. */
const SHORT_PAGES = 10;
/** Few enough that a person can choose another country within the minute. */
const FIRST_PAGES = 5;
/** How often such a part grows. */
const PART_PAGES = 10;

/** Why a list may lack rows that Fleet has. `total`: more or fewer rows came than Fleet counts. */
export const whyNotWhole = ['unreadable', 'moved', 'total', 'too_long'] as const;
export type WhyNotWhole = (typeof whyNotWhole)[number];

/** Unless `notWhole` is null, nothing may be concluded from what the list lacks. */
export interface FleetList<T> {
  readonly rows: readonly T[];
  readonly notWhole: WhyNotWhole | null;
  /** How many rows are still being read. Absent: none. */
  readonly stillToCome?: number | undefined;
}

/** Why what a list lacks is not known to be gone. Null: the list is whole, so it is gone. */
export function doubtAbout(operation: FleetOperation, { notWhole }: FleetList<unknown>): FleetFailure | null {
  return notWhole === null
    ? null
    : { operation, kind: 'unreadable', issue: `list not whole: ${notWhole}`, status: 200 };
}

export type AskForPage<T> = (page: {
  readonly limit: number;
  readonly offset: number;
}) => Promise<FleetResult<Page<T>>>;

type RowId = number | string;

interface ListSource<T> {
  readonly ask: AskForPage<T>;
  /** Names a row among all rows of the list. */
  readonly idOf: (row: T) => RowId;
  /** For a list of any length. */
  readonly long?: {
    /** For the pages that no one waits for. */
    readonly askLater: AskForPage<T>;
    /** Takes ever longer parts of a list that isn't read yet. */
    readonly onPart: (part: FleetList<T>) => Promise<void>;
  };
}

/** Every row of a list. One that isn't whole is read once more, since rows move when somebody edits the list in Fleet. */
export async function readList<T>(source: ListSource<T>): Promise<FleetResult<FleetList<T>>> {
  const list = await readOnce(source);
  if (!list.ok || list.value.notWhole === null || list.value.notWhole === 'too_long') return list;
  const { idOf, long } = source;
  const isLong = long !== undefined && isLongList(list.value.rows.length);
  if (isLong) await long.onPart(list.value);
  // Then no one waits any more, and no part would be better than that.
  const again = await readOnce(
    isLong ? { idOf, ask: long.askLater, long: { ...long, onPart: async () => undefined } } : source,
  );
  return again.ok ? again : list;
}

function isLongList(rows: number): boolean {
  return rows > SHORT_PAGES * (PAGE_SIZE - 1);
}

/** The first page tells where the others begin, so those that people wait for are asked for concurrently. */
async function readOnce<T>({ ask, idOf, long }: ListSource<T>): Promise<FleetResult<FleetList<T>>> {
  const reading = startReading(idOf);
  const rows: T[] = [];
  const ahead = new Map<number, FleetResult<Page<T>>>();
  const most = long === undefined ? MAX_PAGES : MAX_LONG_PAGES;
  let soon = most;
  let offset: number | null = 0;
  for (let pages = 0; offset !== null; pages += 1) {
    if (pages === most) return { ok: true, value: { rows, notWhole: 'too_long' } };
    const askFor = pages < soon || long === undefined ? ask : long.askLater;
    const page: FleetResult<Page<T>> = ahead.get(offset) ?? (await askFor({ limit: PAGE_SIZE, offset }));
    if (!page.ok) return page;
    if (pages === 0 && long !== undefined && isLongList(page.value.total)) soon = FIRST_PAGES;
    const taken = reading.take(offset, page.value);
    rows.push(...taken.fresh);
    offset = taken.next;
    const stillToCome = page.value.total - rows.length;
    if (offset !== null && stillToCome > 0 && pages + 1 >= soon && (pages + 1 - soon) % PART_PAGES === 0)
      await long?.onPart({ rows: [...rows], notWhole: 'too_long', stillToCome });
    if (pages > 0 || offset === null) continue;
    const offsets: number[] = [];
    for (let at = offset; at < page.value.total - 1 && offsets.length < soon - 1; at += offset) offsets.push(at);
    await inChunks(offsets, async (at) => ahead.set(at, await ask({ limit: PAGE_SIZE, offset: at })));
  }
  return { ok: true, value: { rows, notWhole: reading.notWhole() } };
}

/**
 * Checks the pages of one reading against each other. Each page begins with the last row of the one before: if it
 * doesn't, a row came or went in between and another may have slipped through, which no count would show.
 */
export function startReading<T>(idOf: (row: T) => RowId) {
  const seen = new Set<RowId>();
  let unreadable = 0;
  let total: number | null = null;
  let end = 0;
  let lastId: RowId | null = null;
  let hasMoved = false;
  return {
    /** `offset` as it was asked for. `next`: where the next page begins; null: this was the last. */
    take(offset: number, page: Page<T>): { readonly fresh: readonly T[]; readonly next: number | null } {
      const ids = idsOf(page, idOf);
      const isOverlapping = offset < end;
      const isRepeated = isOverlapping && ids[0] === lastId;
      if (isOverlapping !== isRepeated) hasMoved = true;
      unreadable += page.unreadableAt.filter((at) => at > 0 || !isRepeated).length;
      const fresh: T[] = [];
      for (const row of isRepeated && ids[0] !== null ? page.items.slice(1) : page.items) {
        if (seen.has(idOf(row))) hasMoved = true;
        else fresh.push(row);
        seen.add(idOf(row));
      }
      if (page.offset !== offset || (total ?? page.total) !== page.total) hasMoved = true;
      total = page.total;
      end = Math.max(end, offset + ids.length);
      lastId = ids.at(-1) ?? null;
      return { fresh, next: nextOffset(page, ids.length, { end, isOverlapping }) };
    },
    notWhole(): WhyNotWhole | null {
      if (hasMoved) return 'moved';
      if (seen.size + unreadable !== total) return 'total';
      return unreadable > 0 ? 'unreadable' : null;
    },
  };
}

/** One for each row that came. Null: unreadable. */
function idsOf<T>({ items, unreadableAt }: Page<T>, idOf: (row: T) => RowId): readonly (RowId | null)[] {
  const ids: (RowId | null)[] = items.map(idOf);
  for (const at of unreadableAt) ids.splice(at, 0, null);
  return ids;
}

/** By the rows that came: Fleet's pages may be shorter than asked for. A full page may hide more than `total` admits. */
function nextOffset<T>(
  { total, limit, isUnpaged }: Page<T>,
  received: number,
  { end, isOverlapping }: { readonly end: number; readonly isOverlapping: boolean },
): number | null {
  const isFull = received >= (limit > 0 ? Math.min(limit, PAGE_SIZE) : PAGE_SIZE);
  const hasAdvanced = received > (isOverlapping ? 1 : 0);
  if (isUnpaged || !hasAdvanced || (end >= total && !isFull)) return null;
  return received > 1 ? end - 1 : end;
}
