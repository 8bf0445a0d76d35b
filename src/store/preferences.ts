import { Preferences } from '../domain/cart/cart.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

export async function readPreferences({ keys, link }: StoreParts, slackUserId: SlackUserId): Promise<Preferences> {
  return Preferences.parse(await link.run((redis) => redis.hgetall(keys.preferences(slackUserId))));
}

export async function setPreferences(
  { keys, link }: StoreParts,
  slackUserId: SlackUserId,
  change: Partial<Preferences>,
): Promise<void> {
  const key = keys.preferences(slackUserId);
  await link.pipeline((pipeline) => {
    for (const [name, value] of Object.entries(change)) {
      if (value === null) pipeline.hdel(key, name);
      else pipeline.hset(key, name, value);
    }
    pipeline.pexpire(key, lifetimesMs.preferences);
  });
}
