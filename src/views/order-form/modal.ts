import type { KnownBlock } from '@slack/types';
import type { CartTrouble } from '../../domain/cart/trouble.ts';
import type { FieldGenerations, OrderMemory } from '../../domain/order-form/choice.ts';
import type { OrderForm } from '../../domain/order-form/offer.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import { OrderField } from '../../domain/vocabulary.ts';
import { section } from '../blocks.ts';
import { type FormProblem, formProblem } from '../cart/trouble.ts';
import { modal } from '../guard.ts';
import { callbacks } from '../ids.ts';
import { addressField, assigneeField, modeField, modeNote, quantityField } from './details.ts';
import { categoryField, configurationField, countryField, layoutField, priceBlock, productField } from './product.ts';
import { editDeviceTitle, orderEquipmentTitle, orderMemoryText } from './read.ts';

/** Worded for the reader. `problem` appears directly above its field, or on top if it has none. */
export interface ShownForm extends OrderForm {
  readonly problem: FormProblem | null;
}

/** `metadata` is signed and holds `turns`: `signedOrderModal` keeps the two together. */
export function orderEquipmentModal(form: ShownForm, metadata: string, turns: FieldGenerations = {}): ModalView {
  return modal({
    callbackId: callbacks.orderEquipment,
    title: form.editing === null ? orderEquipmentTitle : editDeviceTitle,
    submit: form.editing === null ? 'Add to cart' : 'Save',
    close: 'Cancel',
    privateMetadata: metadata,
    blocks: [...fieldsWithProblem(form, turns), modeNote(form), priceBlock(form, form.problem !== null)].filter(
      (block) => block !== null,
    ),
  });
}

/** `told`: why the form is shown again; it outranks what was found while filling it. */
export function withTroubleShown(form: OrderForm, told: CartTrouble | null, found: CartTrouble | null): ShownForm {
  const trouble = told ?? found;
  return { ...form, problem: trouble === null ? null : formProblem(trouble) };
}

/** The modal with its signed memory. */
export function signedOrderModal(
  form: ShownForm,
  memory: Omit<OrderMemory, 'choice'>,
  sign: (text: string) => string,
): ModalView {
  return orderEquipmentModal(form, sign(orderMemoryText({ ...memory, choice: form.choice })), memory.turns);
}

function fieldsWithProblem(form: ShownForm, turns: FieldGenerations): readonly (KnownBlock | null)[] {
  const { problem } = form;
  const block: Readonly<Record<OrderField, KnownBlock | null>> = {
    delivery_country: countryField(form, turns),
    category: categoryField(form, turns),
    product: productField(form, turns),
    configuration: configurationField(form, turns),
    keyboard_layout: layoutField(form, turns),
    quantity: quantityField(form, turns),
    assignee: assigneeField(form, turns),
    ship_to: addressField(form, turns),
    mode: modeField(form, turns),
  };
  const blocks: (KnownBlock | null)[] = [];
  // On top if it has no field or the field is hidden, so that it is always seen.
  if (problem !== null && (problem.field === null || block[problem.field] === null)) blocks.push(section(problem.text));
  for (const field of OrderField.options) {
    if (problem?.field === field && block[field] !== null) blocks.push(section(problem.text));
    blocks.push(block[field]);
  }
  return blocks;
}
