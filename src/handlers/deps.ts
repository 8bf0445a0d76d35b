import type { Log, ServiceContext } from '../services/context.ts';
import type { Slack } from '../slack/slack.ts';

/** One installed workspace: its services' context and Slack's Web API with short time-outs, for what a person waits for. */
export interface Tenant {
  readonly context: ServiceContext;
  readonly slack: Slack;
}

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
