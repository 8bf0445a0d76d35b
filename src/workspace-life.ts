import type { Company } from './company.ts';
import type { TenantId } from './domain/ids.ts';
import type { WorkQueue } from './jobs/queue.ts';
import type { Parts } from './parts.ts';
import { resumeWorkspace } from './services/admin/stop-workspace.ts';
import { askForRefresh } from './services/people/directory-refreshes.ts';
import { eraseTenant } from './store/erase-tenant.ts';

/** Slack takes the token again: what was parked goes on, and what was erased is read anew. */
export async function comeBack({ context }: Company, hurry: () => void): Promise<void> {
  await resumeWorkspace(context);
  await askForRefresh(context);
  hurry();
}

/** Everything of the workspace: its jobs first, so that none of them finds half of it. */
export async function eraseWorkspace({ redis }: Parts, queue: WorkQueue, tenant: TenantId): Promise<void> {
  await queue.cancel(tenant);
  await eraseTenant(redis, tenant);
}
