import { DraftCart } from '../domain/cart/cart.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { createCodec } from './codec.ts';
import { readWith, type StoreParts } from './store-parts.ts';

export const draftCodec = createCodec<DraftCart>(DraftCart);

export async function readDraft(parts: StoreParts, slackUserId: SlackUserId): Promise<DraftCart | null> {
  const key = parts.keys.draft(slackUserId);
  const json = await parts.link.run((redis) => redis.hget(key, 'json'));
  return readWith(parts, draftCodec, { record: 'draft', key }, json);
}

/** Those that stood when the iteration began, oldest change first; one that was deleted meanwhile is left out. */
export async function* readDrafts(parts: StoreParts) {
  const owners = await parts.link.run((redis) => redis.zrange(parts.keys.drafts, 0, '-1', 'WITHSCORES'));
  for (let at = 0; at < owners.length; at += 2) {
    // Only `planDraft` writes members here, each a Slack user's id, followed by when it was saved.
    const slackUserId = owners[at] as SlackUserId;
    const draft = await readDraft(parts, slackUserId);
    if (draft) yield { slackUserId, draft, savedAt: Number(owners[at + 1]) };
  }
}
