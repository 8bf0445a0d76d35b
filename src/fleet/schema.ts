import { createHash } from 'node:crypto';
import { z } from 'zod';
import { addressFields, addressText } from '../domain/catalog/new-address.ts';
import type { Pricing } from '../domain/catalog/products.ts';
import { FleetAddressId, FleetDeviceId, FleetOrderId, FleetProductId, FleetUserId } from '../domain/ids.ts';
import { amountText, countryCode, currencyCode, email, requiredCurrencyCode, text, trackingLink } from './values.ts';

export interface Rows<T> {
  readonly items: readonly T[];
  /** The positions of the rows that we couldn't read, among all that came. They are not in `items`. */
  readonly unreadableAt: readonly number[];
}

export interface Page<T> extends Rows<T> {
  readonly total: number;
  readonly limit: number;
  readonly offset: number;
  /** Fleet sent the list in one piece. */
  readonly isUnpaged?: true;
}

/** `GetCartResponse.data`. Fleet doesn't return country, layout, assignee, address or mode. */
export const Cart = z
  .object({
    id: FleetOrderId,
    purchaser_id: FleetUserId.nullable(),
    num_devices: z.int().nullable(),
    rent: z.string().nullable(),
    currency: requiredCurrencyCode,
    devices: z.array(
      z.object({
        id: FleetDeviceId,
        name: z.string().nullable(),
        rent: z.string().nullable(),
        product_id: FleetProductId.nullable(),
      }),
    ),
  })
  .transform((cart) => ({
    fleetOrderId: cart.id,
    purchaserId: cart.purchaser_id,
    numDevices: cart.num_devices,
    /** A decimal as text: monthly or once, depending on the mode, which Fleet doesn't return. */
    rent: cart.rent,
    currency: cart.currency,
    devices: cart.devices.map((device) => ({
      fleetDeviceId: device.id,
      name: device.name,
      rent: device.rent,
      productId: device.product_id,
    })),
  }));
export type Cart = z.infer<typeof Cart>;

export const CreatedCart = z
  .object({ order_id: FleetOrderId })
  .transform((created) => ({ fleetOrderId: created.order_id }));
export type CreatedCart = z.infer<typeof CreatedCart>;

/** `ValidateCartResponse.data`. Keeps statuses that are newer than this code. */
export const ValidatedCart = z
  .object({ order_id: FleetOrderId, client_status: z.string() })
  .transform((order) => ({ fleetOrderId: order.order_id, clientStatus: order.client_status }));
export type ValidatedCart = z.infer<typeof ValidatedCart>;

/** `GetOrderResponse.data`; the list's rows may have only part of it. */
export const Order = z
  .object({
    order_id: FleetOrderId,
    client_status: text,
    device_names: z.array(z.string().nullable()).nullish(),
    rent: text,
    rent_currency: currencyCode,
    order_number: text,
    contract_number: text,
    order_date: text,
    num_devices: z.int().nullish(),
    tracking_url: z.unknown().optional(),
  })
  .transform((order) => ({
    ...trackingLink(order),
    fleetOrderId: order.order_id,
    clientStatus: order.client_status ?? 'UNKNOWN',
    deviceNames: (order.device_names ?? []).filter((name) => name !== null),
    rent: order.rent,
    rentCurrency: order.rent_currency,
    orderNumber: order.order_number,
    contractNumber: order.contract_number,
    orderDate: order.order_date,
    numDevices: order.num_devices ?? null,
  }));
export type Order = z.infer<typeof Order>;

/** `GetCatalogProductPricingResponse.data`. */
export const PricingAnswer = z
  .object({
    amount: z.union([z.number(), z.string()]).transform(amountText).pipe(z.string()),
    min_shipping: z.number().nullish(),
    max_shipping: z.number().nullish(),
  })
  .transform(
    ({ amount, min_shipping, max_shipping }): Pricing => ({
      amount,
      minShipping: min_shipping ?? null,
      maxShipping: max_shipping ?? null,
    }),
  );

export const FleetUser = z
  .object({
    id: FleetUserId,
    email,
    secondary_email: email,
    first_name: text,
    last_name: text,
    role: text,
  })
  .transform((user) => ({
    fleetUserId: user.id,
    email: user.email,
    secondaryEmail: user.secondary_email,
    firstName: user.first_name,
    lastName: user.last_name,
    /** A missing role must never grant anything. */
    role: user.role ?? 'UNKNOWN',
  }));
export type FleetUser = z.infer<typeof FleetUser>;

const addressTexts = z.object(Object.fromEntries(addressFields.map((field) => [field, text])));

/** Compares an address with another without keeping what it says. Not for storing: a street can be guessed from it. */
export function contentsOf(fields: Parameters<typeof addressText>[0]): string {
  return createHash('sha256').update(addressText(fields)).digest('base64url');
}

/** `GetAddressResponse.data`. Of the parts that say where someone lives only `contents` remains. */
export const Address = z
  .looseObject({
    id: FleetAddressId,
    label: text,
    country: countryCode,
    city: text,
    is_default: z.boolean().nullish(),
    is_hq: z.boolean().nullish(),
  })
  .transform((address) => ({
    addressId: address.id,
    label: address.label,
    country: address.country,
    city: address.city,
    isDefault: address.is_default ?? false,
    isHeadquarters: address.is_hq ?? false,
    contents: contentsOf(addressTexts.parse(address) as Parameters<typeof contentsOf>[0]),
  }));
export type Address = z.infer<typeof Address>;

/** One row of `ListUserAddressesResponse`: the address is this employee's own. */
export const UserAddress = z
  .object({ user_id: FleetUserId, address_id: FleetAddressId })
  .transform((link) => ({ fleetUserId: link.user_id, addressId: link.address_id }));
export type UserAddress = z.infer<typeof UserAddress>;

export const Device = z
  .object({
    id: FleetDeviceId,
    name: text,
    client_status: text,
    type: text,
    serial_number: text,
    tracking_url: z.unknown().optional(),
  })
  .transform((device) => ({
    ...trackingLink(device),
    fleetDeviceId: device.id,
    name: device.name,
    clientStatus: device.client_status,
    type: device.type,
    serialNumber: device.serial_number,
  }));
export type Device = z.infer<typeof Device>;
