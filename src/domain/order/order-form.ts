import { z } from 'zod';
import type { FleetFailure } from '../failures/fleet-failure.ts';
import { AcquisitionMode, Category, KeyboardLayout } from '../failures/fleet-words.ts';
import { CountryCode, FleetAddressId, FleetProductGroupId, FleetProductId, FleetUserId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';
import type { Money, RowKey, Shipping } from './order-line.ts';

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
  /** What was typed: 1 to `mostQuantity` once checked. */
  quantity: z.number(),
  assignee: Assignee,
  /** Null: Fleet's default. */
  shippingAddressId: FleetAddressId.nullable(),
  mode: AcquisitionMode,
});
export type OrderChoice = DeepReadonly<z.infer<typeof OrderChoice>>;

export const MAX_QUANTITY = 20;

/** The fields of **Order equipment** that a refusal can be about; the order is the order on screen. */
export const OrderField = z.enum([
  'delivery_country',
  'category',
  'product',
  'configuration',
  'keyboard_layout',
  'quantity',
  'assignee',
  'ship_to',
  'mode',
]);
export type OrderField = z.infer<typeof OrderField>;

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
  readonly mostQuantity: number;
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

export interface OfferedAddress {
  readonly addressId: FleetAddressId;
  /** Never a street: "Office Berlin", "Anna's own address". Null: chosen before, and Fleet can't say now what it is. */
  readonly label: string | null;
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
