import type { Workspace } from '../presenters/workspace.ts';
import type { Log } from '../services/context.ts';

/** Slack's Web API has short time-outs here: a person waits. */
export type Tenant = Workspace;

export interface HandlerDeps {
  /** Null: this workspace has no installation here. */
  readonly tenant: (slackTeamId: string) => Tenant | null;
  /** Moves what was just accepted to the queue now, not in the relay's next round. Call it after the acknowledgement. */
  readonly hurry: () => void;
  /** Work that goes on after the acknowledgement and may be lost with the process (filling a modal): waited for on shutdown. */
  readonly inBackground: (what: string, work: Promise<void>) => void;
  /** Slack may have taken the token away: it is asked, and again until it takes the token. */
  readonly tokenDoubted: () => void;
  readonly log: Log;
}
