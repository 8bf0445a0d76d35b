import { z } from 'zod';
import type { SlackUserId } from '../domain/ids.ts';
import type { Deputy } from '../domain/request/deputy.ts';
import { branded } from './codecs/brands.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

// Two more fields of the person's preferences.
const Stored = z.object({ deputy: branded<SlackUserId>(), awayUntil: z.coerce.number().positive() });

/** Null: nobody was named, or the time is over. */
export async function readDeputy({ keys, link, now }: StoreParts, slackUserId: SlackUserId): Promise<Deputy | null> {
  const fields = await link.run((redis) => redis.hgetall(keys.preferences(slackUserId)));
  const stored = Stored.safeParse(fields);
  if (!stored.success || stored.data.awayUntil <= now()) return null;
  return { slackUserId: stored.data.deputy, until: stored.data.awayUntil };
}

export async function setDeputy(
  { keys, link }: StoreParts,
  slackUserId: SlackUserId,
  deputy: Deputy | null,
): Promise<void> {
  const key = keys.preferences(slackUserId);
  await link.pipeline((pipeline) => {
    if (deputy === null) pipeline.hdel(key, 'deputy', 'awayUntil');
    else pipeline.hset(key, { deputy: deputy.slackUserId, awayUntil: String(deputy.until) });
    pipeline.pexpire(key, lifetimesMs.preferences);
  });
}
