declare const brand: unique symbol;
type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** One tenant is one Slack workspace: its team id (`T…`). Redis keys carry it as hash tag. */
export type TenantId = Brand<string, 'TenantId'>;
export type SlackUserId = Brand<string, 'SlackUserId'>;
export type SlackChannelId = Brand<string, 'SlackChannelId'>;
/** A message's `ts`: its id inside a channel. */
export type SlackMessageTs = Brand<string, 'SlackMessageTs'>;
export type SlackViewId = Brand<string, 'SlackViewId'>;

export type FleetUserId = Brand<number, 'FleetUserId'>;
/** Fleet's `order_id`: the same number while it is a cart and once it is an order. */
export type FleetOrderId = Brand<number, 'FleetOrderId'>;
/** `products.id`: what can be ordered. */
export type FleetProductId = Brand<number, 'FleetProductId'>;
/** A family of products, as the catalog lists them. */
export type FleetProductGroupId = Brand<number, 'FleetProductGroupId'>;
export type FleetAddressId = Brand<number, 'FleetAddressId'>;
export type FleetDeviceId = Brand<number, 'FleetDeviceId'>;

/** Ours: a cart that somebody was asked to sign. */
export type RequestId = Brand<string, 'RequestId'>;
/** Ours: one accepted press or submission; the same delivery twice has the same id. */
export type ChangeId = Brand<string, 'ChangeId'>;
/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = Brand<string, 'CountryCode'>;
/** ISO 4217 alpha-3, upper case. */
export type CurrencyCode = Brand<string, 'CurrencyCode'>;

const FLEET_ID = /^[1-9]\d*$/;

/** Fleet's path ids are decimal without sign, space or leading zero; `0x2a` and `42 ` are not ids. */
export function parseFleetId<T extends number>(text: string): T | null {
  if (!FLEET_ID.test(text)) return null;
  const id = Number(text);
  // The one place where a number becomes a branded id: it matched Fleet's pattern and is exact.
  return Number.isSafeInteger(id) ? (id as T) : null;
}
