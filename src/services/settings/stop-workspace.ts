import { KEPT_AFTER_REVOKING_MS, type Stop } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';

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
    audit: [
      {
        at: since,
        by: 'fleet_for_slack',
        did: 'workspace_stopped',
        requestId: null,
        fleetOrderId: null,
        from: null,
        to: null,
        surface: 'job',
        outcome: why,
      },
    ],
  });
  // We can't reach anyone in Slack any more: this is for the operator.
  if (committed === 'committed') log.error('work for a workspace has stopped', { why });
}

/** Slack accepts the token again. */
export async function resumeWorkspace({ store, now, log }: ServiceContext): Promise<void> {
  if ((await store.stop()) === null) return;
  await store.commit({
    stop: null,
    audit: [
      {
        at: now(),
        by: 'fleet_for_slack',
        did: 'workspace_resumed',
        requestId: null,
        fleetOrderId: null,
        from: null,
        to: null,
        surface: 'job',
        outcome: 'done',
      },
    ],
  });
  log.info('work for a workspace has resumed');
}
