import type { KnownBlock } from '@slack/types';
import {
  type Assignee,
  type FieldGenerations,
  isQuantity,
  MAX_QUANTITY,
  type OrderMistake,
  type OrderPurpose,
} from '../../domain/order-form/choice.ts';
import type { OrderForm } from '../../domain/order-form/offer.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { type AcquisitionMode, acquisitionModes } from '../../domain/vocabulary.ts';
import { option, optionValues, smallPrint } from '../blocks.ts';
import { notAChoiceText } from '../cart/trouble.ts';
import { limits } from '../limits.ts';
import { noticeModal } from '../notices.ts';
import { counted, modeLabel, plain } from '../text.ts';
import { inputBlock, orderFormTitle, staticSelect } from './read.ts';

/** Shown until the form is filled. */
export const loadingText = 'Loading the catalog…';

export const peopleLoadingText =
  "We're loading your company's people from Fleet for the first time. This window updates when that's done.";

/** The caller fills this window afterwards. */
export function peopleLoadingModal(title: string): ModalView {
  return noticeModal(title, peopleLoadingText);
}

/** In place of the submitted form, until Fleet has answered. */
export function addingModal(purpose: OrderPurpose['kind'] = 'add'): ModalView {
  return noticeModal(orderFormTitle(purpose), purpose === 'add' ? 'Adding…' : 'Saving…');
}

/** Also for a form that was tampered with. */
export const unreadableFormText = 'This form is out of date. Close it and type `/fleet order` again.';

export const noCountryText =
  "Fleet doesn't deliver to any of your company's countries. Ask an admin to check them in `/fleet settings`.";

/** Slack shows it under the field. */
export function mistakeText(mistake: OrderMistake, maxQuantity: number = MAX_QUANTITY): string {
  switch (mistake) {
    case 'not_a_choice':
      return notAChoiceText;
    case 'choose_product':
      return 'Choose a product.';
    case 'choose_configuration':
      return 'Choose a configuration.';
    case 'configurations_loading':
      return 'Configurations are still loading. Try again in a moment.';
    case 'choose_layout':
      return 'Choose a keyboard layout.';
    case 'quantity_out_of_range':
      return `Enter a whole number from 1 to ${maxQuantity}.`;
  }
}

export const meLabel = 'Me';
export const notAssignedLabel = 'Not assigned yet';
const defaultAddressLabel = 'Company default address';

export function quantityField({ choice, maxQuantity }: OrderForm, turns: FieldGenerations): KnownBlock {
  return inputBlock({
    field: 'quantity',
    turns,
    element: {
      type: 'number_input',
      is_decimal_allowed: false,
      min_value: '1',
      max_value: String(maxQuantity),
      ...(isQuantity(choice.quantity, maxQuantity) ? { initial_value: String(choice.quantity) } : {}),
      // Enter would submit the modal, so the price follows every digit instead.
      dispatch_action_config: { trigger_actions_on: ['on_character_entered'] },
    },
    tellsChange: true,
  });
}

export function assigneeField({ choice }: OrderForm, turns: FieldGenerations): KnownBlock {
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
      return option(notAssignedLabel, optionValues.nobodyYet);
    case 'person':
      return option(assignee.name, assignee.fleetUserId);
  }
}

export const addressesHiddenText =
  "Some addresses are hidden because we couldn't read Fleet's whole list. Try again in 15 minutes.";

/** Null if the API offers no address: Fleet then ships to the company's default. */
export function addressField(
  { choice, addresses, addressesLeftOut, areAddressesWhole }: OrderForm,
  turns: FieldGenerations,
): KnownBlock | null {
  const hidden = areAddressesWhole ? null : addressesHiddenText;
  if (addresses === null && hidden === null) return null;
  return inputBlock({
    field: 'ship_to',
    turns,
    element: staticSelect(
      [
        option(defaultAddressLabel, optionValues.fleetsDefault),
        ...(addresses ?? []).map(({ addressId, label }) => option(label ?? 'Previously chosen address', addressId)),
      ],
      choice.shippingAddressId ?? optionValues.fleetsDefault,
      'Choose an address',
    ),
    hint:
      addressesLeftOut === 0
        ? hidden
        : `Not shown: ${counted(addressesLeftOut, 'more address', 'more addresses')}. ${hidden ?? ''}`.trimEnd(),
  });
}

export function modeField({ choice }: OrderForm, turns: FieldGenerations): KnownBlock {
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

/** The whole cart is leased or bought: a switch is announced before it happens. */
export function modeNote({ choice, linesInCart, modeInCart }: OrderForm): KnownBlock | null {
  if (linesInCart === 0 || modeInCart === null || modeInCart === choice.mode) return null;
  const devices = linesInCart === 1 ? 'device' : `${linesInCart} devices`;
  return smallPrint(
    `A cart is either leased or bought. The ${devices} in it will switch to ${modeLabel(choice.mode)}.`,
  );
}
