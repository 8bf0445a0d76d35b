import { z } from 'zod';
import { AcquisitionMode } from '../failures/fleet-words.ts';
import { ChangeId, CurrencyCode, FleetOrderId, FleetProductId, FleetUserId, RequestId, SlackUserId } from '../ids.ts';
import { Money, OrderLine } from '../order/order-line.ts';
import { type DeepReadonly, looseObject } from '../schema.ts';

/** What Fleet last said it holds. Device ids are left out: they change with every patch. */
export const FleetSnapshot = z.object({
  /** One entry for each device, null where Fleet ties it to no product. */
  productIds: z.array(FleetProductId.nullable()),
  names: z.array(z.string().nullable()),
  rent: z.string().nullable(),
  currency: CurrencyCode.nullable(),
});
export type FleetSnapshot = DeepReadonly<z.infer<typeof FleetSnapshot>>;

/** The cart in progress of one Slack person: the lines as sent, beside Fleet's id for them. */
export const DraftCart = looseObject({
  purchaserId: FleetUserId,
  /** Null until the first line was added. */
  fleetOrderId: FleetOrderId.nullable(),
  mode: AcquisitionMode,
  lines: z.array(OrderLine),
  fleetHolds: FleetSnapshot.nullable(),
  /**
   * `ours`: `lines` is what Fleet holds. `emptied`: the person removed the last line (or the request ended) and Fleet
   * keeps `fleetHolds` as an unordered draft. `found`: the cart was found in Fleet and its lines are not known here.
   */
  standing: z.enum(['ours', 'emptied', 'found']),
  /** Set before `POST /carts` goes out and cleared by its answer: when set on reading, look before creating. */
  creatingSince: z.number().nullable(),
  /** The request that locks this cart while it is pending, validating or unconfirmed. */
  lockedBy: RequestId.nullable(),
  /** The last changes that were carried out, newest last: a job that runs twice finds itself here. */
  appliedChanges: z.array(ChangeId),
  revision: z.number().int(),
});
export type DraftCart = DeepReadonly<z.infer<typeof DraftCart>>;

/**
 * What a person chose last, kept beyond one cart. Stored as a hash with one field each, so that two changes at once keep
 * both; a null is a field that is not there.
 */
export const Preferences = z.object({
  lastCountry: z.string().nullable().default(null),
  lastApprover: SlackUserId.nullable().default(null),
});
export type Preferences = DeepReadonly<z.infer<typeof Preferences>>;

/** The total to show and to sign: Fleet's own where it states one, our sums by currency beside it. */
export const CartTotal = z.object({
  fleet: Money.nullable(),
  /** Never added across currencies. */
  ours: z.array(Money),
  /** Lines without a price: our sum is then a lower bound and says so. */
  unpriced: z.number(),
});
export type CartTotal = DeepReadonly<z.infer<typeof CartTotal>>;
