import type { AuditEntry } from '../../domain/audit.ts';
import { isOfAnotherKey, type Pause, pauseKindOf, type TriedAgain } from '../../domain/failures/pause.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { KEPT_AFTER_REVOKING_MS, type Stop } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchPerson } from '../people/match.ts';

/** Jobs wait from now on. Data is erased at once after a removal, 30 days after a revoked token, unless the app is back. */
export async function stopWorkspace(context: ServiceContext, why: Stop['why'], eventId: string): Promise<void> {
  const { store, workspaceId, seal, now, log } = context;
  const since = now();
  const id = seal.digest(`${workspaceId} ${eventId}`).slice(0, 32);
  const notBefore = why === 'tokens_revoked' ? { notBefore: since + KEPT_AFTER_REVOKING_MS } : {};
  const committed = await store.commit({
    once: `event.${id}`,
    stop: { why, since },
    work: [
      {
        id: `erase-workspace.${id}`,
        ...notBefore,
        work: { kind: 'erase_workspace', tenant: workspaceId, stop: { why, since } },
      },
    ],
    audit: [pauseAudit('workspace_stopped', why, 'fleet_for_slack', since, 'job')],
  });
  // We can't reach anyone in Slack any more: this is for the operator.
  if (committed === 'committed') log.error('work for a workspace has stopped', { why });
}

/** Slack accepts the token again. */
export async function resumeWorkspace({ store, now, log }: ServiceContext): Promise<void> {
  if ((await store.stop()) === null) return;
  await store.commit({
    stop: null,
    audit: [pauseAudit('workspace_resumed', 'done', 'fleet_for_slack', now(), 'job')],
  });
  log.info('work for a workspace has resumed');
}

export function resumption(pause: Pause, by: AuditEntry['by'], at: number, surface: AuditEntry['surface']) {
  return { pause: null, audit: [pauseAudit('ordering_resumed', pause.kind, by, at, surface)] };
}

export function pauseAudit(
  did: 'ordering_paused' | 'ordering_resumed' | 'workspace_stopped' | 'workspace_resumed',
  outcome: string,
  by: AuditEntry['by'],
  at: number,
  surface: AuditEntry['surface'],
): AuditEntry {
  return { at, by, did, requestId: null, fleetOrderId: null, from: null, to: null, surface, outcome };
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
