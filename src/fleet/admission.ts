import type { FleetBudget, Urgency } from '../domain/fleet-budget.ts';
import { SHORTEST_WAIT_MS } from './rate-limit.ts';

export type Admission =
  | { readonly ok: true; readonly waitedMs: number }
  | { readonly ok: false; readonly retryAfterMs: number };

interface AdmissionNeeds {
  readonly budget: FleetBudget;
  readonly sleep: (ms: number) => Promise<unknown>;
  readonly urgency: Urgency;
  readonly waitedMs: number;
  readonly waitBoundMs: number;
}

/** Waits for room in the minute's budget as long as the whole call may wait, and no longer. */
export async function admit(needs: AdmissionNeeds): Promise<Admission> {
  let { waitedMs } = needs;
  for (;;) {
    const taken = await needs.budget.take(needs.urgency);
    if (taken.ok) return { ok: true, waitedMs };
    const waitMs = Math.max(taken.retryAfterMs, SHORTEST_WAIT_MS);
    if (waitedMs + waitMs > needs.waitBoundMs) return { ok: false, retryAfterMs: waitMs };
    await needs.sleep(waitMs);
    waitedMs += waitMs;
  }
}
