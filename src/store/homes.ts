import type { SlackUserId } from '../domain/ids.ts';
import { lifetimesMs } from './keys.ts';
import type { StoreParts } from './store-parts.ts';

/** Who has opened the Home tab, by when last: only theirs are kept up to date. */
export async function noteHomeOpened({ link, keys, now }: StoreParts, slackUserId: SlackUserId): Promise<void> {
  await link.pipeline((pipeline) => {
    pipeline.zadd(keys.homes, now(), slackUserId);
    pipeline.zremrangebyscore(keys.homes, '-inf', now() - lifetimesMs.openedHome);
  });
}

export async function openedHomes(
  { link, keys }: StoreParts,
  people: readonly SlackUserId[],
): Promise<readonly SlackUserId[]> {
  if (people.length === 0) return [];
  const scores = await link.run((redis) => redis.zmscore(keys.homes, ...people));
  return people.filter((_, index) => scores[index] !== null);
}
