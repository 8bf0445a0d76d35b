import { z } from 'zod';
import type { Preferences } from '../domain/cart/cart.ts';
import type { CountryCode, SlackUserId } from '../domain/ids.ts';
import { branded } from './codecs/brands.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

// A hash with one field each, so that two changes at once keep both; a null is a field that is not there.
const Stored = z.object({
  lastCountry: branded<CountryCode>().nullable().default(null),
  lastApprover: branded<SlackUserId>().nullable().default(null),
});

export async function readPreferences({ keys, link }: StoreParts, slackUserId: SlackUserId): Promise<Preferences> {
  return Stored.parse(await link.run((redis) => redis.hgetall(keys.preferences(slackUserId))));
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
