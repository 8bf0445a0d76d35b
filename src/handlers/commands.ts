import { withTimeout } from '../domain/async.ts';
import { errorName } from '../domain/failures/failure.ts';
import { FleetUserId, parseFleetId, type SlackUserId } from '../domain/ids.ts';
import { nearestWord } from '../domain/name-match.ts';
import { isLasting, type NoMatch } from '../domain/people/people.ts';
import type { Message } from '../domain/surfaces.ts';
import { admitted } from '../services/people/admins.ts';
import { linkPerson, unlinkPerson } from '../services/people/links.ts';
import { personSnapshot } from '../services/people/match.ts';
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
import { type CommandArgs, type Handle, type HandlerWorkspace, onceOfPress, type VerbArgs } from './listener.ts';
import { onOrderCommand } from './order-form.ts';
import { onSettingsCommand } from './settings.ts';
import { onApprovalsCommand, onCartsCommand, onStatusCommand } from './status.ts';

interface Verb {
  readonly verb: VerbName;
  readonly who: 'everybody' | 'purchasers' | 'approvers' | 'admins';
  /** Acknowledges. */
  readonly handle: Handle<VerbArgs>;
}

/** Everything that can be typed after `/fleet`, in the order of the help; `views/help.ts` has the words. */
const verbs: readonly Verb[] = [
  { verb: 'order', who: 'purchasers', handle: onOrderCommand },
  { verb: 'cart', who: 'purchasers', handle: onCartCommand },
  { verb: 'status', who: 'everybody', handle: onStatusCommand },
  { verb: 'approvals', who: 'approvers', handle: onApprovalsCommand },
  { verb: 'carts', who: 'admins', handle: onCartsCommand },
  { verb: 'settings', who: 'admins', handle: onSettingsCommand },
  { verb: 'link', who: 'admins', handle: onLinkCommand },
  { verb: 'unlink', who: 'admins', handle: onUnlinkCommand },
];

/** `/fleet …`: hands over to the verb's handler, or explains the verbs. */
export async function onFleetCommand(args: CommandArgs, workspace: HandlerWorkspace): Promise<void> {
  const { verb: typed, rest } = verbAndRest(args.command.text);
  const known = verbs.find(({ verb }) => verb === typed);
  if (known !== undefined) return known.handle({ ...args, rest, words: unescapeText(rest) }, workspace);
  await ackWithAnswer(args, workspace, {
    answer: async () => explanation(typed, await offeredVerbs(workspace, args.body.user_id as SlackUserId)),
    failedText: () => notShownText,
  });
}

/** The first word after `/fleet`, and the rest as Slack escaped it. */
export function verbAndRest(text: string): { readonly verb: string; readonly rest: string } {
  const [, verb = '', rest = ''] = /^\s*(\S*)\s*([\s\S]*)$/u.exec(text) ?? [];
  return { verb: unescapeText(verb).toLowerCase(), rest: rest.trim() };
}

