import Big from 'big.js';
import { z } from 'zod';
import { CountryCode, CurrencyCode, FleetAddressId, FleetProductGroupId, FleetProductId, FleetUserId } from './ids.ts';
import { type DeepReadonly, KeyboardLayout, looseObject } from './vocabulary.ts';

const DECIMAL = /^\d{1,15}(\.\d{1,10})?$/;

/** Null: not a decimal, or less than nothing. Fleet's totals are free text, and big.js throws on other text. */
export function decimalOf(text: string | null): Big | null {
  return text !== null && DECIMAL.test(text.trim()) ? new Big(text.trim()) : null;
}

/** `54.90` and `54.9` are the same amount. Text that is no decimal is compared literally. */
export function isSameAmount(one: string | null, other: string | null): boolean {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  return left !== null && right !== null ? left.eq(right) : one === other;
}

/** Null: not a decimal. */
export function multiplyAmount(amount: string, by: number): string | null {
  return decimalOf(amount)?.times(by).toFixed() ?? null;
}

/** A decimal as text, in major units. Never a float: sums and comparisons use big.js. */
export const Money = z.object({
  amount: z.string(),
  currency: CurrencyCode,
});
export type Money = DeepReadonly<z.infer<typeof Money>>;

/** Fleet's lead time. Its unit isn't documented. */
export const Shipping = z.object({
  min: z.number().nullable(),
  max: z.number().nullable(),
});
export type Shipping = DeepReadonly<z.infer<typeof Shipping>>;

/**
 * One device as sent to Fleet, with what the person saw when choosing it. Fleet's cart answer doesn't return country,
 * layout, assignee, address or mode, so this is the only record of them.
 */
export const OrderLine = looseObject({
  productId: FleetProductId,
  deliveryCountry: CountryCode,
  keyboardLayout: KeyboardLayout.nullable(),
  /** Null: not assigned yet (a new hire). */
  fleetUserId: FleetUserId.nullable(),
  /** Null: the company's default address. By id only: a street never comes near Redis. */
  shippingAddressId: FleetAddressId.nullable(),
  /**
   * Set where it may go to the home of someone other than the assignee: the owner's name (empty: the directory has
   * none), or null if Fleet could not say whose address it is.
   */
  shipsToOwnOf: z.string().nullable().exactOptional(),
  productGroupId: FleetProductGroupId.nullable(),
  productName: z.string(),
  /** What distinguishes it in its group ("M4 · 16 GB · 512 GB"); empty if nothing does. */
  configuration: z.string(),
  assigneeName: z.string().nullable(),
  /** For one device, in the cart's mode. Null: Fleet named no price. */
  price: Money.nullable(),
  shipping: Shipping,
});
export type OrderLine = DeepReadonly<z.infer<typeof OrderLine>>;

/** Identical lines, shown as one row "× n". */
export interface CartRow {
  readonly key: RowKey;
  readonly line: OrderLine;
  readonly quantity: number;
}

/** Identifies identical lines. Stable across releases, because buttons carry it. */
export const RowKey = z.string();
export type RowKey = z.infer<typeof RowKey>;

export function rowKeyOf(line: OrderLine): RowKey {
  return [
    line.productId,
    line.deliveryCountry,
    line.keyboardLayout ?? '',
    line.fleetUserId ?? '',
    line.shippingAddressId ?? '',
  ].join('|');
}

export function hasRow(lines: readonly OrderLine[], row: RowKey): boolean {
  return lines.some((line) => rowKeyOf(line) === row);
}

export function rowsOf(lines: readonly OrderLine[]): readonly CartRow[] {
  const rows = new Map<RowKey, CartRow>();
  for (const line of lines) {
    const key = rowKeyOf(line);
    const row = rows.get(key);
    rows.set(key, row ? { ...row, quantity: row.quantity + 1 } : { key, line, quantity: 1 });
  }
  return [...rows.values()];
}
