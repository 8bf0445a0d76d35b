import { z } from 'zod';
import { SlackUserId } from '../domain/ids.ts';
import type { Deputy } from '../domain/request/deputy.ts';
import type { CommitPlan } from './commit-plan.ts';
import { lifetimesMs } from './keys.ts';
import type { Commit } from './store.ts';
import type { StoreParts } from './store-parts.ts';

// Two more fields of the person's preferences.
const Stored = z.object({ deputy: SlackUserId, awayUntil: z.coerce.number().positive() });

/** Null: nobody was named, or the time is over. */
export async function readDeputy({ keys, link, now }: StoreParts, slackUserId: SlackUserId): Promise<Deputy | null> {
  const fields = await link.run((redis) => redis.hgetall(keys.preferences(slackUserId)));
  const stored = Stored.safeParse(fields);
  if (!stored.success || stored.data.awayUntil <= now()) return null;
  return { slackUserId: stored.data.deputy, until: stored.data.awayUntil };
}

export function planDeputy(
  plan: CommitPlan,
  { keys }: StoreParts,
  { slackUserId, is }: Required<Commit>['deputy'],
): void {
  const key = keys.preferences(slackUserId);
  if (is === null) plan.write('HDEL', 'hash', key, 'deputy', 'awayUntil');
  else plan.write('HSET', 'hash', key, 'deputy', is.slackUserId, 'awayUntil', is.until);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.preferences);
}
