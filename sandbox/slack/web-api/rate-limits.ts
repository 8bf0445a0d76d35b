import type { Core } from '../core.ts';
import { type Obj, str } from '../json.ts';
import type { Method } from './method.ts';

export interface RateLimiter {
  /** Returns 0 if the call may go through, and counts it. */
  secondsToWait(name: string, method: Method, args: Obj): number;
}

const minute = 60_000;

export function createRateLimiter(core: Core): RateLimiter {
  const calls = new Map<string, number[]>();
  const wait = (key: string, max: number, windowMs: number): number => {
    const now = core.now();
    const recent = (calls.get(key) ?? []).filter((at) => now - at < windowMs);
    calls.set(key, recent);
    const [oldest] = recent;
    if (oldest === undefined || recent.length < max) {
      recent.push(now);
      return 0;
    }
    return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
  };
  return {
    secondsToWait(name, method, args) {
      if (!core.settings.rateLimits) return 0;
      const perChannel = name === 'chat.postMessage' ? wait(`${name} ${str(args.channel) ?? ''}`, 1, 1000) : 0;
      return perChannel > 0 ? perChannel : wait(name, method.perMinute, minute);
    },
  };
}
