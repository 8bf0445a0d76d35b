import type { RedisClient } from '../../../src/store/redis.ts';

/** A client that counts what goes out, and how often we waited for an answer before we sent more. */
export function watchedRedis(redis: RedisClient) {
  const sent: string[] = [];
  let trips = 0;
  let inFlight = 0;
  const client = new Proxy(redis, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || name === 'defineCommand' || name === 'once') return value;
      return (...args: readonly unknown[]): unknown => {
        const answer: unknown = Reflect.apply(value, target, args);
        if (!(answer instanceof Promise)) return answer;
        sent.push(name === 'call' ? String(args[0]) : 'script');
        if (inFlight === 0) trips += 1;
        inFlight += 1;
        const settled = () => {
          inFlight -= 1;
        };
        answer.then(settled, settled);
        return answer;
      };
    },
  });
  return {
    client,
    sent,
    /** The trips since the last time that somebody asked. */
    trips: (): number => {
      const made = trips;
      trips = 0;
      return made;
    },
  };
}
