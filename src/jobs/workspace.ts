import type { Workspace } from '../presenters/workspace.ts';
import type { JobOutcome } from '../services/request/update.ts';

/** A workspace as the jobs see it: Slack's client here has long time-outs, since nobody waits. */
export interface JobWorkspace extends Workspace {
  /** Deletes everything that is stored for the workspace, and its jobs. Left out where nothing may be. */
  readonly erase?: () => Promise<void>;
}

/** Thrown by a job that cannot go on yet for a known reason (rate limit, somebody else's lease). Not counted as a failure. */
export class RetryLater extends Error {
  override name = 'RetryLater';
  readonly afterMs: number;

  constructor(afterMs: number) {
    super('the job goes on later');
    this.afterMs = afterMs;
  }
}

/** The queue knows a job that goes on later by its throwing. */
export async function throwIfLater(outcome: Promise<JobOutcome>): Promise<void> {
  const result = await outcome;
  if (result.kind === 'later') throw new RetryLater(result.afterMs);
}
