import type { InputBlock, PlainTextOption } from '@slack/types';
import { fieldLabels } from '../../domain/failures/kinds.ts';
import {
  type CountryCode,
  FleetAddressId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
  parseFleetId,
} from '../../domain/ids.ts';
import {
  type Assignee,
  type FieldGenerations,
  OrderMemory,
  type StatedChoice,
} from '../../domain/order-form/choice.ts';
import { isAcquisitionMode, isCategory, isKeyboardLayout, OrderField } from '../../domain/vocabulary.ts';
import type { CartChange } from '../../domain/work.ts';
import { type FilledForm, optionValues, readMemory, short, shortCarry } from '../blocks.ts';
import { orderFields } from '../ids.ts';
import { limits } from '../limits.ts';
import { clip, plain } from '../text.ts';

const FIRST_TURN = '0';

/** `product.3`: under a new id Slack forgets the field's old value. */
function blockIdOf(field: OrderField, turns: FieldGenerations): string {
  return `${field}.${turns[field] ?? FIRST_TURN}`;
}

function fieldOfBlock(blockId: string): OrderField | null {
  const [name] = blockId.split('.');
  return OrderField.options.find((field) => field === name) ?? null;
}

/** What `private_metadata` holds before it is signed. With every text at its longest it stays below Slack's 3,000. */
export function orderMemoryText(memory: OrderMemory): string {
  const { choice, carry } = memory;
  return JSON.stringify({
    ...memory,
    choice: {
      ...choice,
      assignee:
        choice.assignee.kind === 'person'
          ? { ...choice.assignee, name: short(choice.assignee.name, 75) }
          : choice.assignee,
    },
    carry: shortCarry(carry),
  });
}

export const readOrderMemory = (text: string | null): OrderMemory | null => readMemory(OrderMemory, text);

/** The part of Slack's view payload that holds what was filled in, and in which blocks. */
export interface FilledView extends FilledForm {
  readonly blocks: readonly { readonly block_id?: string }[];
}

export interface OrderReading {
  readonly stated: StatedChoice;
  /** The block of each field on screen: where a mistake is put. */
  readonly blockIds: ReadonlyMap<OrderField, string>;
  /** Fields whose value is no choice ("No match …", or one that we never offered): refused, and Slack has to forget it. */
  readonly odd: ReadonlySet<OrderField>;
}

/** Reads the order form from `block_actions` and `view_submission` alike. */
export function readOrderEquipment(view: FilledView): OrderReading {
  const blockIds = new Map<OrderField, string>();
  for (const { block_id: blockId = '' } of view.blocks) {
    const field = fieldOfBlock(blockId);
    if (field !== null) blockIds.set(field, blockId);
  }
  const odd = new Set<OrderField>();
  const read = <T>(field: OrderField, parse: Parse<T>): T | null | undefined => {
    const blockId = blockIds.get(field);
    if (blockId === undefined) return undefined;
    const element = view.state.values[blockId]?.[field];
    const filled = element?.selected_option?.value ?? element?.value ?? null;
    if (filled === null) return null;
    const value = parse(filled);
    if (value === null) odd.add(field);
    return value;
  };
  return { stated: statedBy(read), blockIds, odd };
}

type Parse<T> = (value: string) => T | null;

function statedBy(read: <T>(field: OrderField, parse: Parse<T>) => T | null | undefined): StatedChoice {
  return onScreen({
    deliveryCountry: read('delivery_country', countryIn),
    category: read('category', categoryIn),
    productGroupId: read('product', (value) => parseFleetId(FleetProductGroupId, value)),
    productId: read('configuration', (value) => parseFleetId(FleetProductId, value)),
    keyboardLayout: read('keyboard_layout', (value) => (isKeyboardLayout(value) ? value : null)),
    quantity: read('quantity', quantityIn),
    assignee: read('assignee', assigneeIn),
    shippingAddressId: read('ship_to', (value) =>
      value === optionValues.fleetsDefault ? 'fleets_default' : parseFleetId(FleetAddressId, value),
    ),
    mode: read('mode', (value) => (isAcquisitionMode(value) ? value : null)),
  });
}

type Undefined<T> = { readonly [Key in keyof T]: T[Key] | undefined };

function onScreen(fields: Undefined<Required<StatedChoice>>): StatedChoice {
  // Without the keys that hold undefined this is what StatedChoice calls "left out".
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as StatedChoice;
}

function countryIn(value: string): CountryCode | null {
  // Two capital letters are what a CountryCode is; whether it is offered is the service's question.
  return /^[A-Z]{2}$/.test(value) ? (value as CountryCode) : null;
}

function categoryIn(value: string): NonNullable<StatedChoice['category']> | null {
  if (value === optionValues.everyCategory) return 'every';
  return isCategory(value) ? value : null;
}

/** Anything but a whole number is 0, which is out of range on submit. */
function quantityIn(value: string): number | null {
  return /^\d{1,6}$/.test(value) ? Number(value) : 0;
}

/** Without the label, which is what Slack sends back and anyone could write: the directory has the name. */
function assigneeIn(value: string): Assignee | null {
  if (value === optionValues.me) return { kind: 'me' };
  if (value === optionValues.nobodyYet) return { kind: 'nobody_yet' };
  const fleetUserId = parseFleetId(FleetUserId, value);
  return fleetUserId === null ? null : { kind: 'person', fleetUserId, name: '' };
}

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
