import type { FleetResult } from '../fleet/fleet.ts';
import type { Page } from '../fleet/schema.ts';

const PAGE = 100;
/** 5,000 rows: more than a list for people can hold, and an end for an answer that never ends. */
const MOST_PAGES = 50;

/** Everything that Fleet lists, page by page; the first page that fails fails the whole. */
export async function allPages<T>(
  ask: (page: { readonly limit: number; readonly offset: number }) => Promise<FleetResult<Page<T>>>,
): Promise<FleetResult<readonly T[]>> {
  const items: T[] = [];
  let offset = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await ask({ limit: PAGE, offset });
    if (!page.ok) return page;
    items.push(...page.value.items);
    offset = page.value.offset + page.value.limit;
    if (page.value.limit <= 0 || offset >= page.value.total) break;
  }
  return { ok: true, value: items };
}
