import type { KnownBlock } from '@slack/types';
import { type AcquisitionMode, acquisitionModes } from '../../domain/failures/fleet-words.ts';
import { isQuantity } from '../../domain/order/order-choice.ts';
import type { Assignee, OrderForm } from '../../domain/order/order-form.ts';
import type { FieldTurns } from '../../domain/order/order-memory.ts';
import { counted, modeLabel } from '../format.ts';
import { limits } from '../limits.ts';
import { plain } from '../text.ts';
import { inputBlock, option, smallPrint, staticSelect } from './order-equipment-blocks.ts';
import { optionValues } from './order-equipment-ids.ts';

export const meLabel = 'Me';
export const nobodyYetLabel = 'Nobody yet';
const fleetsDefaultLabel = "Fleet's default";

export function quantityField({ choice, mostQuantity }: OrderForm, turns: FieldTurns): KnownBlock {
  return inputBlock({
    field: 'quantity',
    turns,
    element: {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: String(mostQuantity),
      ...(isQuantity(choice.quantity, mostQuantity) ? { initial_value: String(choice.quantity) } : {}),
      // Enter would submit the modal: the price line follows every digit instead.
      dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    },
    tellsChange: true,
  });
}

export function assigneeField({ choice }: OrderForm, turns: FieldTurns): KnownBlock {
  return inputBlock({
    field: 'assignee',
    turns,
    element: {
      type: 'external_select',
      min_query_length: 0,
      placeholder: plain('Type a name', limits.placeholder),
      initial_option: assigneeOption(choice.assignee),
    },
  });
}

function assigneeOption(assignee: Assignee) {
  switch (assignee.kind) {
    case 'me':
      return option(meLabel, optionValues.me);
    case 'nobody_yet':
      return option(nobodyYetLabel, optionValues.nobodyYet);
    case 'person':
      return option(assignee.name, assignee.fleetUserId);
  }
}

/** None where the API offers no address: Fleet then ships to its own default. */
export function addressField({ choice, addresses, addressesLeftOut }: OrderForm, turns: FieldTurns): KnownBlock | null {
  if (addresses === null || addresses.length === 0) return null;
  return inputBlock({
    field: 'ship_to',
    turns,
    element: staticSelect(
      [
        option(fleetsDefaultLabel, optionValues.fleetsDefault),
        ...addresses.map(({ addressId, label }) => option(label ?? 'The address chosen before', addressId)),
      ],
      choice.shippingAddressId ?? optionValues.fleetsDefault,
      fleetsDefaultLabel,
    ),
    hint:
      addressesLeftOut === 0 ? null : `${counted(addressesLeftOut, 'more address', 'more addresses')} in Fleet itself.`,
  });
}

export function modeField({ choice }: OrderForm, turns: FieldTurns): KnownBlock {
  const optionOf = (mode: AcquisitionMode) => option(modeLabel(mode), mode);
  return inputBlock({
    field: 'mode',
    turns,
    element: {
      type: 'radio_buttons',
      options: acquisitionModes.map(optionOf),
      initial_option: optionOf(choice.mode),
    },
    tellsChange: true,
  });
}

/** One mode holds for the whole cart: choosing the other one is told before it is done. */
export function modeNote({ choice, linesInCart, modeInCart }: OrderForm): KnownBlock | null {
  if (linesInCart === 0 || modeInCart === null || modeInCart === choice.mode) return null;
  const devices = linesInCart === 1 ? 'the device' : `all ${linesInCart} devices`;
  return smallPrint(
    `One mode holds for the whole cart: ${devices} already in it will be priced as ${modeLabel(choice.mode)}.`,
  );
}
