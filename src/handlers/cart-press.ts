import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { CartMemory } from '../domain/cart/cart-memory.ts';
import type { SlackUserId, SlackViewId } from '../domain/ids.ts';
import type { CartChange, ModalCarry } from '../domain/work.ts';
import { cartMemoryOf, notAcceptedModal, showIn } from '../presenters/cart.ts';
import { tellWhoActed } from '../presenters/workspace.ts';
import { acceptCartChange } from '../services/cart/accept-cart-work.ts';
import { oldCartText } from '../views/cart/cart-trouble-text.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import { readYourCart } from '../views/cart/your-cart-read.ts';
import { noticeModal } from '../views/notices.ts';
import type { HandlerDeps, Tenant } from './deps.ts';

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
  handle: (press: CartPress, args: CartPressArgs, tenant: Tenant) => Promise<void>,
): (args: CartPressArgs, tenant: Tenant) => Promise<void> {
  return async (args, tenant) => {
    const { view, user } = args.body;
    const memory = view === undefined ? null : cartMemoryOf(tenant, view);
    if (view === undefined || memory === null) {
      await args.ack();
      if (view === undefined) await tellWhoActed(tenant, args.body, oldCartText);
      else await showIn(tenant, view.id as SlackViewId, noticeModal(yourCartTitle, oldCartText));
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
    await handle(press, args, tenant);
  };
}

/** Recorded, acknowledged, and then carried out by a job, which shows the outcome in this modal. */
export function changing(deps: HandlerDeps, changeOf: (press: CartPress) => CartChange | null) {
  return onCartPress(async (press, { ack }, tenant) => {
    const { slackUserId, viewId, hash, carry } = press;
    const change = changeOf(press);
    if (change === null) {
      await ack();
      await showIn(tenant, viewId, noticeModal(yourCartTitle, oldCartText));
      return;
    }
    const accepted = await acceptCartChange(tenant.context, { slackUserId, view: { viewId, hash }, change, carry });
    await ack();
    if (accepted.kind === 'accepted') deps.hurry();
    else await showIn(tenant, viewId, notAcceptedModal(tenant, accepted, carry));
  });
}
