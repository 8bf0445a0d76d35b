import type { App, BlockAction, GlobalShortcut } from '@slack/bolt';
import { commands, orderFields, shortcuts } from '../views/ids.ts';
import { onOrderFormChange } from './actions/order-form.ts';
import { onFleetCommand } from './commands/fleet.ts';
import type { HandlerDeps } from './deps.ts';
import { listener } from './listener.ts';
import { onPeopleOptions } from './options/people.ts';
import { onProductOptions } from './options/products.ts';
import { onOrderShortcut } from './shortcuts/order-equipment.ts';

/** The fields that other fields or the price depend on. The submission is registered with the cart. */
const fieldsThatTell = [
  orderFields.deliveryCountry,
  orderFields.category,
  orderFields.product,
  orderFields.configuration,
  orderFields.keyboardLayout,
  orderFields.quantity,
  orderFields.mode,
];

export function registerOrderEquipment(app: App, deps: HandlerDeps): void {
  app.command(commands.fleet, listener(deps, 'command', onFleetCommand(deps)));
  app.shortcut<GlobalShortcut>(
    { type: 'shortcut', callback_id: shortcuts.orderEquipment },
    listener(deps, 'press', onOrderShortcut(deps)),
  );
  for (const field of fieldsThatTell) {
    app.action<BlockAction>(
      { type: 'block_actions', action_id: field },
      listener(deps, 'press', onOrderFormChange(deps)),
    );
  }
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: orderFields.product },
    listener(deps, 'options', onProductOptions),
  );
  app.options<'block_suggestion'>(
    { type: 'block_suggestion', action_id: orderFields.assignee },
    listener(deps, 'options', onPeopleOptions),
  );
}
