import type { FleetFailure } from '../domain/failures/failure.ts';
import type { FleetTaskState } from '../domain/fleet-task.ts';
import type { FleetResult } from '../fleet/fleet.ts';
import { type AskForPage, PAGE_SIZE, startReading } from './pages.ts';

/** How one kind of task is carried out. */
export interface Saving {
  readonly operation: 'createUser' | 'createAddress';
  /** Names what is asked for: the same again is the same task. */
  readonly name: readonly string[];
  /** Whether somebody who isn't a Fleet admin may ask for it, too. */
  isAllowed(asker: { readonly fleetUserId: number; readonly isFleetAdmin: boolean }): boolean;
  /** Before it is first sent: what we know without asking Fleet. Null: nothing. */
  known(): Promise<number | null>;
  send(): Promise<FleetResult<Found>>;
  look(): Promise<LookedFor<Found>>;
  /** This failure says that it is there already. */
  isThere(failure: FleetFailure): boolean;
  fieldOf(failure: FleetFailure): Extract<FleetTaskState, { kind: 'refused' }>['field'];
}

/** `record` makes it known here, before the task is settled. Safe to repeat. */
export interface Found {
  readonly fleetId: number;
  readonly record: () => Promise<void>;
}

export type LookedFor<T> =
  | { readonly kind: 'found'; readonly found: T }
  /** By a whole list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unclear' };

const MAX_PAGES = 1_000;

/** One row of a list of any length. A found row needs no whole list; an absent one does. */
export async function lookFor<T>(
  ask: AskForPage<T>,
  { idOf, fits }: { readonly idOf: (row: T) => number; readonly fits: (row: T) => boolean },
): Promise<LookedFor<T>> {
  const reading = startReading(idOf);
  let offset: number | null = 0;
  for (let pages = 0; offset !== null; pages += 1) {
    if (pages === MAX_PAGES) return { kind: 'unclear' };
    const page: Awaited<ReturnType<AskForPage<T>>> = await ask({ limit: PAGE_SIZE, offset });
    if (!page.ok) return { kind: 'unclear' };
    const found = page.value.items.find(fits);
    if (found !== undefined) return { kind: 'found', found };
    offset = reading.take(offset, page.value).next;
  }
  return reading.notWhole() === null ? { kind: 'absent' } : { kind: 'unclear' };
}
