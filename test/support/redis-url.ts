import { type RunningRedis, startRedis } from '../../sandbox/redis/start.ts';

let embedded: Promise<RunningRedis> | undefined;

/** `REDIS_URL`, else the one that this worker embeds until it ends. Tests share it: nothing on it is ever flushed. */
export async function redisUrlForTests(): Promise<string> {
  if (process.env.REDIS_URL) return process.env.REDIS_URL;
  embedded ??= startRedis();
  return (await embedded).url;
}
