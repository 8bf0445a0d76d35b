import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Page } from '../../fleet/schema.ts';

/** Fleet's largest page. */
const PAGE = 100;

export interface Walk<T> {
  readonly ask: (page: { readonly limit: number; readonly offset: number }) => Promise<FleetResult<Page<T>>>;
  readonly from: number;
  readonly mostPages: number;
  /** After each page, with how many more there are. False: that was enough. */
  readonly onPage: (items: readonly T[], pagesLeft: number) => Promise<boolean>;
}

export interface Walked {
  readonly failure: FleetFailure | null;
  /** Where to go on another time; 0: from the start. */
  readonly next: number;
}

/** Page by page as long as it is worth it. */
export async function walkPages<T>({ ask, from, mostPages, onPage }: Walk<T>): Promise<Walked> {
  let offset = from;
  for (let pages = 0; pages < mostPages; pages += 1) {
    const page = await ask({ limit: PAGE, offset });
    if (!page.ok) return { failure: page.failure, next: offset };
    const { items, total, limit } = page.value;
    offset = page.value.offset + limit;
    const isEnd = limit <= 0 || items.length === 0 || offset >= total;
    const goesOn = await onPage(items, isEnd ? 0 : Math.ceil((total - offset) / limit));
    if (isEnd || !goesOn) return { failure: null, next: 0 };
  }
  return { failure: null, next: offset };
}
