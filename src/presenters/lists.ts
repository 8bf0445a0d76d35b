import type { BlockButtonAction } from '@slack/bolt';
import { FleetOrderId, parseFleetId, type SlackChannelId, type SlackUserId } from '../domain/ids.ts';
import { isToBeSent } from '../domain/orders/reports.ts';
import { type CartFilter, isCartFilter, type OrderStatus } from '../domain/screens.ts';
import type { Message } from '../domain/surfaces.ts';
import { type ServiceContext, snapshotOf } from '../services/context.ts';
import { homeScreen, listCarts } from '../services/orders/lists.ts';
import { keepSharedCopy, refreshOrderStatus, refreshPersonStatus } from '../services/orders/status.ts';
import { admitAdmin } from '../services/people/admins.ts';
import { matchPerson, slackProfile } from '../services/people/match.ts';
import { isApprover, waitingApprovals } from '../services/request/cards.ts';
import type { SlackResult } from '../slack/slack.ts';
import type { PageValue } from '../views/blocks.ts';
import { sentence } from '../views/notices.ts';
import { homeView } from '../views/orders/home.ts';
import { cartListMessage, cartsForAdminsText } from '../views/orders/list.ts';
import { asOf, couldNotShareText, perhapsSharedText, sharedStatus } from '../views/orders/shared.ts';
import {
  orderNotFoundText,
  orderStatusMessage,
  othersForAdminsText,
  statusMessage,
  unnamedPerson,
} from '../views/orders/status.ts';
import { adminsUnknownText } from '../views/people/link.ts';
import { approvalsMessage } from '../views/request/approvals.ts';
import { answerUser, type Workspace } from './workspace.ts';

/** One page of a private list, read again each time. */
interface WantedList {
  readonly slackUserId: SlackUserId;
  readonly responseUrl: string;
  readonly page: number;
  /** Replaces the previous page. */
  readonly replaces: boolean;
}

export async function showCartList(
  workspace: Workspace,
  filter: CartFilter,
  wanted: WantedList,
): Promise<SlackResult<void>> {
  const context = snapshotOf(workspace.context);
  const admission = await admitAdmin(context, wanted.slackUserId);
  if (admission !== 'admin') {
    const text = admission === 'admins_unknown' ? adminsUnknownText : cartsForAdminsText;
    return answer(workspace, wanted, sentence(text));
  }
  const list = await listCarts(context, filter, wanted.page);
  const shown = cartListMessage(list, pageValueFor(workspace, `carts.${filter}`));
  // Slack is still rolling out tables. A workspace without them refuses the whole message, each with its own error, so
  // after any refusal the same list goes out as plain sections.
  const answered = await answer(workspace, wanted, shown.table);
  return answered.ok || answered.failure.kind === 'rate_limited' ? answered : answer(workspace, wanted, shown.plain);
}

/** Only the requests that this person may sign. */
export async function showApprovals(workspace: Workspace, wanted: WantedList): Promise<SlackResult<void>> {
  const context = snapshotOf(workspace.context);
  const { slackUserId } = wanted;
  const [waiting, approver, deputy] = await Promise.all([
    waitingApprovals(context, slackUserId, wanted.page),
    isApprover(context, slackUserId),
    context.store.deputy(slackUserId),
  ]);
  const shown = approvalsMessage(waiting, pageValueFor(workspace, 'approvals'), approver ? { deputy } : undefined);
  return answer(workspace, wanted, shown);
}

/** One order in full; permission is checked for each page. */
export async function orderStatusPage(
  workspace: Workspace,
  slackUserId: SlackUserId,
  fleetOrderId: FleetOrderId,
  page: number,
): Promise<Message> {
  const status = await refreshOrderStatus(snapshotOf(workspace.context), slackUserId, fleetOrderId);
  const values = { share: shareValueFor(workspace, status), page: pageValueFor(workspace, `status.${fleetOrderId}`) };
  return orderStatusMessage(status, values, page);
}

/** Cart, requests and orders of `person`; only admins see another person's. */
export async function personStatusPage(
  workspace: Workspace,
  asking: SlackUserId,
  person: SlackUserId,
): Promise<Message> {
  const context = snapshotOf(workspace.context);
  if (person === asking) {
    const [status, match] = await Promise.all([refreshPersonStatus(context, person), matchPerson(context, person)]);
    return statusMessage(status, { noMatch: match.kind === 'matched' ? null : match });
  }
  const admission = await admitAdmin(context, asking);
  if (admission !== 'admin') return sentence(admission === 'admins_unknown' ? adminsUnknownText : othersForAdminsText);
  const [status, name] = await Promise.all([refreshPersonStatus(context, person), nameOf(context, person)]);
  return statusMessage(status, { whose: name });
}

/** Fleet's name as on the cards, or Slack's for a person who isn't in Fleet. */
async function nameOf(context: ServiceContext, slackUserId: SlackUserId): Promise<string> {
  const [match, profile] = await Promise.all([matchPerson(context, slackUserId), slackProfile(context, slackUserId)]);
  if (match.kind === 'matched') return match.person.name;
  return profile.ok && profile.value !== null ? profile.value.name : unnamedPerson;
}

