import type { FleetUserId } from '../../domain/ids.ts';
import type { Match } from '../../domain/people/people.ts';
import type { Looked, ServiceContext } from '../context.ts';
import { matchPerson } from './match-person.ts';
import { slackIdsByEmail } from './slack-ids-by-email.ts';

type Matched = Extract<Match, { readonly kind: 'matched' }>;

/**
 * Who a Fleet user is in Slack, by link or address; and only when that account leads back to the very same Fleet user.
 * Null: nobody. Not ok: that cannot be said just now.
 */
export async function fleetPersonInSlack(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<Looked<Matched | null>> {
  const link = await context.store.linkOf(fleetUserId);
  const byEmail = await slackIdsByEmail(context, fleetUserId);
  let isUnsure = false;
  for (const slackUserId of [...(link === null ? [] : [link.slackUserId]), ...(byEmail.ok ? byEmail.value : [])]) {
    const match = await matchPerson(context, slackUserId);
    if (match.kind === 'matched' && match.person.fleetUserId === fleetUserId) return { ok: true, value: match };
    isUnsure ||= match.kind === 'slack_unreachable' || match.kind === 'people_loading';
  }
  // Where the app is not let look by address, nobody is found by one; waiting would not change it.
  if (!byEmail.ok && byEmail.isRefused !== true) return byEmail;
  return isUnsure ? { ok: false } : { ok: true, value: null };
}
