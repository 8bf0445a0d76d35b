import type { SlackUserId } from '../../domain/ids.ts';
import { noCarry } from '../../domain/order/order-memory.ts';
import { showCart } from '../../presenters/cart.ts';
import { openLoading } from '../../presenters/workspace.ts';
import { loadingCartText } from '../../views/cart/cart-waiting.ts';
import { yourCartTitle } from '../../views/cart/your-cart.ts';
import { noticeModal } from '../../views/notices.ts';
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

/** Opens at once; Fleet is asked afterwards. */
export async function openYourCart(
  deps: HandlerDeps,
  tenant: Tenant,
  { body, slackUserId }: { readonly body: { readonly trigger_id: string }; readonly slackUserId: SlackUserId },
): Promise<void> {
  const opened = await openLoading(tenant, body, noticeModal(yourCartTitle, loadingCartText));
  if (opened === null) return;
  const { viewId } = opened;
  const show = () => showCart(tenant, viewId, { slackUserId, carry: noCarry });
  waitedFor(deps, tenant, 'show Your cart', waitingInCart(viewId, body), show);
}
