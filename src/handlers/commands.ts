import { withTimeout } from '../domain/async.ts';
import { errorName } from '../domain/errors.ts';
import { FleetUserId, parseFleetId, type SlackUserId } from '../domain/ids.ts';
import { nearestWord } from '../domain/name-match.ts';
import type { Message } from '../domain/surfaces.ts';
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import { isAdmin } from '../services/people/admins.ts';
import { linkPerson, unlinkPerson } from '../services/people/links.ts';
import { isApprover } from '../services/request/cards.ts';
import { helpMessage, helpOfHelp, unknownVerbMessage, type VerbHelp, type VerbName, verbHelp } from '../views/help.ts';
import { notDoneText, notShownText, sentence } from '../views/notices.ts';
import {
  linkedText,
  linkRefusalText,
  linkUsageText,
  notLinkedText,
  unlinkedText,
  unlinkUsageText,
} from '../views/people/link.ts';
import { onCartCommand } from './cart.ts';
import { type CommandArgs, type HandlerDeps, verbAndRest } from './listener.ts';
import { onOrderCommand } from './order-form.ts';
import { onSettingsCommand } from './settings.ts';
import { onApprovalsCommand, onCartsCommand, onStatusCommand } from './status.ts';

/** `should_escape` makes `<@U1|anna>` of what was picked as @anna; what was merely typed names nobody for certain. */
const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(?:\s+([\s\S]+))?$/u;
/** Slack waits three seconds: what takes longer is answered afterwards. */
const LONGEST_MS = 2_200;

/** `/fleet link @person 123` */
function onLinkCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, workspace: Workspace, rest: string): Promise<void> => {
    const [, slackUserId, number = ''] = PERSON.exec(rest.trim()) ?? [];
    const fleetUserId = parseFleetId(FleetUserId, number.trim());
    if (slackUserId === undefined || fleetUserId === null) return say(args, linkUsageText);
    const by = args.body.user_id as SlackUserId;
    const asked = { by, slackUserId: slackUserId as SlackUserId, fleetUserId };
    await answer(deps, args, workspace, async () => {
      const linked = await linkPerson(workspace.context, asked);
      return linked.kind === 'linked' ? linkedText(linked.link, linked.fleetPerson) : linkRefusalText(linked.refusal);
    });
  };
}

/** `/fleet unlink @person` */
function onUnlinkCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, workspace: Workspace, rest: string): Promise<void> => {
    const [, slackUserId, more] = PERSON.exec(rest.trim()) ?? [];
    if (slackUserId === undefined || more !== undefined) return say(args, unlinkUsageText);
    const by = args.body.user_id as SlackUserId;
    await answer(deps, args, workspace, async () => {
      const unlinked = await unlinkPerson(workspace.context, { by, slackUserId: slackUserId as SlackUserId });
      if (unlinked.kind === 'unlinked') return unlinkedText(unlinked.link);
      return unlinked.kind === 'not_linked'
        ? notLinkedText(slackUserId as SlackUserId)
        : linkRefusalText(unlinked.refusal);
    });
  };
}

/** The acknowledgement itself carries what was done, unless Slack was slow to say who somebody is. */
async function answer(
  deps: HandlerDeps,
  args: CommandArgs,
  workspace: Workspace,
  act: () => Promise<string>,
): Promise<void> {
  const acting = act();
  const text = await withTimeout(workspace.context.sleep, LONGEST_MS, acting);
  if (text !== null) await say(args, text);
  else {
    await args.ack();
    deps.inBackground(
      'answer about a link',
      acting.catch(notDoneText).then((late) => tellWhoActed(workspace, args.body, late)),
    );
  }
  deps.hurry();
}

async function say({ ack }: CommandArgs, text: string): Promise<void> {
  await ack({ ...sentence(text), response_type: 'ephemeral' });
}

interface Verb {
  readonly verb: VerbName;
  readonly who: 'everybody' | 'approvers' | 'admins';
  /** `rest` is what was typed after the verb, escaped as Slack does. The handler acknowledges. */
  readonly handler: (deps: HandlerDeps) => (args: CommandArgs, workspace: Workspace, rest: string) => Promise<void>;
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
  return async (args: CommandArgs, workspace: Workspace): Promise<void> => {
    const { verb, rest } = verbAndRest(args.command.text);
    const handle = handlers.get(verb);
    if (handle !== undefined) return handle(args, workspace, rest);
    await args.ack();
    deps.inBackground('explain /fleet', explain(deps, workspace, args.body, verb));
  };
}

async function explain(
  deps: HandlerDeps,
  workspace: Workspace,
  body: CommandArgs['body'],
  typed: string,
): Promise<void> {
  try {
    const offered = await usable(workspace, body.user_id as SlackUserId);
    await workspace.slack.respond(body.response_url, { ...explanation(typed, offered), response_type: 'ephemeral' });
  } catch (error) {
    deps.log.error('/fleet could not be explained', { error: errorName(error) });
    await tellWhoActed(workspace, body, notShownText);
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
async function usable({ context }: Workspace, slackUserId: SlackUserId): Promise<readonly VerbHelp[]> {
  const [admin, approver] = await Promise.all([isAdmin(context, slackUserId), isApprover(context, slackUserId)]);
  const may = { everybody: true, approvers: approver, admins: admin };
  return verbs.filter(({ who }) => may[who]).map(({ verb }) => verbHelp(verb, admin));
}
