import type { CartMemory } from '../domain/cart/cart.ts';
import { FleetProductId, parseFleetId, type SlackUserId, type SlackViewId } from '../domain/ids.ts';
import { type ModalCarry, noCarry } from '../domain/order-form/choice.ts';
import type { CartChange } from '../domain/work.ts';
import { cartMemoryOf, notAcceptedModal, pendingCartModal, showCart, showIn } from '../presenters/cart.ts';
import { answerUser, openLoading } from '../presenters/workspace.ts';
import { acceptCartChange, acceptSendRequest } from '../services/cart/accept.ts';
import { putBackInCart } from '../services/cart/open.ts';
import { withdrawRequest } from '../services/request/decide.ts';
import { busyCartModal, cartNewsText, readYourCart, yourCartTitle } from '../views/cart/modal.ts';
import { NO_PRODUCT } from '../views/cart/rows.ts';
import { loadingCartText, notYetInFleetText, sendingText } from '../views/cart/states.ts';
import { cartTroubleText, oldCartText, withdrawnNotShownText } from '../views/cart/trouble.ts';
import { cartActions } from '../views/ids.ts';
import { noticeModal } from '../views/notices.ts';
import { readOrderMemory } from '../views/order-form/read.ts';
import { refusalText } from '../views/request/refusals.ts';
import {
  type CommandArgs,
  type Handle,
  type HandlerWorkspace,
  onceOfPress,
  type PressArgs,
  runOrTell,
  type SubmissionArgs,
} from './listener.ts';

/** `/fleet cart` */
export async function onCartCommand({ ack, body }: CommandArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  await openYourCart(workspace, body, body.user_id as SlackUserId);
}

/** **Open your cart**: opens the presser's own. */
export async function onOpenCart({ ack, body }: PressArgs, workspace: HandlerWorkspace): Promise<void> {
  await ack();
  await openYourCart(workspace, body, body.user.id as SlackUserId);
}

/** Opens at once; Fleet is asked afterwards. */
async function openYourCart(
  workspace: HandlerWorkspace,
  body: { readonly trigger_id: string },
  slackUserId: SlackUserId,
): Promise<void> {
  const opened = await openLoading(workspace, body, noticeModal(yourCartTitle, loadingCartText));
  if (opened === null) return;
  const { viewId } = opened;
  const show = () => showCart(workspace, viewId, { slackUserId, carry: noCarry });
  runOrTell(workspace, 'show Your cart', waitingInCart(viewId, body), show);
}

/** The person looks at the cart, so a failure is told there. */
export function waitingInCart(viewId: SlackViewId, body: object) {
  return { body, modal: { viewId, title: yourCartTitle } };
}

/** **Send for approval**: records what the person saw, which the job compares with what it would send. */
export async function onYourCart({ ack, body, view }: SubmissionArgs, workspace: HandlerWorkspace): Promise<void> {
  const slackUserId = body.user.id as SlackUserId;
  const memory = cartMemoryOf(workspace, slackUserId, view);
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
  const accepted = await acceptSendRequest(workspace.context, {
    slackUserId,
    view: { viewId: view.id as SlackViewId, hash: view.hash },
    approver: carry.approver,
    note: carry.note,
    seen: memory.seen,
  });
  if (accepted.kind === 'not_yet') {
    await ack({ response_action: 'errors', errors: { [cartActions.approver]: notYetInFleetText } });
    return;
  }
  const shown =
    accepted.kind === 'accepted'
      ? busyCartModal(sendingText, view.private_metadata)
      : notAcceptedModal(workspace, accepted, { slackUserId, carry });
  await ack({ response_action: 'update', view: shown });
  workspace.relaySoon();
}

/** A button in **Your cart**, and what the modal held when it was pressed. */
export interface CartPress {
  readonly slackUserId: SlackUserId;
  readonly viewId: SlackViewId;
  readonly hash: string;
  /** `action_ts`: later than any earlier action in this modal. */
  readonly generation: string;
  readonly value: string;
  readonly memory: CartMemory;
  readonly carry: ModalCarry;
}

/** Reads the press. One that cannot be read is acknowledged and answered here. */
export function onCartPress(
  handle: (press: CartPress, args: PressArgs, workspace: HandlerWorkspace) => Promise<void>,
): Handle<PressArgs> {
  return async (args, workspace) => {
    const { view, user } = args.body;
    const memory = view === undefined ? null : cartMemoryOf(workspace, user.id as SlackUserId, view);
    if (view === undefined || memory === null) {
      await args.ack();
      if (view === undefined) await answerUser(workspace, args.body, oldCartText);
      else await showNotice(workspace, view.id as SlackViewId, oldCartText);
      return;
    }
    const press: CartPress = {
      slackUserId: user.id as SlackUserId,
      viewId: view.id as SlackViewId,
      hash: view.hash,
      generation: args.action.action_ts,
      value: args.action.value ?? '',
      memory,
      carry: readYourCart(view, memory).carry,
    };
    await handle(press, args, workspace);
  };
}

