import { z } from 'zod';
import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetDeviceId,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../domain/ids.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
}

/** Branding is the one cast at this border: the number was just checked to be an integer above zero. */
const id = <T extends number>() =>
  z
    .number()
    .int()
    .positive()
    .transform((value) => value as T);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** `GetCartResponse.data`. Fleet does not give back country, layout, assignee, address or mode. */
export const Cart = z
  .object({
    id: id<FleetOrderId>(),
    purchaser_id: id<FleetUserId>().nullable(),
    num_devices: z.number().int().nullable(),
    rent: z.string().nullable(),
    currency: z.string().nullable(),
    devices: z.array(
      z.object({
        id: id<FleetDeviceId>(),
        name: z.string().nullable(),
        rent: z.string().nullable(),
        product_id: id<FleetProductId>().nullable(),
      }),
    ),
  })
  .transform((cart) => ({
    fleetOrderId: cart.id,
    purchaserId: cart.purchaser_id,
    numDevices: cart.num_devices,
    /** A decimal as text; what it counts (month or once) follows from the mode, which Fleet does not return. */
    rent: cart.rent,
    currency: cart.currency as CurrencyCode | null,
    devices: cart.devices.map((device) => ({
      fleetDeviceId: device.id,
      name: device.name,
      rent: device.rent,
      productId: device.product_id,
    })),
  }));
export type Cart = z.infer<typeof Cart>;

export const CreatedCart = z
  .object({ order_id: id<FleetOrderId>() })
  .transform((created) => ({ fleetOrderId: created.order_id }));
export type CreatedCart = z.infer<typeof CreatedCart>;

/** `ValidateCartResponse.data`. A status that is newer than this code is kept as it comes. */
export const ValidatedCart = z
  .object({ order_id: id<FleetOrderId>(), client_status: z.string() })
  .transform((order) => ({ fleetOrderId: order.order_id, clientStatus: order.client_status }));
export type ValidatedCart = z.infer<typeof ValidatedCart>;

/** `GetOrderResponse.data`; the list's items are read leniently as the same or a part of it (inferred). */
export const Order = z
  .object({
    order_id: id<FleetOrderId>(),
    client_status: z.string().nullish(),
    device_names: z.array(z.string()).nullish(),
    rent: text,
    rent_currency: text,
    order_number: text,
    contract_number: text,
    order_date: text,
    num_devices: z.number().int().nullish(),
  })
  .transform((order) => ({
    fleetOrderId: order.order_id,
    clientStatus: order.client_status ?? 'UNKNOWN',
    deviceNames: order.device_names ?? [],
    rent: order.rent,
    rentCurrency: order.rent_currency as CurrencyCode | null,
    orderNumber: order.order_number,
    contractNumber: order.contract_number,
    orderDate: order.order_date,
    numDevices: order.num_devices ?? null,
  }));
export type Order = z.infer<typeof Order>;

/** The group's own field names are not documented: see `readProductGroup`, the one place that guesses them. */
export interface ProductGroup {
  readonly productGroupId: FleetProductGroupId;
  readonly name: string | null;
  readonly brand: string | null;
  readonly category: string | null;
  readonly imageUrl: string | null;
}

export interface CatalogProduct {
  readonly productId: FleetProductId;
  readonly name: string | null;
  readonly hasKeyboard: boolean;
  /** Empty where Fleet names none. `hasKeyboard` with an empty list: which layouts are allowed is unknown. */
  readonly keyboardLayouts: readonly string[];
  readonly imageUrl: string | null;
  readonly productGroupId: FleetProductGroupId | null;
  /** Fleet's `characteristics` that hold a value, by Fleet's own key, as text. */
  readonly characteristics: Readonly<Record<string, string>>;
}

export interface Pricing {
  /** Major units of the currency asked for: monthly for LEASING, purchase price for BUY. A decimal as text. */
  readonly amount: string;
  readonly minShipping: number | null;
  readonly maxShipping: number | null;
}

/** E-mails are lower-cased and trimmed here, so that they compare exactly. */
export interface FleetUser {
  readonly fleetUserId: FleetUserId;
  readonly email: string | null;
  readonly secondaryEmail: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly role: string;
}

export interface Address {
  readonly addressId: FleetAddressId;
  readonly label: string | null;
  readonly country: CountryCode | null;
  readonly city: string | null;
  readonly isDefault: boolean;
  readonly isHeadquarters: boolean;
}

export interface UserAddress {
  readonly fleetUserId: FleetUserId;
  readonly addressId: FleetAddressId;
}

export interface Device {
  readonly fleetDeviceId: FleetDeviceId;
  readonly name: string | null;
  readonly clientStatus: string | null;
}
