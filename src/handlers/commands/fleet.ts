import { errorName } from '../../domain/error-name.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { nearestWord } from '../../domain/nearest-word.ts';
import type { Message } from '../../domain/surfaces.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { isAdmin } from '../../services/people/admins.ts';
import { isApprover } from '../../services/signature/waiting-approvals.ts';
import {
  helpMessage,
  helpOfHelp,
  unknownVerbMessage,
  type VerbHelp,
  type VerbName,
  verbHelp,
} from '../../views/fleet-help.ts';
import { notShownText } from '../../views/notices.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { onApprovalsCommand } from './approvals.ts';
import { onCartCommand } from './cart.ts';
import { onCartsCommand } from './carts.ts';
import type { CommandArgs } from './command-args.ts';
import { verbAndRest } from './command-text.ts';
import { onLinkCommand, onUnlinkCommand } from './link.ts';
import { onOrderCommand } from './order.ts';
import { onSettingsCommand } from './settings.ts';
import { onStatusCommand } from './status.ts';

interface Verb {
  readonly verb: VerbName;
  readonly who: 'everybody' | 'approvers' | 'admins';
  /** `rest` is what was typed after the verb, escaped as Slack does. The handler acknowledges. */
  readonly handler: (deps: HandlerDeps) => (args: CommandArgs, tenant: Tenant, rest: string) => Promise<void>;
}

/** Everything that can be typed after `/fleet`, in the order of the help; `views/fleet-help.ts` has the words. */
const verbs: readonly Verb[] = [
  { verb: 'order', who: 'everybody', handler: onOrderCommand },
  { verb: 'cart', who: 'everybody', handler: onCartCommand },
  { verb: 'status', who: 'everybody', handler: onStatusCommand },
  { verb: 'approvals', who: 'approvers', handler: onApprovalsCommand },
  { verb: 'carts', who: 'admins', handler: onCartsCommand },
  { verb: 'settings', who: 'admins', handler: onSettingsCommand },
  { verb: 'link', who: 'admins', handler: onLinkCommand },
  { verb: 'unlink', who: 'admins', handler: onUnlinkCommand },
];

/** `/fleet …`: hands over to the verb's own handler. */
export function onFleetCommand(deps: HandlerDeps) {
  const handlers = new Map<string, ReturnType<Verb['handler']>>(
    verbs.map(({ verb, handler }) => [verb, handler(deps)]),
  );
  return async (args: CommandArgs, tenant: Tenant): Promise<void> => {
    const { verb, rest } = verbAndRest(args.command.text);
    const handle = handlers.get(verb);
    if (handle !== undefined) return handle(args, tenant, rest);
    await args.ack();
    deps.inBackground('explain /fleet', explain(deps, tenant, args.body, verb));
  };
}

async function explain(deps: HandlerDeps, tenant: Tenant, body: CommandArgs['body'], typed: string): Promise<void> {
  try {
    const offered = await usable(tenant, body.user_id as SlackUserId);
    await tenant.slack.respond(body.response_url, { ...explanation(typed, offered), response_type: 'ephemeral' });
  } catch (error) {
    deps.log.error('/fleet could not be explained', { error: errorName(error) });
    await tellWhoActed(tenant, body, notShownText);
  }
}

function explanation(typed: string, offered: readonly VerbHelp[]): Message {
  if (typed === '' || typed === helpOfHelp.verb) return helpMessage(offered);
  const nearest = nearestWord(
    typed,
    [...offered, helpOfHelp].map(({ verb }) => verb),
  );
  return unknownVerbMessage(typed, [...offered, helpOfHelp].find(({ verb }) => verb === nearest) ?? null);
}

/** What this person may use: nobody is told of a verb that would refuse them. */
async function usable({ context }: Tenant, slackUserId: SlackUserId): Promise<readonly VerbHelp[]> {
  const [admin, approver] = await Promise.all([isAdmin(context, slackUserId), isApprover(context, slackUserId)]);
  const may = { everybody: true, approvers: approver, admins: admin };
  return verbs.filter(({ who }) => may[who]).map(({ verb }) => verbHelp(verb, admin));
}
