import type { Work } from '../domain/work.ts';
import type { JobTenant } from './job-tenant.ts';
import { RetryLater } from './retry-later.ts';

const AGAIN_MS = 30_000;

interface ParkOptions {
  /** Asks Slack whether it accepts the token again. */
  readonly doubt: () => void;
  readonly againMs?: number | undefined;
}

/** While Slack refuses the workspace's token its jobs wait, all but the one that may end it. */
export async function parkWhileStopped(
  work: Work,
  { context }: JobTenant,
  { doubt, againMs = AGAIN_MS }: ParkOptions,
): Promise<void> {
  if (work.kind === 'erase_workspace' || (await context.store.stop()) === null) return;
  doubt();
  throw new RetryLater(againMs);
}
