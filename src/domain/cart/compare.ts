import { z } from 'zod';
import { type CurrencyCode, FleetProductId } from '../ids.ts';
import { decimalOf, isSameAmount, Money, type OrderLine, rowKeyOf } from '../line.ts';
import { AcquisitionMode, type DeepReadonly, looseObject } from '../vocabulary.ts';
import { type CartTotal, type DraftCart, type FleetSnapshot, statedTotal } from './cart.ts';

export const CountedProduct = z.object({
  productId: FleetProductId.nullable(),
  name: z.string().nullable(),
  count: z.number(),
});
export type CountedProduct = DeepReadonly<z.infer<typeof CountedProduct>>;

/** How Fleet's cart differs from our record of it. Names are for display and come from Fleet. */
export const CartDifference = z.object({
  missing: z.array(CountedProduct),
  extra: z.array(CountedProduct),
  total: z.object({ from: Money.nullable(), to: Money.nullable() }).nullable(),
});
export type CartDifference = DeepReadonly<z.infer<typeof CartDifference>>;

/** The part of Fleet's cart answer that says what it holds. */
interface CartInFleet {
  readonly rent: string | null;
  readonly currency: CurrencyCode | null;
  readonly devices: readonly { readonly name: string | null; readonly productId: FleetProductId | null }[];
}

export function snapshotOf(cart: CartInFleet): FleetSnapshot {
  return {
    productIds: cart.devices.map((device) => device.productId),
    names: cart.devices.map((device) => device.name),
    rent: cart.rent,
    currency: cart.currency,
  };
}

/** What Fleet must hold for these lines; the total is the last one that Fleet stated. */
export function expectedSnapshot(lines: readonly OrderLine[], stated: FleetSnapshot | null): FleetSnapshot {
  return {
    productIds: lines.map((line) => line.productId),
    names: lines.map((line) => line.productName),
    rent: stated?.rent ?? null,
    currency: stated?.currency ?? null,
  };
}

/** A cart that nobody has read since it was created should hold what it was created with. Null: it has been read. */
export function createdAs({ isUnread, lines }: DraftCart): FleetSnapshot | null {
  return isUnread === true ? expectedSnapshot(lines, null) : null;
}

/** Null: the same devices by product id, in any order, and the same total in the same currency. */
export function compareCart(expected: FleetSnapshot, actual: FleetSnapshot): CartDifference | null {
  const devices = compareDevices(expected, actual);
  const total = hasSameTotal(expected, actual) ? null : { from: statedTotal(expected), to: statedTotal(actual) };
  if (devices === null && total === null) return null;
  return { missing: devices?.missing ?? [], extra: devices?.extra ?? [], total };
}

/** `compareCart` for the devices alone: prices can change without anyone touching the cart. */
export function compareDevices(expected: FleetSnapshot, actual: FleetSnapshot): CartDifference | null {
  const missing = surplus(expected, actual);
  const extra = surplus(actual, expected);
  return missing.length === 0 && extra.length === 0 ? null : { missing, extra, total: null };
}

/** What changed in a cart between two requests. `mode`: the earlier one, if another was chosen. */
export const LinesChange = looseObject({
  removed: z.array(CountedProduct),
  added: z.array(CountedProduct),
  /** A country, keyboard, recipient or address changed, too. */
  hasOtherChanges: z.boolean(),
  mode: AcquisitionMode.nullable(),
  total: z.object({ from: Money.nullable(), to: Money.nullable() }).nullable(),
});
export type LinesChange = DeepReadonly<z.infer<typeof LinesChange>>;

interface SentLines {
  readonly lines: readonly OrderLine[];
  readonly mode: AcquisitionMode;
  readonly total: CartTotal;
}

export function compareLines(before: SentLines, after: SentLines): LinesChange {
  const [was, is] = [before, after].map(({ lines }) => expectedSnapshot(lines, null)) as [FleetSnapshot, FleetSnapshot];
  const removed = surplus(was, is);
  const keys = new Map<string, number>();
  for (const line of after.lines) keys.set(rowKeyOf(line), (keys.get(rowKeyOf(line)) ?? 0) + 1);
  let changed = 0;
  for (const line of before.lines) {
    const left = keys.get(rowKeyOf(line)) ?? 0;
    keys.set(rowKeyOf(line), left - 1);
    if (left <= 0) changed += 1;
  }
  const [from, to] = [shownTotal(before.total), shownTotal(after.total)];
  const isSameTotal = from?.currency === to?.currency && isSameAmount(from?.amount ?? null, to?.amount ?? null);
  return {
    removed,
    added: surplus(is, was),
    hasOtherChanges: changed > removed.reduce((sum, { count }) => sum + count, 0),
    mode: before.mode === after.mode ? null : before.mode,
    total: isSameTotal ? null : { from, to },
  };
}

/** Null with several currencies, which are never added up. */
function shownTotal({ fleet, ours: [only, ...others] }: CartTotal): Money | null {
  return fleet ?? (others.length > 0 ? null : (only ?? null));
}

/** The devices without those that are missing by now, and with the extra ones. */
export function applyDifference(holds: FleetSnapshot, { missing, extra }: CartDifference): FleetSnapshot {
  const gone = new Map(missing.map(({ productId, name, count }) => [productKey(productId, name), count]));
  const held = holds.productIds.map((productId, index) => ({ productId, name: holds.names[index] ?? null }));
  const kept = held.filter(({ productId, name }) => {
    const key = productKey(productId, name);
    const left = gone.get(key) ?? 0;
    gone.set(key, left - 1);
    return left <= 0;
  });
  const devices = [...kept, ...extra.flatMap(({ count, ...one }) => Array.from({ length: count }, () => one))];
  return { ...holds, productIds: devices.map((one) => one.productId), names: devices.map((one) => one.name) };
}

/** The devices by product, in order of first appearance. */
export function countProducts(snapshot: FleetSnapshot): readonly CountedProduct[] {
  const counted = new Map<string, CountedProduct>();
  for (const [index, productId] of snapshot.productIds.entries()) {
    const name = snapshot.names[index] ?? null;
    const key = productKey(productId, name);
    const before = counted.get(key);
    counted.set(key, { productId, name: before?.name ?? name, count: (before?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

function surplus(of: FleetSnapshot, over: FleetSnapshot): readonly CountedProduct[] {
  const others = new Map(countProducts(over).map(({ productId, name, count }) => [productKey(productId, name), count]));
  return countProducts(of)
    .map((one) => ({ ...one, count: one.count - (others.get(productKey(one.productId, one.name)) ?? 0) }))
    .filter((one) => one.count > 0);
}

/** A device without a product is identified by its name. */
function productKey(productId: FleetProductId | null, name: string | null): string {
  return productId === null ? `name ${name ?? ''}` : `id ${productId}`;
}

/** For what Fleet doesn't total (a purchase, several currencies), one answer can say zero and another nothing. */
function hasSameTotal(one: FleetSnapshot, other: FleetSnapshot): boolean {
  if (hasNoTotal(one) && hasNoTotal(other)) return true;
  return one.currency === other.currency && isSameAmount(one.rent, other.rent);
}

function hasNoTotal({ rent }: FleetSnapshot): boolean {
  return rent === null || decimalOf(rent)?.eq(0) === true;
}

/** Fleet's total is text that no one can read, and reads differently now. */
export function hasUnreadableTotalMoved(expected: FleetSnapshot, actual: FleetSnapshot): boolean {
  const isUnreadable = ({ rent }: FleetSnapshot) => rent !== null && decimalOf(rent) === null;
  return isUnreadable(expected) && isUnreadable(actual) && !hasSameTotal(expected, actual);
}
