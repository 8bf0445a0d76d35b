import type {
  AllMiddlewareArgs,
  BlockButtonAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewSubmitAction,
} from '@slack/bolt';
import type { CartMemory } from '../domain/cart/cart.ts';
import { FleetProductId, parseFleetId, type SlackUserId, type SlackViewId } from '../domain/ids.ts';
import { type ModalCarry, noCarry } from '../domain/order-form/state.ts';
import type { CartChange } from '../domain/work.ts';
import { cartMemoryOf, notAcceptedModal, showCart, showIn } from '../presenters/cart.ts';
import { openLoading, tellWhoActed, type Workspace } from '../presenters/workspace.ts';
import { acceptCartChange, acceptSendRequest } from '../services/cart/accept.ts';
import { withdrawRequest } from '../services/request/decide.ts';
import { busyCartModal, yourCartTitle } from '../views/cart/modal.ts';
import { readYourCart } from '../views/cart/read.ts';
import { NO_PRODUCT } from '../views/cart/rows.ts';
import { loadingCartText, sendingText } from '../views/cart/states.ts';
import { cartNewsText, cartTroubleText, oldCartText, withdrawnNotShownText } from '../views/cart/trouble.ts';
import { cartActions } from '../views/ids.ts';
import { noticeModal, notShownText } from '../views/notices.ts';
import { readOrderMemory } from '../views/order-form/read.ts';
import { refusalText } from '../views/request/state.ts';
import type { CommandArgs, HandlerDeps } from './listener.ts';

/** `/fleet cart` */
export function onCartCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, workspace: Workspace): Promise<void> => {
    await ack();
    await openYourCart(deps, workspace, { body, slackUserId: body.user_id as SlackUserId });
  };
}

/** Opens at once; Fleet is asked afterwards. */
export async function openYourCart(
  deps: HandlerDeps,
  workspace: Workspace,
  { body, slackUserId }: { readonly body: { readonly trigger_id: string }; readonly slackUserId: SlackUserId },
): Promise<void> {
  const opened = await openLoading(workspace, body, noticeModal(yourCartTitle, loadingCartText));
  if (opened === null) return;
  const { viewId } = opened;
  const show = () => showCart(workspace, viewId, { slackUserId, carry: noCarry });
  waitedFor(deps, workspace, 'show Your cart', waitingInCart(viewId, body), show);
}

/** Who waits, and where they read that it failed. */
interface WaitingAt {
  /** Of whoever acted: answered privately. */
  readonly body: object;
  /** The modal that they look at instead. */
  readonly modal?: { readonly viewId: SlackViewId; readonly title: string };
  /** Default: nothing was changed. */
  readonly failed?: string;
}

/** What goes on after a press in the cart says there that it failed: a message elsewhere is behind the modal. */
export function waitingInCart(viewId: SlackViewId, body: object): WaitingAt {
  return { body, modal: { viewId, title: yourCartTitle } };
}

/** Work that goes on after the acknowledgement while somebody waits for it: when it fails, they are told. */
export function waitedFor(
  deps: HandlerDeps,
  workspace: Workspace,
  what: string,
  at: WaitingAt,
  work: () => Promise<void>,
): void {
  deps.inBackground(what, orTold(workspace, at, work));
}

async function orTold(workspace: Workspace, at: WaitingAt, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    await tellFailed(workspace, at);
    throw error;
  }
}

async function tellFailed(workspace: Workspace, { body, modal, failed = notShownText }: WaitingAt): Promise<void> {
  if (modal !== undefined) {
    const shown = await workspace.slack.updateModal(modal.viewId, noticeModal(modal.title, failed));
    if (shown.ok || shown.failure.kind === 'gone') return;
  }
  await tellWhoActed(workspace, body, failed);
}

export type CartPressArgs = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** A button in **Your cart**, with everything that stood in the modal around it. */
export interface CartPress {
  readonly slackUserId: SlackUserId;
  readonly viewId: SlackViewId;
  readonly hash: string;
  /** `action_ts`: later than everything that was done in this modal before. */
  readonly turn: string;
  readonly value: string;
  readonly memory: CartMemory;
  readonly carry: ModalCarry;
}

/** Reads the press; one that cannot be read is acknowledged and answered here. */
export function onCartPress(
  handle: (press: CartPress, args: CartPressArgs, workspace: Workspace) => Promise<void>,
): (args: CartPressArgs, workspace: Workspace) => Promise<void> {
  return async (args, workspace) => {
    const { view, user } = args.body;
    const memory = view === undefined ? null : cartMemoryOf(workspace, view);
    if (view === undefined || memory === null) {
      await args.ack();
      if (view === undefined) await tellWhoActed(workspace, args.body, oldCartText);
      else await showIn(workspace, view.id as SlackViewId, noticeModal(yourCartTitle, oldCartText));
      return;
    }
    const press: CartPress = {
      slackUserId: user.id as SlackUserId,
      viewId: view.id as SlackViewId,
      hash: view.hash,
      turn: args.action.action_ts,
      value: args.action.value ?? '',
      memory,
      carry: readYourCart(view, memory).carry,
    };
    await handle(press, args, workspace);
  };
}

