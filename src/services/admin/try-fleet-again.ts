import { isOfAnotherKey, pauseKindOf, type TriedAgain } from '../../domain/failures/pause.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchPerson } from '../people/match-person.ts';
import { resuming } from './watch-fleet.ts';

/** **Try again**: one cheap read. Nothing that was pressed before is carried out by it: a new press is needed. */
export async function tryFleetAgain(context: ServiceContext, slackUserId: SlackUserId): Promise<TriedAgain> {
  const { fleet, store, now } = context;
  if (!(await isAdmin(context, slackUserId))) return { kind: 'not_an_admin' };
  const pause = await store.pause();
  if (pause === null) return { kind: 'not_paused' };
  const answer = await fleet.listUsers({ limit: 1 }, 'person');
  if (!answer.ok) {
    return pauseKindOf(answer.failure) === null && (await store.pause()) === null
      ? { kind: 'not_paused' }
      : { kind: 'still_paused', failure: answer.failure };
  }
  // Where the read itself proved the key, whoever watches Fleet has ended the pause already.
  const left = await store.pause();
  if (left !== null) {
    const match = await matchPerson(context, slackUserId);
    const fleetUserId = match.kind === 'matched' ? match.person.fleetUserId : null;
    await store.commit(resuming(left, { slackUserId, fleetUserId }, now(), 'settings'));
  }
  return { kind: 'resumed', mayOnlyRead: pause.kind === 'insufficient_scope' };
}

/** At the start of a process: a pause that was about another key says nothing about this one. */
export async function resumeUnderNewKey({ store, now }: ServiceContext, keyId: string): Promise<void> {
  const pause = await store.pause();
  if (pause !== null && isOfAnotherKey(pause, keyId))
    await store.commit(resuming(pause, 'fleet_for_slack', now(), 'job'));
}
