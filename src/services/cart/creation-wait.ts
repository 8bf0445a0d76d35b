import { defaultTimeoutsMs } from '../../fleet/settings.ts';

/** As long as a create may still be under way inside Fleet after its answer was given up. */
const SETTLES_AFTER_GIVEN_UP_MS = 5_000;

/** Counted from when it went out: whoever sent it waits for its answer until the time-out, unless they said otherwise. */
export const SETTLES_AFTER_MS = defaultTimeoutsMs.write + SETTLES_AFTER_GIVEN_UP_MS;

/** What to write down for a create whose answer was given up just now, which may be long before the time-out. */
export function givenUpNow(now: number): number {
  return now - defaultTimeoutsMs.write;
}
