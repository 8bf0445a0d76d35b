import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { FleetBudget, Urgency } from '../domain/fleet-budget.ts';
import type { SlackUserId, WorkspaceId } from '../domain/ids.ts';
import { keysOf } from './keys.ts';
import { connectionTo, type RedisClient, unavailable } from './redis.ts';

/**
 * KEYS: the pause, then a log (sorted set by time) for each share the request counts against. ARGV: the window, a name
 * for the request, then each share's limit. Answers how long to wait (0: the request may be sent) and which share is
 * used up for longest (0: a pause). Uses Redis's clock, so that instances with different clocks share one minute.
 */
const takeScript = `
local paused = redis.call('PTTL', KEYS[1])
if paused > 0 then return {paused, 0} end

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local window = tonumber(ARGV[1])
local wait, full = 0, 0

for i = 2, #KEYS do
  redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - window)
  local limit = tonumber(ARGV[i + 1])
  local taken = redis.call('ZCARD', KEYS[i])
  if taken >= limit then
    -- There is room when this one leaves the window.
    local oldest = redis.call('ZRANGE', KEYS[i], taken - limit, taken - limit, 'WITHSCORES')
    local room = tonumber(oldest[2]) + window - now
    if room > wait then wait, full = room, i - 1 end
  end
end
if wait > 0 then return {wait, full} end

for i = 2, #KEYS do
  redis.call('ZADD', KEYS[i], now, ARGV[2])
  redis.call('PEXPIRE', KEYS[i], window)
end
return {0, 0}
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
/** Only approvals that were accepted may use the last tenth. */
const NOT_SIGNING_SHARE = 0.9;
/** Leaves some for refreshes, so that no one signs by a directory that couldn't be read. */
const PEOPLE_SHARE = 0.85;
const BACKGROUND_SHARE = 0.4;
const REFRESH_SHARE = 0.2;
/** Of one person. Putting a device into a cart takes up to five requests. */
const OWN_SHARE = 0.2;
const OWN_LEAST = 10;

/** Whose act the requests follow from: one person's, or an approval's that was accepted. */
type Account = SlackUserId | 'signing';
const account = new AsyncLocalStorage<Account | null>();

/** Charges what `work` asks of Fleet to this account. Null: to no one in particular. */
export function chargeTo<T>(to: Account | null, work: () => T): T {
  return account.run(to, work);
}

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
  const shareOf = (share: number) => Math.floor(perMinute * share);
  const notSigning = [keys.budget('all'), shareOf(NOT_SIGNING_SHARE)] as const;
  const people = [keys.budget('people'), shareOf(PEOPLE_SHARE)] as const;
  const background = [keys.budget('background'), shareOf(BACKGROUND_SHARE)] as const;
  const refresh = [keys.budget('refresh'), shareOf(REFRESH_SHARE)] as const;
  const ownLimit = Math.max(OWN_LEAST, shareOf(OWN_SHARE));
  const sharesOf = (urgency: Urgency, of: Account | null) => {
    if (urgency === 'background') return [notSigning, background];
    if (urgency === 'refresh') return [notSigning, background, refresh];
    if (of === 'signing') return [[keys.budget('all'), perMinute] as const];
    return [notSigning, people, ...(of === null ? [] : [[keys.budgetOf(of), ownLimit] as const])];
  };

  return {
    take: async (urgency) => {
      const shares = sharesOf(urgency, account.getStore() ?? null);
      const answer = await connection.script(
        takeScript,
        [keys.budgetPause, ...shares.map(([key]) => key)],
        [WINDOW_MS, randomUUID(), ...shares.map(([, limit]) => limit)],
      );
      const taken = Taken.safeParse(answer);
      if (!taken.success) throw unavailable(answer);
      const [retryAfterMs, full] = taken.data;
      if (retryAfterMs === 0) return { ok: true };
      // Only a person's own share is third.
      const isOwnShare = urgency === 'person' && full === 3;
      return { ok: false, retryAfterMs, ...(isOwnShare ? { isOwnShare } : {}) };
    },
    pause: async (ms) => {
      if (ms > 0) await connection.script(pauseScript, [keys.budgetPause], [Math.ceil(ms)]);
    },
  };
}

const Taken = z.tuple([z.number(), z.number()]);
