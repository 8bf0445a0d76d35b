import type { SlackUserId } from '../domain/ids.ts';
import { sentence } from '../views/notices.ts';
import type { Tenant } from './deps.ts';

/** In a message: over its response_url, seen only by them. In a modal or on the Home tab there is none: a DM. */
export async function tellWhoActed(tenant: Tenant, body: object, text: string): Promise<void> {
  const responseUrl = 'response_url' in body && typeof body.response_url === 'string' ? body.response_url : null;
  if (responseUrl !== null) {
    const answer = { ...sentence(text), response_type: 'ephemeral', replace_original: false } as const;
    if ((await tenant.slack.respond(responseUrl, answer)).ok) return;
  }
  const slackUserId = whoActed(body);
  if (slackUserId !== null) await tenant.slack.post(slackUserId, sentence(text));
}

function whoActed(body: object): SlackUserId | null {
  if ('user' in body && typeof body.user === 'object' && body.user !== null && 'id' in body.user)
    return typeof body.user.id === 'string' ? (body.user.id as SlackUserId) : null;
  return 'user_id' in body && typeof body.user_id === 'string' ? (body.user_id as SlackUserId) : null;
}
