import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import type { VerbHelp } from '../../views/fleet-help.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

export type CommandArgs = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** `rest` is what was typed after the verb, escaped as Slack does. The handler acknowledges. */
type VerbHandler = (args: CommandArgs, tenant: Tenant, rest: string) => Promise<void>;

export interface Verb extends VerbHelp {
  readonly who: 'everybody' | 'approvers' | 'admins';
  /** What the help says of it to admins, where that is more. */
  readonly toAdmins?: Pick<VerbHelp, 'usage' | 'help'>;
  readonly handler: (deps: HandlerDeps) => VerbHandler;
}
