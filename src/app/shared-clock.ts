import { setTimeout as sleep } from 'node:timers/promises';
import { withTimeout } from '../domain/async.ts';
import type { Log } from '../services/context.ts';
import { QUEUE_PREFIX } from '../store/keys.ts';
import { redisTimeAt } from '../store/leases.ts';
import { connectionTo, type RedisClient } from '../store/redis.ts';

/** Redis's time, as well as this machine can tell it. */
export interface SharedClock {
  readonly now: () => number;
  /** Compares with Redis once, if Redis answers in a moment. */
  compare(): Promise<void>;
  stop(): void;
}

interface ClockOptions {
  readonly redis: RedisClient;
  readonly log: Log;
  readonly machineClock?: () => number;
  readonly everyMs?: number;
}

const EVERY_MS = 10_000;
/** An answer that took longer says too little. */
const MAX_TRIP_MS = 1_000;
const WORTH_A_WARNING_MS = 5_000;

/**
 * Machines' clocks differ, and what one instance dates another compares: deadlines, claims, "a minute after our own
 * write". So all of them go by Redis's clock: this machine's, corrected by how far Redis's was ahead when last asked.
 */
export function createSharedClock(options: ClockOptions): SharedClock {
  const { redis, log, machineClock = Date.now, everyMs = EVERY_MS } = options;
  const connection = connectionTo(redis);
  let aheadMs = 0;
  let isWarned = false;

  const measure = async (): Promise<void> => {
    const askedAt = machineClock();
    const time = await redisTimeAt(connection, `${QUEUE_PREFIX}:clock`);
    const tripMs = machineClock() - askedAt;
    if (tripMs < 0 || tripMs > MAX_TRIP_MS) return;
    aheadMs = Math.round(time - askedAt - tripMs / 2);
    const isOff = Math.abs(aheadMs) > WORTH_A_WARNING_MS;
    if (isOff && !isWarned)
      log.warn("this machine's clock differs from Redis's", { seconds: Math.round(aheadMs / 1000) });
    isWarned = isOff;
  };
  // Redis is away: what was known still holds, and nothing can be written meanwhile.
  const compare = (): Promise<void> => measure().catch(() => undefined);
  // Another Redis process may answer, on another machine.
  const onReady = () => void compare();
  redis.on('ready', onReady);
  const timer = setInterval(onReady, everyMs).unref();
  return {
    now: () => machineClock() + aheadMs,
    compare: async () => {
      await withTimeout(sleep, MAX_TRIP_MS, compare());
    },
    stop: () => {
      clearInterval(timer);
      redis.off('ready', onReady);
    },
  };
}
