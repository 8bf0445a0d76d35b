import type { Lease } from '../store/store.ts';
import type { ServiceContext } from './context.ts';
import type { Settled } from './signature/settle-request.ts';

export type { Lease } from '../store/store.ts';

/** What a job does next: nothing, or the same again after a while. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number };

export const done: JobOutcome = { kind: 'done' };
export const later = (afterMs: number): JobOutcome => ({ kind: 'later', afterMs });

const BUSY_MS = 1_000;

/** Overtaken: what was found out is about a request that is not there any more, so it is read again. */
export function ended(settled: Settled | 'overtaken'): JobOutcome {
  return settled === 'overtaken' ? later(BUSY_MS) : done;
}

/** Keeps two runs of one job from working side by side. What must never happen twice is guarded by commits, not by this. */
export async function underLease(
  { store }: ServiceContext,
  name: string,
  ms: number,
  work: (lease: Lease) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const lease = await store.lease(name, ms);
  if (lease === null) return later(BUSY_MS);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}
