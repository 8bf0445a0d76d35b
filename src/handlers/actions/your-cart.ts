import { FleetProductId, parseFleetId } from '../../domain/ids.ts';
import { showCart, showIn } from '../../presenters/cart.ts';
import { withdrawRequest } from '../../services/signature/decide.ts';
import { refusalText } from '../../views/card/decision-text.ts';
import { cartNewsText, oldCartText, withdrawnNotShownText } from '../../views/cart/cart-trouble-text.ts';
import { yourCartTitle } from '../../views/cart/your-cart.ts';
import { NO_PRODUCT } from '../../views/cart/your-cart-rows.ts';
import { noticeModal } from '../../views/notices.ts';
import { readOrderMemory } from '../../views/order-equipment/order-equipment-metadata.ts';
import { changing, onCartPress } from '../cart-press.ts';
import type { HandlerDeps } from '../deps.ts';
import { waitedFor, waitingInCart } from '../waited-for.ts';

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
  return onCartPress(async ({ viewId }, { ack }, tenant) => {
    await ack();
    await showIn(tenant, viewId, noticeModal(yourCartTitle, cartNewsText({ kind: 'left_as_it_is' }, null)));
  });
}

export function onShowPage(deps: HandlerDeps) {
  return onCartPress(async ({ value, viewId, slackUserId, carry }, { ack, body }, tenant) => {
    await ack();
    const page = /^\d{1,3}$/.test(value) ? Number(value) : 0;
    const show = () => showCart(tenant, viewId, { slackUserId, carry, page });
    waitedFor(deps, tenant, 'show a page of the cart', waitingInCart(viewId, body), show);
  });
}

/** One commit ends the request and gives the lines back; then the cart stands here as it was. */
export function onWithdrawAndEdit(deps: HandlerDeps) {
  return onCartPress(async ({ memory: { requestId }, viewId, slackUserId, carry }, { ack, body }, tenant) => {
    if (requestId === null) {
      await ack();
      await showIn(tenant, viewId, noticeModal(yourCartTitle, oldCartText));
      return;
    }
    const withdrawal = { requestId, slackUserId, lines: 'kept', surface: 'modal' } as const;
    const withdrawn = await withdrawRequest(tenant.context, withdrawal);
    await ack();
    deps.hurry();
    if (!withdrawn.ok) {
      await showIn(tenant, viewId, noticeModal(yourCartTitle, refusalText(withdrawn.refusal)));
      return;
    }
    const at = { ...waitingInCart(viewId, body), failed: withdrawnNotShownText };
    const show = () => showCart(tenant, viewId, { slackUserId, carry });
    waitedFor(deps, tenant, 'show the cart after withdrawing', at, show);
  });
}
