import { randomUUID } from 'node:crypto';
import type { FleetBudget } from '../domain/fleet-budget.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { keysOf } from './keys.ts';
import { connectionTo, type RedisClient, unavailable } from './redis.ts';

/**
 * KEYS: the pause, then a log (sorted set by time) for each share the request counts against. ARGV: the window, a name
 * for the request, then each share's limit. Answers 0 if the request may be sent, else how long to wait. Uses Redis's
 * clock, so that instances with different clocks share one minute.
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
    -- There is room when this one leaves the window.
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

/** Never shortens a pause. */
const pauseScript = `
if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[1]) then redis.call('SET', KEYS[1], '1', 'PX', ARGV[1]) end
return 0
`;

export interface BudgetOptions {
  readonly perMinute: number;
}

// A second more than Fleet's minute: a later request can arrive sooner than an earlier one.
const WINDOW_MS = 61_000;
const BACKGROUND_SHARE = 0.4;
const REFRESH_SHARE = 0.2;

/**
 * Limits the requests of one Fleet key over all instances, by a log of the last minute. Counters of fixed windows (as in
 * rate-limiter-flexible) would let 100 requests at the end of one window and 100 at the start of the next go out within
 * a second, and Fleet doesn't document whether its own window is fixed or sliding. Throws `StoreUnavailable`: without
 * Redis we don't know what other instances have sent.
 */
export function createFleetBudget(
  redis: RedisClient,
  workspaceId: WorkspaceId,
  { perMinute }: BudgetOptions,
): FleetBudget {
  const connection = connectionTo(redis);
  const keys = keysOf(workspaceId);
  const all = [keys.budget('all'), perMinute] as const;
  const background = [keys.budget('background'), shareOf(perMinute, BACKGROUND_SHARE)] as const;
  const refresh = [keys.budget('refresh'), shareOf(perMinute, REFRESH_SHARE)] as const;
  const counted = { person: [all], background: [all, background], refresh: [all, background, refresh] };

  return {
    take: async (urgency) => {
      const shares = counted[urgency];
      const wait = await connection.script(
        takeScript,
        [keys.budgetPause, ...shares.map(([key]) => key)],
        [WINDOW_MS, randomUUID(), ...shares.map(([, limit]) => limit)],
      );
      if (typeof wait !== 'number') throw unavailable(wait);
      return wait > 0 ? { ok: false, retryAfterMs: wait } : { ok: true };
    },
    pause: async (ms) => {
      if (ms > 0) await connection.script(pauseScript, [keys.budgetPause], [Math.ceil(ms)]);
    },
  };
}

/** At least one: the background makes progress on any budget. */
function shareOf(perMinute: number, share: number): number {
  return Math.max(1, Math.floor(perMinute * share));
}
