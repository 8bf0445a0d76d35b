import type { SlackChannelId } from '../domain/ids.ts';
import { isNews } from '../domain/request/announce.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import type { ServiceContext } from '../services/context.ts';
import { renderCard } from '../services/signature/render-card.ts';
import { requestCard } from '../views/card/request-card.ts';
import type { JobTenant } from './job-tenant.ts';

const AGAIN_MS = 5_000;
/** The channel is not lost: whoever runs the app gives it a token that works. */
const TOKEN_AGAIN_MS = 60_000;

/**
 * Posts a request once to the announcement channel; from then on the copy is kept current with all others. Null: done, or
 * the channel does not take it, which stops nobody; else how long to wait.
 */
export async function announce({ context, slack }: JobTenant, request: DeviceRequest): Promise<number | null> {
  const { announcements } = await context.store.settings();
  if (announcements === null || !isNews(request, announcements, context.now())) return null;
  const { channel } = announcements;
  const copies = await context.store.copies(request.id);
  if (copies.some((copy) => copy.kind === 'shared' && copy.channel === channel)) return null;
  const card = await renderCard(context, request, { side: 'shared', slackUserId: null, otherCopy: null });
  const posted = await slack.post(channel, requestCard(card));
  if (posted.ok) {
    const copy = { kind: 'shared', slackUserId: null, ...posted.value, shows: request.revision } as const;
    await context.store.putCopy(request.id, copy);
    return null;
  }
  switch (posted.failure.kind) {
    case 'rate_limited':
      return posted.failure.retryAfterMs;
    case 'unavailable':
      return AGAIN_MS;
    case 'token_refused':
      return TOKEN_AGAIN_MS;
    default:
      await tellAdminsOnce(context, channel);
      return null;
  }
}

/** Once a week at most for each channel, however many orders it misses. */
async function tellAdminsOnce({ store, tenant, seal, log }: ServiceContext, channel: SlackChannelId): Promise<void> {
  const id = seal.digest(`${tenant} ${channel}`).slice(0, 24);
  const notice = { kind: 'announcements_refused' } as const;
  log.warn('an announcement could not be posted');
  await store.commit({
    once: `channel-lost.${id}`,
    work: [{ id: `channel-lost.${id}`, work: { kind: 'notify', tenant, to: { kind: 'admins' }, notice } }],
  });
}