/** Recorded, acknowledged, and then carried out by a job, which shows the outcome in this modal. */
function changing(deps: HandlerDeps, changeOf: (press: CartPress) => CartChange | null) {
  return onCartPress(async (press, { ack }, workspace) => {
    const { slackUserId, viewId, hash, carry } = press;
    const change = changeOf(press);
    if (change === null) {
      await ack();
      await showIn(workspace, viewId, noticeModal(yourCartTitle, oldCartText));
      return;
    }
    const accepted = await acceptCartChange(workspace.context, { slackUserId, view: { viewId, hash }, change, carry });
    await ack();
    if (accepted.kind === 'accepted') deps.hurry();
    else await showIn(workspace, viewId, notAcceptedModal(workspace, accepted, carry));
  });
}

export function onRemoveRow(deps: HandlerDeps) {
  return changing(deps, ({ value }) => ({ kind: 'remove', row: value }));
}

export function onRemoveFound(deps: HandlerDeps) {
  return changing(deps, ({ value }) => {
    if (value === NO_PRODUCT) return { kind: 'remove_found', productId: null };
    const productId = parseFleetId(FleetProductId, value);
    return productId === null ? null : { kind: 'remove_found', productId };
  });
}

export function onReplaceExisting(deps: HandlerDeps) {
  return changing(deps, ({ memory: { existing } }) => {
    const order = existing === null ? null : readOrderMemory(existing.order);
    if (existing === null || order === null) return null;
    return { kind: 'replace_existing', fleetOrderId: existing.fleetOrderId, choice: order.choice };
  });
}

export function onLeaveExisting() {
  return onCartPress(async ({ viewId }, { ack }, workspace) => {
    await ack();
    await showIn(workspace, viewId, noticeModal(yourCartTitle, cartNewsText({ kind: 'left_as_it_is' }, null)));
  });
}

export function onShowPage(deps: HandlerDeps) {
  return onCartPress(async ({ value, viewId, slackUserId, carry }, { ack, body }, workspace) => {
    await ack();
    const page = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    const show = () => showCart(workspace, viewId, { slackUserId, carry, page });
    waitedFor(deps, workspace, 'show a page of the cart', waitingInCart(viewId, body), show);
  });
}

/** One commit ends the request and gives the lines back; then the cart stands here as it was. */
export function onWithdrawAndEdit(deps: HandlerDeps) {
  return onCartPress(async ({ memory: { requestId }, viewId, slackUserId, carry }, { ack, body }, workspace) => {
    if (requestId === null) {
      await ack();
      await showIn(workspace, viewId, noticeModal(yourCartTitle, oldCartText));
      return;
    }
    const withdrawal = { requestId, slackUserId, lines: 'kept', surface: 'modal' } as const;
    const withdrawn = await withdrawRequest(workspace.context, withdrawal);
    await ack();
    deps.hurry();
    if (!withdrawn.ok) {
      await showIn(workspace, viewId, noticeModal(yourCartTitle, refusalText(withdrawn.refusal)));
      return;
    }
    const at = { ...waitingInCart(viewId, body), failed: withdrawnNotShownText };
    const show = () => showCart(workspace, viewId, { slackUserId, carry });
    waitedFor(deps, workspace, 'show the cart after withdrawing', at, show);
  });
}

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** **Send for approval**: recorded with what was seen; the job compares that with what would be sent. */
export function onYourCart(deps: HandlerDeps) {
  return async ({ ack, body, view }: Args, workspace: Workspace): Promise<void> => {
    const memory = cartMemoryOf(workspace, view);
    if (memory === null) {
      await ack({ response_action: 'update', view: noticeModal(yourCartTitle, oldCartText) });
      return;
    }
    const { carry } = readYourCart(view, memory);
    if (carry.approver === null) {
      const text = cartTroubleText({ kind: 'approver_missing' });
      await ack({ response_action: 'errors', errors: { [cartActions.approver]: text } });
      return;
    }
    const slackUserId = body.user.id as SlackUserId;
    const accepted = await acceptSendRequest(workspace.context, {
      slackUserId,
      view: { viewId: view.id as SlackViewId, hash: view.hash },
      approver: carry.approver,
      note: carry.note,
      seen: memory.seen,
    });
    const shown =
      accepted.kind === 'accepted'
        ? busyCartModal(sendingText, view.private_metadata)
        : notAcceptedModal(workspace, accepted, carry);
    await ack({ response_action: 'update', view: shown });
    deps.hurry();
  };
}
