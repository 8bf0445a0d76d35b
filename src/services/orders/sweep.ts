import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { SweepMark } from '../../domain/orders/follow.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Page } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';

/** Fleet's largest page. */
const PAGE = 100;

interface Walk<T> {
  readonly ask: (page: { readonly limit: number; readonly offset: number }) => Promise<FleetResult<Page<T>>>;
  readonly from: number;
  readonly maxPages: number;
  /** After each page. False: stop. */
  readonly onPage: (items: readonly T[], pagesLeft: number) => Promise<boolean>;
}

interface Walked {
  readonly failure: FleetFailure | null;
  /** Where the next walk resumes; 0: from the start. */
  readonly next: number;
}

export async function walkPages<T>({ ask, from, maxPages, onPage }: Walk<T>): Promise<Walked> {
  let offset = from;
  for (let pages = 0; pages < maxPages; pages += 1) {
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

/** One sweep over everything that can change in Fleet. */
export interface Sweep {
  readonly context: ServiceContext;
  /** Checked before each call to Fleet. False: another instance took over. */
  readonly isOurs: () => Promise<boolean>;
  /** Advances with each order asked for, so that the next sweep starts with the rest. */
  mark: SweepMark;
  readonly counts: { pages: number; asked: number; moved: number };
}

/** The next item may be fine. All other failures are about Fleet, the key or the budget. */
export function concernsOneItem({ kind }: FleetFailure): boolean {
  return kind === 'rejected' || kind === 'rejected_in_words' || kind === 'unreadable';
}
