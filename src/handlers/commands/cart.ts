import type { SlackUserId } from '../../domain/ids.ts';
import { noCarry } from '../../domain/order/order-memory.ts';
import { yourCartTitle } from '../../views/cart/your-cart.ts';
import { noticeModal } from '../../views/notices.ts';
import { slackFailureText } from '../../views/slack-failure-text.ts';
import { showCart, waitingInCart } from '../cart-view.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { tellWhoActed } from '../tell-who-acted.ts';
import { waitedFor } from '../waited-for.ts';
import type { CommandArgs } from './verb.ts';

/** `/fleet cart` */
export function onCartCommand(deps: HandlerDeps) {
  return async ({ ack, body }: CommandArgs, tenant: Tenant): Promise<void> => {
    await ack();
    await openYourCart(deps, tenant, { body, slackUserId: body.user_id as SlackUserId });
  };
}

/** Opens at once, since the trigger lives three seconds; Fleet is asked afterwards. */
export async function openYourCart(
  deps: HandlerDeps,
  tenant: Tenant,
  { body, slackUserId }: { readonly body: { readonly trigger_id: string }; readonly slackUserId: SlackUserId },
): Promise<void> {
  const opened = await tenant.slack.openModal(body.trigger_id, noticeModal(yourCartTitle, 'Loading your cart…'));
  if (!opened.ok) {
    await tellWhoActed(tenant, body, slackFailureText(opened.failure));
    return;
  }
  const { viewId } = opened.value;
  const show = () => showCart(tenant, viewId, { slackUserId, carry: noCarry });
  waitedFor(deps, tenant, 'show Your cart', waitingInCart(viewId, body), show);
}
