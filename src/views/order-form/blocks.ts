import type { ContextBlock, InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { fieldLabels } from '../../domain/failures/kinds.ts';
import type { FieldGenerations } from '../../domain/order-form/state.ts';
import type { OrderField } from '../../domain/vocabulary.ts';
import type { CartChange } from '../../domain/work.ts';
import { orderFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { clip, mrkdwn, plain } from '../text.ts';
import { blockIdOf } from './read.ts';

export const orderEquipmentTitle = 'Order equipment';
export const editDeviceTitle = 'Edit device';

export function orderFormTitle(kind: CartChange['kind']): string {
  return kind === 'edit' || kind === 'complete_found' ? editDeviceTitle : orderEquipmentTitle;
}

type InputElement = InputBlock['element'];

interface Field {
  readonly field: OrderField;
  readonly turns: FieldGenerations;
  readonly element: InputElement;
  /** Slack reports the change, and we update the fields that depend on it. */
  readonly tellsChange?: boolean;
  readonly optional?: boolean;
  readonly hint?: string | null;
}

export function inputBlock({ field, turns, element, tellsChange = false, optional = false, hint }: Field): InputBlock {
  return {
    type: 'input',
    block_id: blockIdOf(field, turns),
    label: plain(fieldLabels[field], limits.inputLabel),
    element: { ...element, action_id: orderFields[keyOf[field]] },
    dispatch_action: tellsChange,
    optional,
    ...(hint ? { hint: plain(hint, limits.inputHint) } : {}),
  };
}

const keyOf = {
  delivery_country: 'deliveryCountry',
  category: 'category',
  product: 'product',
  configuration: 'configuration',
  keyboard_layout: 'keyboardLayout',
  quantity: 'quantity',
  assignee: 'assignee',
  ship_to: 'shipTo',
  mode: 'mode',
} as const satisfies Record<OrderField, keyof typeof orderFields>;

/** The description continues a long text, so that two long names can be told apart. */
export function option(text: string, value: string | number): PlainTextOption {
  const whole = plain(text, limits.sectionText).text;
  const shown = plain(text, limits.optionText);
  // One character shorter without the ellipsis: a surrogate pair is never cut in half.
  const rest = whole.length > limits.optionText ? `…${whole.slice(shown.text.length - 1)}` : null;
  return {
    text: shown,
    value: String(value),
    ...(rest === null ? {} : { description: plain(rest, limits.optionDescription) }),
  };
}

/** A select takes 100 options, or 100 groups of 100. */
export function staticSelect(
  options: readonly PlainTextOption[],
  chosen: string | number | null,
  placeholder: string,
): InputElement {
  const initial = options.find(({ value }) => chosen !== null && value === String(chosen));
  return {
    type: 'static_select',
    placeholder: plain(placeholder, limits.placeholder),
    ...(options.length <= limits.options ? { options: [...options] } : { option_groups: inGroups(options) }),
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

function inGroups(options: readonly PlainTextOption[]) {
  const groups = [];
  for (let from = 0; from < options.length; from += limits.options) {
    const some = options.slice(from, from + limits.options);
    const names = some.map(({ text }) => clip(text.text, 34));
    const label = `${names[0]} – ${names.at(-1)}`;
    groups.push({ label: plain(label, limits.optionText), options: some });
  }
  return groups;
}

/** Directly above its field; the text begins with the field's label. mrkdwn. */
export function problemBlock(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}

export function smallPrint(text: string): ContextBlock {
  return { type: 'context', elements: [plain(text, limits.sectionText)] };
}
