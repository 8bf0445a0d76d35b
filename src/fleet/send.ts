import { admit } from './admission.ts';
import { ask } from './ask.ts';
import type { Send } from './fleet.ts';
import { backoffMs, mayRetry } from './retry.ts';
import type { FleetSettings } from './settings.ts';

/** One operation from the budget to its result, asked again only where nothing can happen twice. */
export function createSend(settings: FleetSettings): Send {
  return async (operation, call, urgency) => {
    const waitBoundMs = settings.waitBoundsMs[urgency];
    let waitedMs = 0;
    for (let attempt = 1; ; attempt += 1) {
      const admission = await admit({ ...settings, urgency, waitedMs, waitBoundMs });
      if (!admission.ok) {
        const { retryAfterMs } = admission;
        return { ok: false, failure: { operation, kind: 'rate_limited', retryAfterMs } };
      }
      waitedMs = admission.waitedMs;

      const result = await ask(settings, call, { operation, urgency, attempt });
      if (result.ok || !mayRetry(result.failure, { attempt, waitedMs, waitBoundMs })) return result;

      const { failure } = result;
      const waitMs = failure.kind === 'rate_limited' ? failure.retryAfterMs : backoffMs(attempt, settings.random());
      await settings.sleep(waitMs);
      waitedMs += waitMs;
    }
  };
}
