import { z } from 'zod';
import type { OfferedAddress } from '../catalog/addresses.ts';
import type { FleetFailure } from '../failures/failure.ts';
import { CountryCode, FleetAddressId, FleetProductGroupId, FleetProductId, FleetUserId } from '../ids.ts';
import type { Money, RowKey, Shipping } from '../line.ts';
import type { DeepReadonly } from '../schema.ts';
import { AcquisitionMode, Category, KeyboardLayout, OrderField } from '../vocabulary.ts';

export const Assignee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('me') }),
  z.object({ kind: z.literal('nobody_yet') }),
  z.object({ kind: z.literal('person'), fleetUserId: FleetUserId, name: z.string() }),
]);
export type Assignee = DeepReadonly<z.infer<typeof Assignee>>;

/** What is chosen in **Order equipment** right now. A value that another one made stale is null, never kept. */
export const OrderChoice = z.object({
  deliveryCountry: CountryCode,
  category: Category.nullable(),
  productGroupId: FleetProductGroupId.nullable(),
  productId: FleetProductId.nullable(),
  keyboardLayout: KeyboardLayout.nullable(),
  /** What was typed: 1 to `maxQuantity` once checked. */
  quantity: z.number(),
  assignee: Assignee,
  /** Null: the company's default address. */
  shippingAddressId: FleetAddressId.nullable(),
  mode: AcquisitionMode,
});
export type OrderChoice = DeepReadonly<z.infer<typeof OrderChoice>>;

export const MAX_QUANTITY = 20;

/** Everything that the modal shows: made by the services, drawn by the views. */
export interface OrderForm {
  readonly choice: OrderChoice;
  readonly countries: readonly CountryCode[];
  /** Those that have products in the country. */
  readonly categories: readonly Category[];
  /** `/fleet order [words]`: what the Product list is narrowed to until somebody types. Empty: nothing. */
  readonly words: string;
  /** How many the Product list offers before anybody types. Null: not known (Fleet did not say). */
  readonly productsOffered: number | null;
  readonly productGroupName: string | null;
  /** Null: not known yet, or no product group is chosen. */
  readonly configurations: readonly Configuration[] | null;
  /** Null: the chosen product has no keyboard. Where Fleet does not name the allowed ones: all of them. */
  readonly layouts: readonly KeyboardLayout[] | null;
  /** Null: the field is hidden (Fleet offers none, or they are not loaded). */
  readonly addresses: readonly OfferedAddress[] | null;
  /** Addresses that a select has no room for. */
  readonly addressesLeftOut: number;
  /** 20, or what the edited row holds already. */
  readonly maxQuantity: number;
  readonly price: PriceShown;
  /** The row being edited: submit is **Save**. */
  readonly editing: RowKey | null;
  /** Devices already in the cart: changing the mode re-prices them too, and the form says so. */
  readonly linesInCart: number;
  readonly modeInCart: AcquisitionMode | null;
}

interface Configuration {
  readonly productId: FleetProductId;
  readonly label: string;
  readonly imageUrl: string | null;
}

type PriceShown =
  | { readonly kind: 'nothing_chosen' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'known'; readonly price: Money | null; readonly shipping: Shipping }
  | { readonly kind: 'unknown'; readonly why: WhyNoPrice };

export type WhyNoPrice =
  | { readonly kind: 'layout_missing' }
  /** The settings name none for the country. */
  | { readonly kind: 'no_currency' }
  | { readonly kind: 'fleet'; readonly failure: FleetFailure };

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

interface ResolvedChoice {
  /** What the person sees on screen right now. */
  readonly onScreen: OrderChoice;
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
export function resolveChoice(previous: OrderChoice, stated: StatedChoice): ResolvedChoice {
  const seen = readOnScreen(previous, stated);
  const changed = new Set(OrderField.options.filter((field) => textOf[field](previous) !== textOf[field](seen)));
  return { onScreen: seen, choice: withoutStale(seen, changed), changed };
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

function readOnScreen(previous: OrderChoice, stated: StatedChoice): OrderChoice {
  const { category, shippingAddressId: shipTo } = stated;
  return {
    // On screen always; a value that we did not offer is no change.
    deliveryCountry: stated.deliveryCountry ?? previous.deliveryCountry,
    quantity: stated.quantity ?? previous.quantity,
    assignee: stated.assignee ?? previous.assignee,
    mode: stated.mode ?? previous.mode,
    category: category === 'every' ? null : (category ?? previous.category),
    productGroupId: statedOr(stated.productGroupId, previous.productGroupId),
    // A field that is not on screen has no value, whatever an older view held.
    productId: statedOr(stated.productId, previous.productId),
    keyboardLayout: statedOr(stated.keyboardLayout, previous.keyboardLayout),
    shippingAddressId: shipTo === 'fleets_default' ? null : statedOr(shipTo, previous.shippingAddressId),
  };
}

function statedOr<T>(stated: T | null | undefined, previous: T | null): T | null {
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
