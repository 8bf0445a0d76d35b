import { type FleetFailure, isFleetWrite, isRefusal } from '../domain/failures/fleet-failure.ts';
import type { Urgency } from '../domain/fleet-budget.ts';

/** How long one call may wait in all for room in the minute's budget. */
export type WaitBounds = Readonly<Record<Urgency, number>>;
/**
 * A refresh fills its share in a moment and then waits for the whole of the budget's minute, or two of them beside a
 * sweep: with less, no company that is larger than one minute's share would ever be read to its end.
 */
export const defaultWaitBoundsMs: WaitBounds = { person: 2_500, background: 60_000, refresh: 150_000 };

const MOST_READ_ATTEMPTS = 3;
const MOST_RATE_LIMITED_ATTEMPTS = 5;
const FIRST_BACKOFF_MS = 200;

/**
 * A 429 was refused before anything happened, so even a write may go again. Any other failed write may have landed and
 * is the caller's to look into; a read can be asked twice.
 */
export function mayRetry(
  failure: FleetFailure,
  {
    attempt,
    waitedMs,
    waitBoundMs,
  }: { readonly attempt: number; readonly waitedMs: number; readonly waitBoundMs: number },
): boolean {
  switch (failure.kind) {
    case 'rate_limited':
      return attempt < MOST_RATE_LIMITED_ATTEMPTS && waitedMs + failure.retryAfterMs <= waitBoundMs;
    case 'unavailable':
    case 'unreachable':
    case 'no_answer':
      return !isFleetWrite(failure.operation) && attempt < MOST_READ_ATTEMPTS;
    case 'unreadable':
      // The page of something that stands between us and Fleet may be gone the next time.
      return !isFleetWrite(failure.operation) && attempt < MOST_READ_ATTEMPTS && !isRefusal(failure.status);
    case 'rejected':
    case 'rejected_in_words':
    case 'unauthorized':
    case 'insufficient_scope':
    case 'company_not_found':
      return false;
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return failure satisfies never;
  }
}

/** Doubling, between half and the whole of it, so that instances do not come back together. `chance` is 0 to 1. */
export function backoffMs(attempt: number, chance: number): number {
  const whole = FIRST_BACKOFF_MS * 2 ** (attempt - 1);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
