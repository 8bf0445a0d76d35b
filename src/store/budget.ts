import { randomUUID } from 'node:crypto';
import type { FleetBudget } from '../domain/fleet-budget.ts';
import type { TenantId } from '../domain/ids.ts';
import { pauseScript, takeScript } from './budget-script.ts';
import { keysOf } from './keys.ts';
import { createLink, type RedisClient } from './link.ts';
import { unavailable } from './unavailable.ts';

export interface BudgetOptions {
  readonly perMinute: number;
}

// A second more than Fleet's minute: a request may be slower on its way than the one that follows it.
const WINDOW_MS = 61_000;
const BACKGROUND_SHARE = 0.4;
const REFRESH_SHARE = 0.2;

/**
 * One Fleet key's requests over all instances. A log of the last minute and not counters by fixed windows (which is
 * what rate-limiter-flexible has): with those, 100 at the end of one window and 100 at the beginning of the next go
 * out within a second, and whether Fleet's own window is fixed or sliding is not documented. The log holds as many
 * entries as a minute has requests. Throws `StoreUnavailable`: without Redis nobody knows what the others asked.
 */
export function createFleetBudget(redis: RedisClient, tenant: TenantId, { perMinute }: BudgetOptions): FleetBudget {
  const link = createLink(redis);
  const keys = keysOf(tenant);
  const all = [keys.budget('all'), perMinute] as const;
  const background = [keys.budget('background'), shareOf(perMinute, BACKGROUND_SHARE)] as const;
  const refresh = [keys.budget('refresh'), shareOf(perMinute, REFRESH_SHARE)] as const;
  const counted = { person: [all], background: [all, background], refresh: [all, background, refresh] };

  return {
    take: async (urgency) => {
      const shares = counted[urgency];
      const wait = await link.script(
        takeScript,
        [keys.budgetPause, ...shares.map(([key]) => key)],
        [WINDOW_MS, randomUUID(), ...shares.map(([, limit]) => limit)],
      );
      if (typeof wait !== 'number') throw unavailable(wait);
      return wait > 0 ? { ok: false, retryAfterMs: wait } : { ok: true };
    },
    pause: async (ms) => {
      if (ms > 0) await link.script(pauseScript, [keys.budgetPause], [Math.ceil(ms)]);
    },
  };
}

/** Never nothing: with a very small budget the background still moves. */
function shareOf(perMinute: number, share: number): number {
  return Math.max(1, Math.floor(perMinute * share));
}
