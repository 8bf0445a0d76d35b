import type { App, BlockButtonAction, ViewSubmitAction } from '@slack/bolt';
import { callbacks, cartActions } from '../views/ids.ts';
import { onAddDevice, onCompleteFound, onEditRow } from './actions/order-from-cart.ts';
import {
  onLeaveExisting,
  onRemoveFound,
  onRemoveRow,
  onReplaceExisting,
  onShowPage,
  onWithdrawAndEdit,
} from './actions/your-cart.ts';
import type { CartPressArgs } from './cart-press.ts';
import type { HandlerDeps, Tenant } from './deps.ts';
import { listener } from './listener.ts';
import { onApproverOptions } from './options/approvers.ts';
import { onOrderEquipment } from './submissions/order-equipment.ts';
import { onYourCart } from './submissions/your-cart.ts';

/** From the submission of **Order equipment** to the request being sent. */
export function registerCart(app: App, deps: HandlerDeps): void {
  const press = (actionId: string, handle: (args: CartPressArgs, tenant: Tenant) => Promise<void>): void => {
    app.action<BlockButtonAction>({ type: 'block_actions', action_id: actionId }, listener(deps, 'press', handle));
  };
  app.view<ViewSubmitAction>(callbacks.orderEquipment, listener(deps, 'submission', onOrderEquipment(deps)));
  app.view<ViewSubmitAction>(callbacks.yourCart, listener(deps, 'submission', onYourCart(deps)));
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: cartActions.approver },
    listener(deps, 'options', onApproverOptions),
  );
  press(cartActions.editRow, onEditRow(deps));
  press(cartActions.removeRow, onRemoveRow(deps));
  press(cartActions.addDevice, onAddDevice(deps));
  press(cartActions.showPage, onShowPage(deps));
  press(cartActions.completeFound, onCompleteFound(deps));
  press(cartActions.removeFound, onRemoveFound(deps));
  press(cartActions.replaceExisting, onReplaceExisting(deps));
  press(cartActions.leaveExisting, onLeaveExisting());
  press(cartActions.withdrawAndEdit, onWithdrawAndEdit(deps));
}
