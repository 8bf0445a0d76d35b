import type { AuditEntry } from '../../domain/audit.ts';
import { errorName } from '../../domain/errors.ts';
import { type FleetFailure, type FleetOperation, isFleetWrite } from '../../domain/failures/failure.ts';
import { isOfAnotherKey, type Pause, pauseKindOf, provesKey, type TriedAgain } from '../../domain/failures/pause.ts';
import type { SlackUserId, WorkspaceId } from '../../domain/ids.ts';
import { type Fleet, type FleetResult, wrapFleet } from '../../fleet/fleet.ts';
import type { WorkspaceStore } from '../../store/store.ts';
import type { Log, ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchPerson } from '../people/match.ts';

interface Watch {
  readonly workspaceId: WorkspaceId;
  readonly store: WorkspaceStore;
  /** The id of the key that `fleet` uses. */
  readonly keyId: string;
  readonly now: () => number;
  readonly log: Log;
}

/**
 * The only place that pauses ordering. Any answer about the key, whether to a form, a job or a sweep, starts the pause
 * with one message to admins; an answer that proves the key works ends it. A paused app writes nothing to Fleet.
 */
export function watchFleet(fleet: Fleet, watch: Watch): Fleet {
  return wrapFleet(fleet, async (operation, ask) => {
    const askedAt = watch.now();
    const pause = isFleetWrite(operation) ? await watch.store.pause() : null;
    if (pause !== null && !isOfAnotherKey(pause, watch.keyId))
      return { ok: false, failure: { operation, kind: pause.kind } };
    const answer = await ask();
    await recordKeyEvidence(watch, operation, askedAt, answer);
    return answer;
  });
}

/** Fleet's answer counts even if Redis can't record what it says of the key. */
async function recordKeyEvidence(
  watch: Watch,
  operation: FleetOperation,
  askedAt: number,
  answer: FleetResult<unknown>,
): Promise<void> {
  try {
    if (!answer.ok) return await startPause(watch, answer.failure);
    const pause = await watch.store.pause();
    if (pause !== null && provesKey(pause, { operation, askedAt, keyId: watch.keyId }))
      await watch.store.commit(resumption(pause, 'fleet_for_slack', watch.now(), 'job'));
  } catch (error) {
    watch.log.warn('what Fleet said of the key could not be recorded', {
      error: errorName(error),
    });
  }
}

async function startPause({ workspaceId, store, keyId, now }: Watch, failure: FleetFailure): Promise<void> {
  const kind = pauseKindOf(failure);
  if (kind === null) return;
  const pause = { kind, since: now(), keyId };
  await store.commit({
    pause,
    work: [
      {
        id: `tell-paused.${kind}.${pause.since}`,
        work: {
          kind: 'notify',
          tenant: workspaceId,
          to: { kind: 'admins' },
          notice: { kind: 'ordering_paused', failure },
        },
      },
    ],
    audit: [pauseAudit('ordering_paused', kind, 'fleet_for_slack', pause.since, 'job')],
  });
}

function resumption(pause: Pause, by: AuditEntry['by'], at: number, surface: AuditEntry['surface']) {
  return { pause: null, audit: [pauseAudit('ordering_resumed', pause.kind, by, at, surface)] };
}

function pauseAudit(
  did: 'ordering_paused' | 'ordering_resumed',
  kind: Pause['kind'],
  by: AuditEntry['by'],
  at: number,
  surface: AuditEntry['surface'],
): AuditEntry {
  return { at, by, did, requestId: null, fleetOrderId: null, from: null, to: null, surface, outcome: kind };
}

/** **Try again**: one cheap read. It doesn't carry out earlier presses; people press again. */
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
  // If the read proved the key, `watchFleet` has ended the pause already.
  const left = await store.pause();
  if (left !== null) {
    const match = await matchPerson(context, slackUserId);
    const fleetUserId = match.kind === 'matched' ? match.person.fleetUserId : null;
    await store.commit(resumption(left, { slackUserId, fleetUserId }, now(), 'settings'));
  }
  return { kind: 'resumed', mayOnlyRead: pause.kind === 'insufficient_scope' };
}

/** On start: a pause about another key says nothing about this one. */
export async function resumeUnderNewKey({ store, now }: ServiceContext, keyId: string): Promise<void> {
  const pause = await store.pause();
  if (pause !== null && isOfAnotherKey(pause, keyId))
    await store.commit(resumption(pause, 'fleet_for_slack', now(), 'job'));
}
