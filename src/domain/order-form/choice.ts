import { z } from 'zod';
import { CountryCode, FleetAddressId, FleetProductGroupId, FleetProductId, FleetUserId, SlackUserId } from '../ids.ts';
import { RowKey } from '../line.ts';
import {
  AcquisitionMode,
  Category,
  categories,
  type DeepReadonly,
  KeyboardLayout,
  keyboardLayouts,
  OrderField,
} from '../vocabulary.ts';

export const Assignee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('me') }),
  z.object({ kind: z.literal('nobody_yet') }),
  z.object({ kind: z.literal('person'), fleetUserId: FleetUserId, name: z.string() }),
]);
export type Assignee = DeepReadonly<z.infer<typeof Assignee>>;

/** The current choice in **Order equipment**. A value that another change made stale is null. */
export const OrderChoice = z.object({
  deliveryCountry: CountryCode,
  category: Category.nullable(),
  productGroupId: FleetProductGroupId.nullable(),
  productId: FleetProductId.nullable(),
  keyboardLayout: KeyboardLayout.nullable(),
  /** As typed; once checked, 1 to `maxQuantity`. */
  quantity: z.number(),
  assignee: Assignee,
  /** Null: the company's default address. */
  shippingAddressId: FleetAddressId.nullable(),
  mode: AcquisitionMode,
});
export type OrderChoice = DeepReadonly<z.infer<typeof OrderChoice>>;

export const MAX_QUANTITY = 20;

/**
 * The values of the modal's fields. Absent: the field isn't on screen. Null: on screen without a value that we offered;
 * the last view's value still holds then, because Slack may omit an untouched field's initial value.
 * `every`: all categories. `fleets_default`: no address of ours.
 */
export type StatedChoice = Stated<
  Omit<OrderChoice, 'category' | 'shippingAddressId'> & {
    readonly category: Category | 'every';
    readonly shippingAddressId: FleetAddressId | 'fleets_default';
  }
>;
type Stated<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | null };

interface ResolvedChoice {
  /** What the person sees. */
  readonly onScreen: OrderChoice;
  /** The same, without values that another change made stale. */
  readonly choice: OrderChoice;
  readonly changed: ReadonlySet<OrderField>;
}

export function emptyChoice(deliveryCountry: CountryCode, mode: AcquisitionMode): OrderChoice {
  return {
    deliveryCountry,
    category: null,
    productGroupId: null,
    productId: null,
    keyboardLayout: null,
    quantity: 1,
    assignee: { kind: 'me' },
    shippingAddressId: null,
    mode,
  };
}

/** `previous`: the choice in the last view's signed metadata. */
export function resolveChoice(previous: OrderChoice, stated: StatedChoice): ResolvedChoice {
  const onScreen = readOnScreen(previous, stated);
  const changed = new Set(OrderField.options.filter((field) => textOf[field](previous) !== textOf[field](onScreen)));
  return { onScreen, choice: withoutStale(onScreen, changed), changed };
}

/** The fields whose values differ: drawing `other` needs new block ids for them, or Slack keeps the old values. */
export function differingFields(one: OrderChoice, other: OrderChoice): readonly OrderField[] {
  return OrderField.options.filter((field) => textOf[field](one) !== textOf[field](other));
}

export type OrderMistake =
  | 'not_a_choice'
  | 'choose_product'
  | 'choose_configuration'
  | 'configurations_loading'
  | 'choose_layout'
  | 'quantity_out_of_range';

interface ShownFields {
  readonly onScreen: ReadonlySet<OrderField>;
  /** Their values are none that we offered, so `choice` has the last view's. */
  readonly odd: ReadonlySet<OrderField>;
}

/** Empty: everything that can be checked without Fleet is right. Only fields on screen can have a mistake. */
export function checkOrderChoice(
  choice: OrderChoice,
  { onScreen, odd }: ShownFields,
  max: number = MAX_QUANTITY,
): ReadonlyMap<OrderField, OrderMistake> {
  const mistakes = new Map<OrderField, OrderMistake>();
  if (choice.productGroupId === null) mistakes.set('product', 'choose_product');
  else if (choice.productId === null && onScreen.has('configuration'))
    mistakes.set('configuration', 'choose_configuration');
  // Submitted before the configurations loaded: Product is the only field that can show the mistake.
  else if (choice.productId === null) mistakes.set('product', 'configurations_loading');
  else if (choice.keyboardLayout === null && onScreen.has('keyboard_layout'))
    mistakes.set('keyboard_layout', 'choose_layout');
  if (!isQuantity(choice.quantity, max)) mistakes.set('quantity', 'quantity_out_of_range');
  for (const field of odd) mistakes.set(field, 'not_a_choice');
  return mistakes;
}

export function isQuantity(quantity: number, max: number = MAX_QUANTITY): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= max;
}

/** Each field's value as text, for comparison. */
const textOf: Readonly<Record<OrderField, (choice: OrderChoice) => string>> = {
  delivery_country: (choice) => choice.deliveryCountry,
  category: (choice) => String(choice.category),
  product: (choice) => String(choice.productGroupId),
  configuration: (choice) => String(choice.productId),
  keyboard_layout: (choice) => String(choice.keyboardLayout),
  quantity: (choice) => String(choice.quantity),
  assignee: ({ assignee }) => (assignee.kind === 'person' ? String(assignee.fleetUserId) : assignee.kind),
  ship_to: (choice) => String(choice.shippingAddressId),
  mode: (choice) => choice.mode,
};

