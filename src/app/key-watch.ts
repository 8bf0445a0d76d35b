import { errorName, type FleetFailure, type FleetOperation, isFleetWrite } from '../domain/failures/failure.ts';
import { isOfAnotherKey, type Pause, pauseKindOf, provesKey } from '../domain/failures/pause.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { type Fleet, type FleetResult, wrapFleet } from '../fleet/fleet.ts';
import type { Log } from '../services/context.ts';
import { pauseAudit, resumption } from '../services/settings/pause.ts';
import type { WorkspaceStore } from '../store/store.ts';

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
    // A pause that begins later isn't ended by this answer. A read doesn't wait to learn whether there is one.
    const pausing = watch.store.pause();
    pausing.catch(() => undefined);
    const pause = isFleetWrite(operation) ? await pausing : null;
    if (pause !== null && !isOfAnotherKey(pause, watch.keyId))
      return { ok: false, failure: { operation, kind: pause.kind } };
    const answer = await ask();
    await recordKeyEvidence(watch, { operation, askedAt, pausing }, answer);
    return answer;
  });
}

interface Asked {
  readonly operation: FleetOperation;
  readonly askedAt: number;
  /** As it was then. */
  readonly pausing: Promise<Pause | null>;
}

/** Fleet's answer counts even if Redis can't record what it says of the key. */
async function recordKeyEvidence(
  watch: Watch,
  { operation, askedAt, pausing }: Asked,
  answer: FleetResult<unknown>,
): Promise<void> {
  try {
    if (!answer.ok) return await startPause(watch, answer.failure);
    // Read once more: that pause may have ended, and another begun.
    const pause = (await pausing) === null ? null : await watch.store.pause();
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
