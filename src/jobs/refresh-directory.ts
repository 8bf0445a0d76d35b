import { refreshDirectory } from '../services/people/refresh-directory.ts';
import type { JobTenant } from './job-tenant.ts';

/** A failure is no error of the job: the service has asked for the next try, and the directory of before stands. */
export async function carryOutRefreshDirectory({ context }: JobTenant): Promise<void> {
  const refreshed = await refreshDirectory(context);
  if (refreshed.kind === 'done') context.log.info('the directory is complete', { people: refreshed.people });
}
