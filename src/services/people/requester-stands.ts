import type { Person } from '../../domain/people/people.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import type { ServiceContext } from '../context.ts';
import { matchPerson } from './match-person.ts';

/**
 * Whoever sent a request is also its purchaser. False: they left, or are tied to another Fleet user by now, and nobody
 * purchases in a name that is not theirs. What cannot be said just now proves nothing.
 */
export async function requesterStands(context: ServiceContext, { slackUserId, fleetUserId }: Person): Promise<boolean> {
  const match = await matchPerson(context, slackUserId);
  switch (match.kind) {
    case 'matched':
      return match.person.fleetUserId === fleetUserId;
    case 'people_loading':
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return true;
    default:
      return false;
  }
}

/** The press has to be answered within three seconds; the job that carries it out asks once more. */
const WAIT_MS = 1_500;

export async function requesterStandsInTime(context: ServiceContext, requester: Person): Promise<boolean> {
  return (await withTimeout(context.sleep, WAIT_MS, requesterStands(context, requester))) ?? true;
}
