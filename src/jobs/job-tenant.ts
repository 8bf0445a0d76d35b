import type { ServiceContext } from '../services/context.ts';
import type { Slack } from '../slack/slack.ts';

/** One tenant as the jobs see it: Slack's client here has long time-outs, since nobody waits. */
export interface JobTenant {
  readonly context: ServiceContext;
  readonly slack: Slack;
  /** Deletes everything that is stored for the tenant, and its jobs. Left out where nothing may be. */
  readonly erase?: () => Promise<void>;
}
