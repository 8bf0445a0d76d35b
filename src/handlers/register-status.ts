import type { App, BlockButtonAction } from '@slack/bolt';
import { generalActions } from '../views/ids.ts';
import { onOpenCart } from './actions/open-cart.ts';
import { onOpenOrder } from './actions/open-order.ts';
import { onShareStatus } from './actions/share-status.ts';
import { onTurnPage } from './actions/turn-page.ts';
import type { PressArgs } from './card-press.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { listener } from './listener.ts';

/** Buttons below private answers: what one asks for is checked again at the press. */
export function registerStatus(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: PressArgs, tenant: Tenant) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  press(generalActions.shareStatus, onShareStatus(deps));
  press(generalActions.openCart, onOpenCart(deps));
  press(generalActions.openOrder, onOpenOrder(deps));
  press(generalActions.nextPage, onTurnPage(deps));
  press(generalActions.previousPage, onTurnPage(deps));
}
