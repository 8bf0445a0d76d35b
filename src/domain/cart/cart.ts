import Big from 'big.js';
import { z } from 'zod';
import { ChangeId, CurrencyCode, FleetOrderId, FleetProductId, FleetUserId, RequestId, SlackUserId } from '../ids.ts';
import { decimalOf, Money, OrderLine, rowKeyOf } from '../line.ts';
import { editingOf, MAX_QUANTITY, ModalCarry, noCarry } from '../order-form/choice.ts';
import { AcquisitionMode, type DeepReadonly, looseObject } from '../vocabulary.ts';

/** What Fleet last said it holds. Device ids are left out: they change with every patch. */
export const FleetSnapshot = z.object({
  /** One entry for each device. Null: Fleet links it to no product. */
  productIds: z.array(FleetProductId.nullable()),
  names: z.array(z.string().nullable()),
  rent: z.string().nullable(),
  currency: CurrencyCode.nullable(),
});
export type FleetSnapshot = DeepReadonly<z.infer<typeof FleetSnapshot>>;

/** One person's cart in progress: the lines as sent, and Fleet's id for them. */
export const DraftCart = looseObject({
  purchaserId: FleetUserId,
  /** Null until the first line is added. */
  fleetOrderId: FleetOrderId.nullable(),
  mode: AcquisitionMode,
  lines: z.array(OrderLine),
  fleetHolds: FleetSnapshot.nullable(),
  /**
   * `ours`: Fleet holds `lines`. `emptied`: the person removed the last line (or the request ended), and Fleet keeps
   * `fleetHolds` as an unordered draft. `found`: the cart was found in Fleet, and we don't know its lines.
   */
  standing: z.enum(['ours', 'emptied', 'found']),
  /** All that Fleet's cart held when the person last saw it while it is `found`. Left out: an older release found it. */
  foundAs: FleetSnapshot.exactOptional(),
  /** Created with `lines`, and not read since: `fleetHolds` is null until then. */
  isUnread: z.literal(true).exactOptional(),
  /** When we last created or patched it: for a minute, a read may not show that yet. Left out: longer ago. */
  writtenAt: z.number().exactOptional(),
  /** Set before `POST /carts` goes out and cleared by its answer. If it is set, look in Fleet before creating. */
  creatingSince: z.number().nullable(),
  /** The request that locks this cart while it is pending, validating or unconfirmed. */
  lockedBy: RequestId.nullable(),
  /** The last changes carried out, newest last: how a job that runs twice knows. */
  appliedChanges: z.array(ChangeId),
  revision: z.number().int(),
});
export type DraftCart = DeepReadonly<z.infer<typeof DraftCart>>;

const READS_LAG_MS = 60_000;

/** A read may still show what was there before our own last write. */
export function readsMayLag({ writtenAt }: Pick<DraftCart, 'writtenAt'>, now: number): boolean {
  return writtenAt !== undefined && now - writtenAt < READS_LAG_MS;
}

/**
 * What a person chose last, across carts. Stored as a hash, so that concurrent changes to different fields both stay;
 * null is an absent field.
 */
export const Preferences = z.object({
  lastCountry: z.string().nullable().default(null),
  lastApprover: SlackUserId.nullable().default(null),
});
export type Preferences = DeepReadonly<z.infer<typeof Preferences>>;

/** The total to show and to sign: Fleet's own if it states one, and our sums by currency. */
export const CartTotal = z.object({
  fleet: Money.nullable(),
  /** Never added across currencies. */
  ours: z.array(Money),
  /** Lines without a price, which make our sum a lower bound. */
  unpriced: z.number(),
});
export type CartTotal = DeepReadonly<z.infer<typeof CartTotal>>;

export function statedTotal({ rent, currency }: FleetSnapshot): Money | null {
  return rent === null || currency === null ? null : { amount: rent, currency };
}

/** A total of Fleet's that isn't a decimal counts as none, and so does a zero for devices that have a price. */
export function cartTotal(lines: readonly OrderLine[], fleetHolds: FleetSnapshot | null): CartTotal {
  const stated = fleetHolds === null ? null : statedTotal(fleetHolds);
  const sums = new Map<CurrencyCode, Big>();
  let unpriced = 0;
  for (const { price } of lines) {
    const amount = decimalOf(price?.amount ?? null);
    if (price === null || amount === null) unpriced += 1;
    else sums.set(price.currency, (sums.get(price.currency) ?? new Big(0)).plus(amount));
  }
  const amount = decimalOf(stated?.amount ?? null);
  const isNone = amount === null || (amount.eq(0) && [...sums.values()].some((sum) => sum.gt(0)));
  return {
    fleet: isNone ? null : stated,
    ours: [...sums].map(([currency, sum]): Money => ({ amount: sum.toFixed(), currency })),
    unpriced,
  };
}

/**
 * Whether Fleet's total and our sum contradict each other. Fleet rounds to cents, so we round ours first; if lines have
 * no price, ours is only a lower bound.
 */
export function totalsDiffer(total: CartTotal): boolean {
  const fleet = decimalOf(total.fleet?.amount ?? null);
  if (total.fleet === null || fleet === null) return false;
  if (total.ours.length > 1) return true;
  const [sum] = total.ours;
  const ours = decimalOf(sum?.amount ?? null);
  if (sum === undefined || ours === null) return false;
  if (sum.currency !== total.fleet.currency) return true;
  const [stated, added] = [fleet.round(2, Big.roundHalfUp), ours.round(2, Big.roundHalfUp)];
  return total.unpriced === 0 ? !added.eq(stated) : added.gt(stated);
}

/** Whether Fleet's total shows that every line still has the price that we show; otherwise prices must be asked again. */
export function provesPrices(total: CartTotal): boolean {
  return total.fleet !== null && isSumComplete(total) && !totalsDiffer(total);
}

/** Whether our sum says what the cart costs: every line has a price, and all are in one currency. */
export function isSumComplete({ ours, unpriced }: CartTotal): boolean {
  return ours.length === 1 && unpriced === 0;
}

/** 20 at a time. A row that grew beyond that keeps all of its devices when it is edited. */
export function maxQuantity(draft: DraftCart | null, editing: string | null): number {
  const now = draft === null || editing === null ? 0 : devicesIn(draft, editing);
  return Math.max(now, MAX_QUANTITY);
}

function devicesIn({ lines, standing, fleetHolds }: DraftCart, editing: string): number {
  const found = standing === 'found' ? (fleetHolds?.productIds ?? []) : [];
  const isFound = (productId: (typeof found)[number]) =>
    productId !== null && editing === editingOf({ kind: 'complete_found', productId });
  return lines.filter((line) => rowKeyOf(line) === editing).length + found.filter(isFound).length;
}

/** What an open **Your cart** carries in its signed metadata. */
export const CartMemory = z.object({
  /** The last known approver and note; the fields' current values take precedence. */
  carry: ModalCarry,
  /** Only the previous release reads it. */
  approverName: z.string().nullable(),
  /** Digest of what was shown: only exactly this can be sent. */
  seen: z.string(),
  page: z.int().min(0),
  /** Of the locked cart. */
  requestId: RequestId.nullable(),
  /** `CART_ALREADY_EXISTS`: the cart that was found, and the metadata text of the form that was being submitted. */
  existing: z.object({ fleetOrderId: FleetOrderId, order: z.string() }).nullable(),
});
export type CartMemory = DeepReadonly<z.infer<typeof CartMemory>>;

export const emptyCartMemory: CartMemory = {
  carry: noCarry,
  approverName: null,
  seen: '',
  page: 0,
  requestId: null,
  existing: null,
};
