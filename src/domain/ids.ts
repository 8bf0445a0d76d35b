import { z } from 'zod';

/** A Slack workspace: its team id (`T…`), the hash tag of its Redis keys. Stored and queued fields call it `tenant`. */
export const WorkspaceId = z.string().brand<'WorkspaceId'>();
export type WorkspaceId = z.infer<typeof WorkspaceId>;
export const SlackUserId = z.string().brand<'SlackUserId'>();
export type SlackUserId = z.infer<typeof SlackUserId>;
export const SlackChannelId = z.string().brand<'SlackChannelId'>();
export type SlackChannelId = z.infer<typeof SlackChannelId>;
/** A message's `ts`: its id inside a channel. */
export const SlackMessageTs = z.string().brand<'SlackMessageTs'>();
export type SlackMessageTs = z.infer<typeof SlackMessageTs>;
export const SlackViewId = z.string().brand<'SlackViewId'>();
export type SlackViewId = z.infer<typeof SlackViewId>;

const fleetId = z.int().positive();

export const FleetUserId = fleetId.brand<'FleetUserId'>();
export type FleetUserId = z.infer<typeof FleetUserId>;
/** Fleet's `order_id`: the same number while it is a cart and once it is an order. */
export const FleetOrderId = fleetId.brand<'FleetOrderId'>();
export type FleetOrderId = z.infer<typeof FleetOrderId>;
/** `products.id`: what can be ordered. */
export const FleetProductId = fleetId.brand<'FleetProductId'>();
export type FleetProductId = z.infer<typeof FleetProductId>;
/** A family of products, as the catalog lists them. */
export const FleetProductGroupId = fleetId.brand<'FleetProductGroupId'>();
export type FleetProductGroupId = z.infer<typeof FleetProductGroupId>;
export const FleetAddressId = fleetId.brand<'FleetAddressId'>();
export type FleetAddressId = z.infer<typeof FleetAddressId>;
export const FleetDeviceId = fleetId.brand<'FleetDeviceId'>();
export type FleetDeviceId = z.infer<typeof FleetDeviceId>;

/** Ours: a cart that was sent for approval. */
export const RequestId = z.string().brand<'RequestId'>();
export type RequestId = z.infer<typeof RequestId>;
/** Ours: one accepted press or submission; a repeated delivery has the same id. */
export const ChangeId = z.string().brand<'ChangeId'>();
export type ChangeId = z.infer<typeof ChangeId>;
/** ISO 3166-1 alpha-2, upper case. */
export const CountryCode = z.string().brand<'CountryCode'>();
export type CountryCode = z.infer<typeof CountryCode>;
/** ISO 4217 alpha-3, upper case. */
export const CurrencyCode = z.string().brand<'CurrencyCode'>();
export type CurrencyCode = z.infer<typeof CurrencyCode>;

const FLEET_ID = /^[1-9]\d*$/;

/** Fleet's ids are decimal, without sign, space or leading zero; `0x2a` and `42 ` are not ids. */
export function parseFleetId<Id extends z.ZodType<number>>(id: Id, text: string): z.output<Id> | null {
  return FLEET_ID.test(text) ? (id.safeParse(Number(text)).data ?? null) : null;
}