async function showOrderStatus(
  workspace: Workspace,
  fleetOrderId: FleetOrderId,
  wanted: WantedList,
): Promise<SlackResult<void>> {
  return answer(workspace, wanted, await orderStatusPage(workspace, wanted.slackUserId, fleetOrderId, wanted.page));
}

function answer({ slack }: Workspace, { responseUrl, replaces }: WantedList, shown: Message) {
  return slack.respond(responseUrl, { ...shown, response_type: 'ephemeral', replace_original: replaces });
}

/** Publishes the current Home tab. */
export async function showHome({ context, slack }: Workspace, slackUserId: SlackUserId): Promise<SlackResult<void>> {
  return slack.publishHome(slackUserId, homeView(await homeScreen(snapshotOf(context), slackUserId)));
}

/** The list that a paging button names. Null: this release has none of that name. */
export function listNamed(
  name: string,
): ((workspace: Workspace, wanted: WantedList) => Promise<SlackResult<void>>) | null {
  if (name === 'approvals') return showApprovals;
  const fleetOrderId = parseFleetId(FleetOrderId, name.replace(/^status\./u, ''));
  if (fleetOrderId !== null) return (workspace, wanted) => showOrderStatus(workspace, fleetOrderId, wanted);
  const filter = name.replace(/^carts\./u, '');
  return name.startsWith('carts.') && isCartFilter(filter)
    ? (workspace, wanted) => showCartList(workspace, filter, wanted)
    : null;
}

/** Shares into the conversation that holds the private answer. */
export async function shareStatus(
  workspace: Workspace,
  body: BlockButtonAction,
  fleetOrderId: FleetOrderId,
): Promise<void> {
  const { context, slack } = workspace;
  const status = await refreshOrderStatus(context, body.user.id as SlackUserId, fleetOrderId);
  const shown = sharedStatus(status);
  if (shown === null) return answerUser(workspace, body, orderNotFoundText);
  const channel = body.channel?.id as SlackChannelId | undefined;
  if (channel !== undefined && status.kind === 'request') {
    const posted = await slack.post(channel, shown);
    if (posted.ok) {
      await keepSharedCopy(context, status.item.request, posted.value);
      return;
    }
    // It may already be there, and a second copy would never be kept current.
    if (posted.failure.kind === 'unavailable') return answerUser(workspace, body, perhapsSharedText);
  }
  // Where the bot isn't a member, only the button's own response reaches the channel, and we cannot update that copy.
  const copy = { ...asOf(shown, context.now()), response_type: 'in_channel', replace_original: false } as const;
  const answered = await slack.respond(body.response_url, copy);
  if (answered.ok) return;
  const text = answered.failure.kind === 'unavailable' ? perhapsSharedText : couldNotShareText;
  await slack.post(body.user.id as SlackUserId, sentence(text));
}

/** The signed value of **Next** and **Previous**: workspace, list, page. Permission is checked again at the press. */
function pageValueFor({ context }: Workspace, list: string): PageValue {
  return (page) => context.seal.sign('card', `page ${context.workspaceId} ${list} ${page}`);
}

/** Null: not ours, tampered with, or another workspace's. */
export function readPageValue(
  { context }: Workspace,
  value: string | undefined,
): { readonly list: string; readonly page: number } | null {
  const opened = value === undefined ? null : context.seal.open('card', value);
  const [, workspaceId, list, page] = /^page (\S+) (\S+) (\d{1,6})$/u.exec(opened ?? '') ?? [];
  if (workspaceId !== context.workspaceId || list === undefined || page === undefined) return null;
  return { list, page: Number(page) };
}

/** The signed value of **Share in channel**: workspace and number. Permission is checked again at the press. */
function shareValueFor({ context }: Workspace, status: OrderStatus): string | null {
  const fleetOrderId = shareable(status);
  return fleetOrderId === null ? null : context.seal.sign('card', `share ${context.workspaceId} ${fleetOrderId}`);
}

/** Null: not ours, tampered with, or another workspace's. */
export function readShareValue({ context }: Workspace, value: string | undefined): FleetOrderId | null {
  const opened = value === undefined ? null : context.seal.open('card', value);
  const [what, workspaceId, number, ...more] = opened?.split(' ') ?? [];
  if (what !== 'share' || workspaceId !== context.workspaceId || number === undefined || more.length > 0) return null;
  return parseFleetId(FleetOrderId, number);
}

function shareable(status: OrderStatus): FleetOrderId | null {
  switch (status.kind) {
    case 'request':
      return status.item.request.fleetOrderId;
    case 'foreign':
      return status.fleetOrderId;
    case 'draft':
      return isToBeSent(status.draft.cart) ? status.fleetOrderId : null;
    case 'not_found':
    case 'could_not_look':
      return null;
  }
}
