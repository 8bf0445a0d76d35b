import type { SlackUserId } from '../../domain/ids.ts';
import { noCarry } from '../../domain/order/order-memory.ts';
import { showCart } from '../../presenters/cart.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { loadingCartText } from '../../views/cart/cart-waiting.ts';
import { yourCartTitle } from '../../views/cart/your-cart.ts';
import { noticeModal } from '../../views/notices.ts';
import { slackFailureText } from '../../views/slack-failure-text.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor, waitingInCart } from '../waited-for.ts';
import type { CommandArgs } from './command-args.ts';

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
  const opened = await tenant.slack.openModal(body.trigger_id, noticeModal(yourCartTitle, loadingCartText));
  if (!opened.ok) {
    await tellWhoActed(tenant, body, slackFailureText(opened.failure));
    return;
  }
  const { viewId } = opened.value;
  const show = () => showCart(tenant, viewId, { slackUserId, carry: noCarry });
  waitedFor(deps, tenant, 'show Your cart', waitingInCart(viewId, body), show);
}
