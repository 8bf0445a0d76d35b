import type { PageOf } from '../page-of.ts';
import type { NoMatch } from '../people/people.ts';
import type { RequestCard } from '../request/request.ts';
import type { PersonStatus, StatusItem } from './status-report.ts';

/** What the Home tab shows one person. */
export interface HomeScreen {
  /** Why nothing can be ordered by this person; null: they can. */
  readonly trouble: NoMatch | { readonly kind: 'paused' } | null;
  readonly status: PersonStatus;
  /** Own requests with the signed value of their buttons; null: nothing is left to do. */
  readonly items: readonly (StatusItem & { readonly buttonValue: string | null })[];
  /** For this person's signature, oldest first. */
  readonly waiting: PageOf<RequestCard>;
  /** Null: no admin. */
  readonly company: { readonly open: number; readonly stuck: number; readonly unmatched: number } | null;
}
