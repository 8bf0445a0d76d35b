import { z } from 'zod';
import { DraftCart, Preferences } from '../domain/cart/cart.ts';
import { SlackUserId } from '../domain/ids.ts';
import type { Deputy } from '../domain/request/decide.ts';
import { lifetimesMs } from './keys.ts';
import { type CommitPlan, createCodec, readWith, type StoreParts } from './parts.ts';
import type { DeputyChange } from './store.ts';

export const draftCodec = createCodec<DraftCart>(DraftCart);

export async function readDraft(parts: StoreParts, slackUserId: SlackUserId): Promise<DraftCart | null> {
  const key = parts.keys.draft(slackUserId);
  const json = await parts.connection.run((redis) => redis.hget(key, 'json'));
  return readWith(parts, draftCodec, { record: 'draft', key }, json);
}

/** Those that stood when the iteration began, oldest change first; one that was deleted meanwhile is left out. */
export async function* readDrafts(parts: StoreParts) {
  const owners = await parts.connection.run((redis) => redis.zrange(parts.keys.drafts, 0, '-1', 'WITHSCORES'));
  for (let at = 0; at < owners.length; at += 2) {
    // Only `planDraft` writes members here, each a Slack user's id, followed by when it was saved.
    const slackUserId = owners[at] as SlackUserId;
    const draft = await readDraft(parts, slackUserId);
    if (draft) yield { slackUserId, draft, savedAt: Number(owners[at + 1]) };
  }
}

export async function readPreferences(
  { keys, connection }: StoreParts,
  slackUserId: SlackUserId,
): Promise<Preferences> {
  return Preferences.parse(await connection.run((redis) => redis.hgetall(keys.preferences(slackUserId))));
}

export async function setPreferences(
  { keys, connection }: StoreParts,
  slackUserId: SlackUserId,
  change: Partial<Preferences>,
): Promise<void> {
  const key = keys.preferences(slackUserId);
  await connection.pipeline((pipeline) => {
    for (const [name, value] of Object.entries(change)) {
      if (value === null) pipeline.hdel(key, name);
      else pipeline.hset(key, name, value);
    }
    pipeline.pexpire(key, lifetimesMs.preferences);
  });
}

// Two more fields of the person's preferences.
const Stored = z.object({ deputy: SlackUserId, awayUntil: z.coerce.number().positive() });

/** Null: nobody was named, or the time is over. */
export async function readDeputy(
  { keys, connection, now }: StoreParts,
  slackUserId: SlackUserId,
): Promise<Deputy | null> {
  const fields = await connection.run((redis) => redis.hgetall(keys.preferences(slackUserId)));
  const stored = Stored.safeParse(fields);
  if (!stored.success || stored.data.awayUntil <= now()) return null;
  return { slackUserId: stored.data.deputy, until: stored.data.awayUntil };
}

export function planDeputy(plan: CommitPlan, { keys }: StoreParts, { slackUserId, next }: DeputyChange): void {
  const key = keys.preferences(slackUserId);
  if (next === null) plan.write('HDEL', 'hash', key, 'deputy', 'awayUntil');
  else plan.write('HSET', 'hash', key, 'deputy', next.slackUserId, 'awayUntil', next.until);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.preferences);
}
