import { randomUUID } from 'node:crypto';
import type { FleetBudget } from '../domain/fleet-budget.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { keysOf } from './keys.ts';
import { connectionTo, type RedisClient, unavailable } from './redis.ts';

/**
 * KEYS: the pause, then one log (sorted set by time) for each share that the request counts against. ARGV: the window,
 * a name for the request, then each share's limit. Answers 0 when the request may go, else how long to wait. Time is
 * Redis's own, so that instances with different clocks share one minute.
 */
const takeScript = `
local paused = redis.call('PTTL', KEYS[1])
if paused > 0 then return paused end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local window = tonumber(ARGV[1])
local wait = 0

for i = 2, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - window)
  local limit = tonumber(ARGV[i + 1])
  local taken = redis.call('ZCARD', KEYS[i])
  if taken >= limit then
    -- The one whose leaving makes room.
    local oldest = redis.call('ZRANGE', KEYS[i], taken - limit, taken - limit, 'WITHSCORES')
    wait = math.max(wait, tonumber(oldest[2]) + window - now)
  end
end
if wait > 0 then return wait end

for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, ARGV[2])
  redis.call('PEXPIRE', KEYS[i], window)
end
return 0
`;

/** A pause that lasts longer already stays. */
const pauseScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 0
`;

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
export function createFleetBudget(
  redis: RedisClient,
  workspaceId: WorkspaceId,
  { perMinute }: BudgetOptions,
): FleetBudget {
  const link = connectionTo(redis);
  const keys = keysOf(workspaceId);
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
