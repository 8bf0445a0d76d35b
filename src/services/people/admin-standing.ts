import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from './admins.ts';
import { matchPerson } from './match-person.ts';

export interface AdminStanding {
  readonly isAdmin: boolean;
  /** Of Fleet's own role: only these change who signs. */
  readonly isFleetAdmin: boolean;
  readonly fleetUserId: FleetUserId | null;
  /** Null: Fleet doesn't know them. */
  readonly name: string | null;
}

export async function adminStanding(context: ServiceContext, slackUserId: SlackUserId): Promise<AdminStanding> {
  const [admin, match] = await Promise.all([isAdmin(context, slackUserId), matchPerson(context, slackUserId)]);
  if (match.kind !== 'matched') return { isAdmin: admin, isFleetAdmin: false, fleetUserId: null, name: null };
  const { name, fleetUserId } = match.person;
  return { isAdmin: admin, isFleetAdmin: match.isFleetAdmin, fleetUserId, name };
}
