import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
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
import { tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import { isAdmin } from '../services/people/admins.ts';
import { notShownText, sentence, unknownPressText } from '../views/notices.ts';
import { cartsForAdminsText, unknownCartFilterText } from '../views/orders/list.ts';
import { perhapsSharedText } from '../views/orders/shared.ts';
import { notANumberText, orderNotFoundText } from '../views/orders/status.ts';
import { openYourCart, waitedFor } from './cart.ts';
import { answerAfterwards, type CommandArgs, decoded, type HandlerDeps, type PressArgs } from './listener.ts';
import { openOrderEquipment } from './order-form.ts';

/** `/fleet status`, `/fleet status 42` and, for admins, `/fleet status @person`. */
export function onStatusCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, workspace: Workspace, rest: string): Promise<void> => {
    const { user_id, response_url } = args.body;
    await answerAfterwards(deps, workspace, args, async () => {
      const shown = await statusAnswer(workspace, user_id as SlackUserId, rest.trim());
      const answered = await workspace.slack.respond(response_url, { ...shown, response_type: 'ephemeral' });
      // Whoever looks sees a new status first: the cards follow.
      deps.hurry();
      return answered;
    });
  };
}

async function statusAnswer(workspace: Workspace, slackUserId: SlackUserId, asked: string): Promise<Message> {
  const person = asked === '' ? slackUserId : mentioned(asked);
  if (person !== null) return personStatusPage(workspace, slackUserId, person);
  const fleetOrderId = parseFleetId(FleetOrderId, asked);
  if (fleetOrderId === null) return sentence(notANumberText);
  return orderStatusPage(workspace, slackUserId, fleetOrderId, 0);
}

/** `should_escape` makes `<@U1|anna>` of @anna. */
function mentioned(text: string): SlackUserId | null {
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/u.exec(text) ?? [];
  // Slack's own escape of a person, in a signed payload.
  return id === undefined ? null : (id as SlackUserId);
}

/** `/fleet carts [pending, stuck, all]` */
export function onCartsCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, workspace: Workspace, rest: string): Promise<void> => {
    const { user_id, response_url: responseUrl } = args.body;
    const slackUserId = user_id as SlackUserId;
    const typed = decoded(rest).toLowerCase();
    const filter = typed === '' ? 'open' : typed;
    await answerAfterwards(deps, workspace, args, async () => {
      if (isCartFilter(filter))
        return showCartList(workspace, filter, { slackUserId, responseUrl, page: 0, replaces: false });
      const text = (await isAdmin(workspace.context, slackUserId)) ? unknownCartFilterText(typed) : cartsForAdminsText;
      return workspace.slack.respond(responseUrl, { ...sentence(text), response_type: 'ephemeral' });
    });
  };
}

/** `/fleet approvals` */
export function onApprovalsCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, workspace: Workspace): Promise<void> => {
    const { user_id, response_url: responseUrl } = args.body;
    const wanted = { slackUserId: user_id as SlackUserId, responseUrl, page: 0, replaces: false };
    await answerAfterwards(deps, workspace, args, () => showApprovals(workspace, wanted));
  };
}

/** **Next** and **Previous** under a private list: the page takes the place of the one before. */
export function onTurnPage(deps: HandlerDeps) {
  return async ({ ack, action, body }: PressArgs, workspace: Workspace): Promise<void> => {
    await ack();
    const wanted = readPageValue(workspace, action.value);
    const show = wanted === null ? null : listNamed(wanted.list);
    if (wanted === null || show === null) return tellWhoActed(workspace, body, unknownPressText);
    const turn = async () => {
      const slackUserId = body.user.id as SlackUserId;
      const { page } = wanted;
      const shown = await show(workspace, { slackUserId, responseUrl: body.response_url, page, replaces: true });
      if (!shown.ok) await tellWhoActed(workspace, body, notShownText);
    };
    waitedFor(deps, workspace, 'turn a page', { body }, turn);
  };
}

/** **Order equipment** as a button: the same as the shortcut. */
export function onOpenOrder(deps: HandlerDeps) {
  return async ({ ack, body }: PressArgs, workspace: Workspace): Promise<void> => {
    await ack();
    await openOrderEquipment(deps, workspace, { body, slackUserId: body.user.id as SlackUserId, words: '' });
  };
}

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** **Open your cart**: the same as `/fleet cart`, of whoever presses. */
export function onOpenCart(deps: HandlerDeps) {
  return async ({ ack, body }: Args, workspace: Workspace): Promise<void> => {
    await ack();
    await openYourCart(deps, workspace, { body, slackUserId: body.user.id as SlackUserId });
  };
}

/** Authority is checked again: the private answer with the button may be older than somebody's role. */
export function onShareStatus(deps: HandlerDeps) {
  return async ({ ack, action, body }: Args, workspace: Workspace): Promise<void> => {
    const fleetOrderId = readShareValue(workspace, action.value);
    await ack();
    if (fleetOrderId === null) return tellWhoActed(workspace, body, orderNotFoundText);
    waitedFor(deps, workspace, 'share a status', { body, failed: perhapsSharedText }, async () => {
      await shareStatus(workspace, body, fleetOrderId);
      deps.hurry();
    });
  };
}
