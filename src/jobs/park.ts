import type { Work } from '../domain/work.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

const AGAIN_MS = 30_000;

/** While Slack does not take the workspace's token its jobs wait, all but the one that may end it. `doubt`: ask Slack anew. */
export async function parkWhileStopped(work: Work, { context }: JobTenant, doubt: () => void): Promise<void> {
  if (work.kind === 'erase_workspace' || (await context.store.stop()) === null) return;
  doubt();
  throw new RetryLater(AGAIN_MS);
}
