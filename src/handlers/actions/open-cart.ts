import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackUserId } from '../../domain/ids.ts';
import { openYourCart } from '../commands/cart.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** **Open your cart**: the same as `/fleet cart`, of whoever presses. */
export function onOpenCart(deps: HandlerDeps) {
  return async ({ ack, body }: Args, tenant: Tenant): Promise<void> => {
    await ack();
    await openYourCart(deps, tenant, { body, slackUserId: body.user.id as SlackUserId });
  };
}
