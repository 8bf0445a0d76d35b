import type { AcquisitionMode, Category } from '../failures/fleet-words.ts';
import type { CountryCode, FleetAddressId } from '../ids.ts';
import { MAX_QUANTITY, type OrderChoice, OrderField } from './order-form.ts';

/**
 * What stands in the fields of the modal. Left out: the field is not on screen. Null: on screen without a value that we
 * offered, where what the last view showed still holds (Slack may leave an untouched field's initial value out).
 * `every`: all categories. `fleets_default`: no address of ours.
 */
export type StatedChoice = Stated<
  Omit<OrderChoice, 'category' | 'shippingAddressId'> & {
    readonly category: Category | 'every';
    readonly shippingAddressId: FleetAddressId | 'fleets_default';
  }
>;
type Stated<Fields> = { readonly [Field in keyof Fields]?: Fields[Field] | null };

export interface SettledChoice {
  /** What the person sees on screen right now. */
  readonly seen: OrderChoice;
  /** The same without what another change made stale. */
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

/** `previous`: what the last view showed, from its signed metadata. */
export function settleChoice(previous: OrderChoice, stated: StatedChoice): SettledChoice {
  const seen = seenOnScreen(previous, stated);
  const changed = new Set(OrderField.options.filter((field) => textOf[field](previous) !== textOf[field](seen)));
  return { seen, choice: withoutStale(seen, changed), changed };
}

/** The fields whose values differ: what Slack must be made to forget, by an id of its own, when we draw the second. */
export function differingFields(one: OrderChoice, other: OrderChoice): readonly OrderField[] {
  return OrderField.options.filter((field) => textOf[field](one) !== textOf[field](other));
}

export type OrderMistake = 'choose_product' | 'choose_configuration' | 'choose_layout' | 'quantity_out_of_range';

/** Empty: everything that can be checked without Fleet is right. Only fields on screen can carry a mistake. */
export function checkOrderChoice(
  choice: OrderChoice,
  onScreen: ReadonlySet<OrderField>,
  most: number = MAX_QUANTITY,
): ReadonlyMap<OrderField, OrderMistake> {
  const mistakes = new Map<OrderField, OrderMistake>();
  if (choice.productGroupId === null) mistakes.set('product', 'choose_product');
  else if (choice.productId === null && onScreen.has('configuration'))
    mistakes.set('configuration', 'choose_configuration');
  // Submitted before the configurations were there: there is nothing else on screen to put it at.
  else if (choice.productId === null) mistakes.set('product', 'choose_configuration');
  else if (choice.keyboardLayout === null && onScreen.has('keyboard_layout'))
    mistakes.set('keyboard_layout', 'choose_layout');
  if (!isQuantity(choice.quantity, most)) mistakes.set('quantity', 'quantity_out_of_range');
  return mistakes;
}

export function isQuantity(quantity: number, most: number = MAX_QUANTITY): boolean {
  return Number.isInteger(quantity) && quantity >= 1 && quantity <= most;
}

/** Each field's value as text, for comparing. */
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

function seenOnScreen(previous: OrderChoice, stated: StatedChoice): OrderChoice {
  const { category, shippingAddressId: shipTo } = stated;
  return {
    // On screen always; a value that we did not offer is no change.
    deliveryCountry: stated.deliveryCountry ?? previous.deliveryCountry,
    quantity: stated.quantity ?? previous.quantity,
    assignee: stated.assignee ?? previous.assignee,
    mode: stated.mode ?? previous.mode,
    category: category === 'every' ? null : (category ?? previous.category),
    productGroupId: shown(stated.productGroupId, previous.productGroupId),
    // A field that is not on screen has no value, whatever an older view held.
    productId: shown(stated.productId, previous.productId),
    keyboardLayout: shown(stated.keyboardLayout, previous.keyboardLayout),
    shippingAddressId: shipTo === 'fleets_default' ? null : shown(shipTo, previous.shippingAddressId),
  };
}

function shown<T>(stated: T | null | undefined, previous: T | null): T | null {
  return stated === undefined ? null : (stated ?? previous);
}

function withoutStale(seen: OrderChoice, changed: ReadonlySet<OrderField>): OrderChoice {
  const country = changed.has('delivery_country');
  const product = country || changed.has('category');
  const configuration = product || changed.has('product');
  return {
    ...seen,
    productGroupId: product ? null : seen.productGroupId,
    productId: configuration ? null : seen.productId,
    keyboardLayout: configuration ? null : seen.keyboardLayout,
    shippingAddressId: country ? null : seen.shippingAddressId,
  };
}
