import type { Workspace } from '../presenters/workspace.ts';

/** One tenant as the jobs see it: Slack's client here has long time-outs, since nobody waits. */
export interface JobTenant extends Workspace {
  /** Deletes everything that is stored for the tenant, and its jobs. Left out where nothing may be. */
  readonly erase?: () => Promise<void>;
}