export const onRemoveRow = onCartChange(({ value }) => ({ kind: 'remove', row: value }));

export const onRemoveFound = onCartChange(({ value }) => {
  if (value === NO_PRODUCT) return { kind: 'remove_found', productId: null };
  const productId = parseFleetId(FleetProductId, value);
  return productId === null ? null : { kind: 'remove_found', productId };
});

export const onReplaceExisting = onCartChange(({ memory: { existing } }) => {
  const order = existing === null ? null : readOrderMemory(existing.order);
  if (existing === null || order === null) return null;
  return { kind: 'replace_existing', fleetOrderId: existing.fleetOrderId, choice: order.choice };
});

/** Records the change and shows it, marked; a job carries it out and shows the outcome in this modal. */
function onCartChange(changeOf: (press: CartPress) => CartChange | null): Handle<PressArgs> {
  return onCartPress(async (press, { ack }, workspace) => {
    const { slackUserId, viewId, hash, carry, generation, memory } = press;
    const change = changeOf(press);
    if (change === null) {
      await ack();
      await showNotice(workspace, viewId, oldCartText);
      return;
    }
    const view = { viewId, hash, pressedAt: generation };
    const accepted = await acceptCartChange(workspace.context, { slackUserId, view, change, carry });
    await ack();
    if (accepted.kind === 'accepted') {
      workspace.relaySoon();
      const reader = { slackUserId, carry, page: memory.page };
      // With the hash: if the job was faster, its outcome stays. If this can't be drawn, that will be.
      if (accepted.cart !== null)
        await workspace.slack.updateModal(viewId, pendingCartModal(workspace, accepted.cart, reader), hash);
    } else await showIn(workspace, viewId, notAcceptedModal(workspace, accepted, { slackUserId, carry }));
  });
}

export const onLeaveExisting = onCartPress(async ({ viewId }, { ack }, workspace) => {
  await ack();
  await showNotice(workspace, viewId, cartNewsText({ kind: 'left_as_it_is' }, null));
});

export const onShowPage = onCartPress(async (press, { ack, body }, workspace) => {
  await ack();
  const page = /^\d{1,3}$/.test(press.value) ? Number(press.value) : 0;
  const { viewId, hash, slackUserId, carry } = press;
  const show = () => showCart(workspace, viewId, { slackUserId, carry, page, hash });
  runOrTell(workspace, 'show a page of the cart', waitingInCart(viewId, body), show);
});

/** One commit withdraws the request and gives its lines back to the cart. */
export const onWithdrawAndEdit = onCartPress(async (press, { ack, body }, workspace) => {
  const { viewId, slackUserId, carry, memory } = press;
  const { requestId } = memory;
  if (requestId === null) {
    await ack();
    await showNotice(workspace, viewId, oldCartText);
    return;
  }
  const once = onceOfPress(body, workspace);
  const withdrawal = { requestId, slackUserId, lines: 'kept', surface: 'modal', once } as const;
  const withdrawn = await withdrawRequest(workspace.context, withdrawal);
  await ack();
  workspace.relaySoon();
  if (!withdrawn.ok) {
    await showNotice(workspace, viewId, refusalText(withdrawn.refusal));
    return;
  }
  const waiting = { ...waitingInCart(viewId, body), failed: withdrawnNotShownText };
  const show = () => showCart(workspace, viewId, { slackUserId, carry });
  runOrTell(workspace, 'show the cart after withdrawing', waiting, show);
});

/** A redelivery changes nothing, and shows the current cart. */
export const onPutBack = onCartPress(async ({ viewId, slackUserId, carry }, { ack, body }, workspace) => {
  await putBackInCart(workspace.context, slackUserId, onceOfPress(body, workspace));
  await ack();
  const show = () => showCart(workspace, viewId, { slackUserId, carry });
  runOrTell(workspace, 'show the cart with its devices back', waitingInCart(viewId, body), show);
});

async function showNotice(workspace: HandlerWorkspace, viewId: SlackViewId, text: string): Promise<void> {
  await showIn(workspace, viewId, noticeModal(yourCartTitle, text));
}
