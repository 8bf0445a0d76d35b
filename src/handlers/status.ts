import { FleetOrderId, parseFleetId, type SlackUserId } from '../domain/ids.ts';
import { isCartFilter } from '../domain/screens.ts';
import type { Message } from '../domain/surfaces.ts';
import {
  listNamed,
  orderStatusPage,
  personStatusPage,
  readPageValue,
  readShareValue,
  shareStatus,
  showApprovals,
  showCartList,
} from '../presenters/lists.ts';
import { answerUser } from '../presenters/workspace.ts';
import { admitAdmin } from '../services/people/admins.ts';
import { sentence, unknownPressText } from '../views/notices.ts';
import { cartsForAdminsText, unknownCartFilterText } from '../views/orders/list.ts';
import { perhapsSharedText, sharedAlreadyText } from '../views/orders/shared.ts';
import { notANumberText, orderNotFoundText } from '../views/orders/status.ts';
import {
  answerLater,
  type HandlerWorkspace,
  onceOfPress,
  type PressArgs,
  runOrTell,
  type VerbArgs,
} from './listener.ts';

/** `/fleet status`, `/fleet status 42` and, for admins, `/fleet status @person` */
export async function onStatusCommand({ ack, body, rest }: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  answerLater(workspace, 'show a status', body, async () => {
    const status = await statusMessage(workspace, body.user_id as SlackUserId, rest);
    const answered = await workspace.slack.respond(body.response_url, { ...status, response_type: 'ephemeral' });
    // Looking may have found a new status: now the cards follow.
    workspace.relaySoon();
    return answered;
  });
}

async function statusMessage(workspace: HandlerWorkspace, slackUserId: SlackUserId, wanted: string): Promise<Message> {
  const person = wanted === '' ? slackUserId : mentionedPerson(wanted);
  if (person !== null) return personStatusPage(workspace, slackUserId, person);
  const fleetOrderId = parseFleetId(FleetOrderId, wanted);
  if (fleetOrderId === null) return sentence(notANumberText);
  return orderStatusPage(workspace, slackUserId, fleetOrderId, 0);
}

function mentionedPerson(text: string): SlackUserId | null {
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/u.exec(text) ?? [];
  return id === undefined ? null : (id as SlackUserId);
}

/** `/fleet carts [pending, stuck, all]` */
export async function onCartsCommand({ ack, body, words }: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  const slackUserId = body.user_id as SlackUserId;
  const typed = words.toLowerCase();
  const filter = typed === '' ? 'open' : typed;
  answerLater(workspace, 'list carts', body, async () => {
    if (isCartFilter(filter)) return showCartList(workspace, filter, firstPage(body));
    const isAdmin = (await admitAdmin(workspace.context, slackUserId)) === 'admin';
    const text = isAdmin ? unknownCartFilterText(typed) : cartsForAdminsText;
    return workspace.slack.respond(body.response_url, { ...sentence(text), response_type: 'ephemeral' });
  });
}

/** `/fleet approvals` */
export async function onApprovalsCommand({ ack, body }: VerbArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  answerLater(workspace, 'list approvals', body, () => showApprovals(workspace, firstPage(body)));
}

function firstPage({ user_id, response_url }: VerbArgs['body']) {
  return { slackUserId: user_id as SlackUserId, responseUrl: response_url, page: 0, replaces: false };
}

/** **Next** and **Previous** below a private list: replaces the page. */
export async function onTurnPage({ ack, action, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  const wanted = readPageValue(workspace, action.value);
  const show = wanted === null ? null : listNamed(wanted.list);
  if (wanted === null || show === null) return answerUser(workspace, body, unknownPressText);
  const slackUserId = body.user.id as SlackUserId;
  const page = { slackUserId, responseUrl: body.response_url, page: wanted.page, replaces: true };
  answerLater(workspace, 'turn a page', body, () => show(workspace, page));
}

/** Checks permission again: the private answer with the button may be older than the person's role. */
export async function onShareStatus({ ack, action, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  const fleetOrderId = readShareValue(workspace, action.value);
  await ack();
  if (fleetOrderId === null) return answerUser(workspace, body, orderNotFoundText);
  const isFirst = (await workspace.context.store.commit({ once: onceOfPress(body, workspace) })) !== 'repeated';
  if (!isFirst) return answerUser(workspace, body, sharedAlreadyText);
  runOrTell(workspace, 'share a status', { body, failed: perhapsSharedText }, async () => {
    await shareStatus(workspace, body, fleetOrderId);
    workspace.relaySoon();
  });
}