/** Undoes the command's `should_escape`, which turns @anna into `<@U1|anna>` and three characters into entities. */
export function unescapeText(text: string): string {
  return text
    .replace(/<([@#])[^<>|]*\|([^<>]*)>/gu, '$1$2')
    .replace(/<([@#!])([^<>|]*)>/gu, '$1$2')
    .replace(/<[^<>|]*\|([^<>]*)>/gu, '$1')
    .replace(/<([^<>]*)>/gu, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/gu, ' ')
    .trim();
}

function explanation(typed: string, { offered, noMatch }: Offered): Message {
  if (typed === '' || typed === helpOfHelp.verb) return helpMessage(offered, noMatch);
  const nearest = nearestWord(
    typed,
    [...offered, helpOfHelp].map(({ verb }) => verb),
  );
  return unknownVerbMessage(typed, [...offered, helpOfHelp].find(({ verb }) => verb === nearest) ?? null);
}

interface Offered {
  readonly offered: readonly VerbHelp[];
  /** Why they can't order, until somebody changes that. */
  readonly noMatch: NoMatch | null;
}

/** Leaves out verbs that would refuse this person. */
async function offeredVerbs({ context }: HandlerWorkspace, slackUserId: SlackUserId): Promise<Offered> {
  const snapshot = await personSnapshot(context, slackUserId);
  const { answer, match } = await admitted(snapshot, slackUserId);
  const approver = await isApprover(snapshot, slackUserId, match);
  const admin = answer === 'admin';
  const noMatch = match.kind !== 'matched' && isLasting(match) ? match : null;
  const isOffered = { everybody: true, purchasers: noMatch === null, approvers: approver, admins: admin };
  const offered = verbs.filter(({ who }) => isOffered[who]).map(({ verb }) => verbHelp(verb, admin));
  return { offered, noMatch };
}

/** A person picked from Slack's list. A name that was merely typed identifies no one for certain. */
const PERSON = /^<@([UW][A-Z0-9]+)(?:\|[^>]*)?>(?:\s+([\s\S]+))?$/u;

/** `/fleet link @person 123` */
async function onLinkCommand(args: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  const [, slackUserId, number = ''] = PERSON.exec(args.rest) ?? [];
  const fleetUserId = parseFleetId(FleetUserId, number.trim());
  if (slackUserId === undefined || fleetUserId === null) return ackWith(args, linkUsageText);
  const by = args.body.user_id as SlackUserId;
  await changeLink(args, workspace, async () => {
    const once = onceOfPress(args.body, workspace);
    const wanted = { by, slackUserId: slackUserId as SlackUserId, fleetUserId, once };
    const linked = await linkPerson(workspace.context, wanted);
    return linked.kind === 'linked' ? linkedText(linked.link, linked.fleetPerson) : linkRefusalText(linked.refusal);
  });
}

/** `/fleet unlink @person` */
async function onUnlinkCommand(args: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  const [, id, more] = PERSON.exec(args.rest) ?? [];
  if (id === undefined || more !== undefined) return ackWith(args, unlinkUsageText);
  const slackUserId = id as SlackUserId;
  const by = args.body.user_id as SlackUserId;
  await changeLink(args, workspace, async () => {
    const unlinked = await unlinkPerson(workspace.context, {
      by,
      slackUserId,
      once: onceOfPress(args.body, workspace),
    });
    if (unlinked.kind === 'unlinked') return unlinkedText(unlinked.link);
    return unlinked.kind === 'not_linked' ? notLinkedText(slackUserId) : linkRefusalText(unlinked.refusal);
  });
}

async function changeLink(
  args: CommandArgs,
  workspace: HandlerWorkspace,
  change: () => Promise<string>,
): Promise<void> {
  await ackWithAnswer(args, workspace, { answer: async () => sentence(await change()), failedText: notDoneText });
  workspace.relaySoon();
}

interface CommandAnswer {
  readonly answer: () => Promise<Message>;
  readonly failedText: (error: unknown) => string;
}

/** Slack waits three seconds. */
const ANSWER_WITHIN_MS = 2_200;

/** The acknowledgement carries the answer; if that takes too long, the answer follows. */
async function ackWithAnswer(
  args: CommandArgs,
  { context, slack, inBackground }: HandlerWorkspace,
  { answer, failedText }: CommandAnswer,
): Promise<void> {
  const { response_url, user_id } = args.body;
  const answering = answer().catch((error: unknown) => {
    context.log.error('a command failed', { error: errorName(error) });
    return sentence(failedText(error));
  });
  const inTime = await withTimeout(context.sleep, ANSWER_WITHIN_MS, answering);
  if (inTime !== null) return args.ack({ ...inTime, response_type: 'ephemeral' });
  await args.ack();
  const late = answering.then(async (message) => {
    const { ok } = await slack.respond(response_url, { ...message, response_type: 'ephemeral' });
    if (!ok) await slack.post(user_id as SlackUserId, message);
  });
  inBackground('answer a command', late);
}

async function ackWith({ ack }: CommandArgs, text: string): Promise<void> {
  await ack({ ...sentence(text), response_type: 'ephemeral' });
}
