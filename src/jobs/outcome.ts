import type { JobOutcome } from '../services/under-lease.ts';
import { RetryLater } from './retry-later.ts';

/** The queue knows a job that goes on later by its throwing. */
export async function carriedOut(outcome: Promise<JobOutcome>): Promise<void> {
  const result = await outcome;
  if (result.kind === 'later') throw new RetryLater(result.afterMs);
}
