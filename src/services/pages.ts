import { inChunks } from '../domain/async.ts';
import type { FleetResult } from '../fleet/fleet.ts';
import type { Page } from '../fleet/schema.ts';

const PAGE_SIZE = 100;
/** 5,000 rows: more than a person can use, and a bound if Fleet's list never ends. */
const MAX_PAGES = 50;

/** Reads every page of a list: the first page has the total, the others are read concurrently. */
export async function allPages<T>(
  ask: (page: { readonly limit: number; readonly offset: number }) => Promise<FleetResult<Page<T>>>,
): Promise<FleetResult<readonly T[]>> {
  const first = await ask({ limit: PAGE_SIZE, offset: 0 });
  if (!first.ok) return first;
  // Fleet's pages may be shorter than we asked for.
  const { limit, total } = first.value;
  const offsets: number[] = [];
  for (let offset = limit; limit > 0 && offset < total && offsets.length < MAX_PAGES - 1; offset += limit)
    offsets.push(offset);
  const pages = [first, ...(await inChunks(offsets, (offset) => ask({ limit: PAGE_SIZE, offset })))];
  const failed = pages.find((page) => !page.ok);
  if (failed !== undefined) return failed;
  return { ok: true, value: pages.flatMap((page) => (page.ok ? page.value.items : [])) };
}
