import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { SweepMark } from '../../domain/tracking/sweep.ts';
import type { ServiceContext } from '../context.ts';

/** One sweep over everything that Fleet can move by itself. */
export interface Sweep {
  readonly context: ServiceContext;
  /** Asked before each call to Fleet. False: another instance took over. */
  readonly isOurs: () => Promise<boolean>;
  /** Moves on with every one that was asked, so that the next sweep begins with those who were not. */
  mark: SweepMark;
  readonly counts: { pages: number; asked: number; moved: number };
}

/** Whatever else may be wrong with one answer, the next one can be fine. The rest is about Fleet, the key or the budget. */
export function isAboutThisOneOnly({ kind }: FleetFailure): boolean {
  return kind === 'rejected' || kind === 'rejected_in_words' || kind === 'unreadable';
}
