import type { FleetUserId, SlackUserId } from '../domain/ids.ts';
import type { Match } from '../domain/people.ts';
import type { ServiceContext } from './context.ts';
import { matchPerson } from './match-person.ts';

const MINUTE = 60_000;
/** Kept too: who has no Slack account is not looked up at every turn. */
const nobody = '' as const;

const cached = (fleetUserId: FleetUserId) =>
  ({
    key: `slack-of:${fleetUserId}`,
    freshMs: 15 * MINUTE,
    keepMs: 24 * 60 * MINUTE,
    // What stands there was a Slack id when we wrote it.
    parse: (stored: unknown) => (typeof stored === 'string' ? (stored as SlackUserId | typeof nobody) : null),
  }) as const;

/** Who a Fleet user is in Slack, by their address; and only when that account leads back to the very same Fleet user. */
export async function fleetPersonInSlack(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<Extract<Match, { readonly kind: 'matched' }> | null> {
  const found = await context.store.cache.read(cached(fleetUserId), () => lookUp(context, fleetUserId));
  if (!found.ok || found.value === nobody) return null;
  const match = await matchPerson(context, found.value);
  return match.kind === 'matched' && match.person.fleetUserId === fleetUserId ? match : null;
}

async function lookUp({ store, slackPeople }: ServiceContext, fleetUserId: FleetUserId) {
  const email = await store.directory.emailOf(fleetUserId);
  if (email === null) return { ok: true, value: nobody } as const;
  const looked = await slackPeople.profileByEmail(email);
  if (!looked.ok) return { ok: false, failure: 'slack_unreachable' } as const;
  if (looked.value === null) return { ok: true, value: nobody } as const;
  await store.putProfile(looked.value);
  return { ok: true, value: looked.value.slackUserId } as const;
}