function readOnScreen(previous: OrderChoice, stated: StatedChoice): OrderChoice {
  const { category, shippingAddressId: shipTo } = stated;
  return {
    // These are always on screen. A value that we didn't offer is no change.
    deliveryCountry: stated.deliveryCountry ?? previous.deliveryCountry,
    quantity: stated.quantity ?? previous.quantity,
    assignee: statedAssignee(stated.assignee, previous.assignee),
    mode: stated.mode ?? previous.mode,
    category: category === 'every' ? null : (category ?? previous.category),
    productGroupId: statedOr(stated.productGroupId, previous.productGroupId),
    // A field that isn't on screen has no value, whatever an older view held.
    productId: statedOr(stated.productId, previous.productId),
    keyboardLayout: statedOr(stated.keyboardLayout, previous.keyboardLayout),
    shippingAddressId: shipTo === 'fleets_default' ? null : statedOr(shipTo, previous.shippingAddressId),
  };
}

/** What is on screen has no name: the last view's signed metadata has, if it is the same person. */
function statedAssignee(stated: StatedChoice['assignee'], previous: Assignee): Assignee {
  if (stated == null) return previous;
  const isSame = stated.kind === 'person' && previous.kind === 'person' && stated.fleetUserId === previous.fleetUserId;
  return isSame ? previous : stated;
}

function statedOr<T>(stated: T | null | undefined, previous: T | null): T | null {
  return stated === undefined ? null : (stated ?? previous);
}

function withoutStale(choice: OrderChoice, changed: ReadonlySet<OrderField>): OrderChoice {
  const country = changed.has('delivery_country');
  // Whether the new country has the product and the address is for the offer to say. Submitted before it has said so,
  // the choice lacks a configuration.
  const product = changed.has('category');
  const configuration = country || product || changed.has('product');
  return {
    ...choice,
    productGroupId: product ? null : choice.productGroupId,
    productId: configuration ? null : choice.productId,
    keyboardLayout: configuration ? null : choice.keyboardLayout,
  };
}

/** What the two modals pass on when one replaces the other. */
export const ModalCarry = z.object({
  approver: SlackUserId.nullable(),
  note: z.string(),
  words: z.string(),
  /** The note's field was on screen: if it is empty, the person emptied it. */
  isNoteShown: z.literal(true).exactOptional(),
});
export type ModalCarry = DeepReadonly<z.infer<typeof ModalCarry>>;

/** What submitting **Order equipment** means. */
export const OrderPurpose = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add') }),
  z.object({ kind: z.literal('edit'), row: RowKey }),
  /** A device in Fleet's cart that we know nothing about: the form asks for what Fleet does not return. */
  z.object({ kind: z.literal('complete_found'), productId: FleetProductId }),
]);
export type OrderPurpose = DeepReadonly<z.infer<typeof OrderPurpose>>;

/**
 * A field's generation: it changes when we give the field a value that the person did not choose. It is part of the
 * block's id (`product.3`), because under the same id Slack keeps showing and sending the old value.
 */
const FieldGenerations = z.partialRecord(OrderField, z.string());
export type FieldGenerations = Readonly<z.infer<typeof FieldGenerations>>;

/** What an open **Order equipment** carries in its signed metadata. */
export const OrderMemory = z.object({
  /** As the last view showed it: comparing tells what changed since. Only values that the form can label. */
  choice: OrderChoice.extend({
    category: z.enum(categories).nullable(),
    keyboardLayout: z.enum(keyboardLayouts).nullable(),
  }),
  purpose: OrderPurpose,
  turns: FieldGenerations,
  carry: ModalCarry,
});
export type OrderMemory = DeepReadonly<z.infer<typeof OrderMemory>>;

export const noCarry: ModalCarry = { approver: null, note: '', words: '' };

/** What the person has on screen, as far as Slack remembers it. */
interface OnScreen {
  readonly choice: OrderChoice;
  readonly fields: ReadonlySet<OrderField>;
  /** Fields whose value is not one we offered. */
  readonly invalid: ReadonlySet<OrderField>;
}

/**
 * Fields that will show another value than they do now (or none, if theirs is gone) get the new generation; the others keep theirs, so Slack keeps
 * what was typed. `generation` must be unique for each action: two concurrent actions that shared one would leave the
 * first one's value in the second one's field.
 */
export function nextGenerations(
  previous: FieldGenerations,
  screen: OnScreen,
  choice: OrderChoice,
  generation: string,
  gone: readonly OrderField[] = [],
): FieldGenerations {
  const different = new Set([...differingFields(screen.choice, choice), ...gone]);
  const next: Partial<Record<OrderField, string>> = { ...previous };
  for (const field of OrderField.options) {
    if (different.has(field) || screen.invalid.has(field) || !screen.fields.has(field)) next[field] = generation;
  }
  return next;
}

/** For a form redrawn in a modal that already had fields: none of their values may come back. */
export function generationsOfNewForm(generation: string): FieldGenerations {
  return Object.fromEntries(OrderField.options.map((field) => [field, generation]));
}

/** Null: submit is **Add to cart**; else it is **Save**. */
export function editingOf(purpose: OrderPurpose): RowKey | null {
  switch (purpose.kind) {
    case 'add':
      return null;
    case 'edit':
      return purpose.row;
    case 'complete_found':
      return `found|${purpose.productId}`;
  }
}
