import type { FleetUserId } from '../../domain/ids.ts';
import type { Match } from '../../domain/people/people.ts';
import type { ServiceContext } from '../context.ts';
import { matchPerson } from './match-person.ts';
import { slackIdsByEmail } from './slack-ids-by-email.ts';

/** Who a Fleet user is in Slack, by link or address; and only when that account leads back to the very same Fleet user. */
export async function fleetPersonInSlack(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<Extract<Match, { readonly kind: 'matched' }> | null> {
  const link = await context.store.linkOf(fleetUserId);
  const byEmail = await slackIdsByEmail(context, fleetUserId);
  for (const slackUserId of [...(link === null ? [] : [link.slackUserId]), ...(byEmail.ok ? byEmail.value : [])]) {
    const match = await matchPerson(context, slackUserId);
    if (match.kind === 'matched' && match.person.fleetUserId === fleetUserId) return match;
  }
  return null;
}
