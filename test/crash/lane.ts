import type { CutPoint } from './messages.ts';
import type { StepName } from './steps.ts';

/** Where a process dies in one step; `next`: where the one that takes over dies too. */
export interface Kill {
  readonly at: CutPoint;
  readonly next?: CutPoint;
}

export interface Lane {
  readonly path: readonly StepName[];
  readonly kills: Partial<Readonly<Record<StepName, Kill>>>;
}
