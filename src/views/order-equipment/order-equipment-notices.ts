import type { OrderMistake } from '../../domain/order/order-choice.ts';
import { MAX_QUANTITY } from '../../domain/order/order-form.ts';
import type { OrderPurpose } from '../../domain/order/order-memory.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { noticeModal } from '../notices.ts';
import { orderEquipmentTitle } from './order-equipment.ts';

/** Shown until the form is filled. */
export const loadingText = 'Loading what Fleet offers…';

/** Only where the window does wait: whoever calls fills it afterwards. */
export function peopleLoadingModal(title: string): ModalView {
  return noticeModal(
    title,
    "Your company's people are being loaded from Fleet for the first time. Nothing was ordered. This window fills by itself as soon as that is done.",
  );
}

/** In place of the submitted form, until Fleet has answered. */
export function addingModal(purpose: OrderPurpose['kind'] = 'add'): ModalView {
  return noticeModal(orderEquipmentTitle, purpose === 'add' ? 'Adding…' : 'Saving…');
}

export const unreadableFormText =
  'Nothing was changed and nothing was ordered: this form is not as Fleet for Slack sent it, or too old. Please close it and type /fleet order again.';

export const noCountryText =
  'Nothing was ordered: there is no country left that Fleet delivers to. Ask an admin to check the countries in the settings.';

/** Slack shows it under the field itself. */
export function mistakeText(mistake: OrderMistake, mostQuantity: number = MAX_QUANTITY): string {
  switch (mistake) {
    case 'choose_product':
      return 'Choose a product.';
    case 'choose_configuration':
      return 'Choose a configuration first: it appears as soon as Fleet has named them.';
    case 'choose_layout':
      return 'Choose a keyboard layout.';
    case 'quantity_out_of_range':
      return `Choose a whole number from 1 to ${mostQuantity}.`;
  }
}
