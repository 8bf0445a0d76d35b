import type { Lease } from '../domain/async.ts';
import type { ServiceContext } from './context.ts';

/** What a job does next: nothing, or the same again after a while. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number };

export const jobDone: JobOutcome = { kind: 'done' };

export const retryAfter = (afterMs: number): JobOutcome => ({ kind: 'later', afterMs });

export const RETRY_WHEN_BUSY_MS = 1_000;

/** Keeps two runs of a job apart. Only commits guard what must never happen twice; a lease can expire. */
export async function withLease(
  { store }: ServiceContext,
  name: string,
  ms: number,
  work: (lease: Lease) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const lease = await store.lease(name, ms);
  if (lease === null) return retryAfter(RETRY_WHEN_BUSY_MS);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}
