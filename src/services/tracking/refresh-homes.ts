import type { SlackUserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';

/** However much changes, one Home tab is published at most this often. */
const AT_MOST_EVERY_MS = 5_000;

/**
 * Asks for the Home tabs of these people to be brought up to date, those that were ever opened. Changes of the same few
 * seconds share one publishing, after the last of them.
 */
export async function refreshHomes(context: ServiceContext, people: readonly SlackUserId[]): Promise<void> {
  const opened = await context.store.openedHomes([...new Set(people)]);
  if (opened.length === 0) return;
  const now = context.now();
  const notBefore = (Math.floor(now / AT_MOST_EVERY_MS) + 1) * AT_MOST_EVERY_MS;
  await context.store.commit({
    work: opened.map((slackUserId) => ({
      id: `home.${context.tenant}.${slackUserId}.${notBefore}`,
      notBefore,
      work: { kind: 'publish_home', tenant: context.tenant, slackUserId } as const,
    })),
  });
}
