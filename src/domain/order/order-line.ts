import type { KeyboardLayout } from '../failures/fleet-words.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetAddressId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../ids.ts';

/** A decimal as text, in major units. Never a float: sums and comparisons use big.js. */
export interface Money {
  readonly amount: string;
  readonly currency: CurrencyCode;
}

/** Lead time as Fleet states it; the unit is not documented and is never named as a fact. */
export interface Shipping {
  readonly min: number | null;
  readonly max: number | null;
}

/**
 * One device as sent to Fleet, with what the person saw when choosing it: Fleet's cart answer gives back neither
 * country, layout, assignee, address nor mode, so this is the only record of them.
 */
export interface OrderLine {
  readonly productId: FleetProductId;
  readonly deliveryCountry: CountryCode;
  readonly keyboardLayout: KeyboardLayout | null;
  /** Null: nobody yet (a new hire). */
  readonly fleetUserId: FleetUserId | null;
  /** Null: Fleet's default. By id only: a street never comes near Redis. */
  readonly shippingAddressId: FleetAddressId | null;
  readonly productGroupId: FleetProductGroupId | null;
  readonly productName: string;
  /** What tells it apart in its group ("M4 · 16 GB · 512 GB"); empty where nothing does. */
  readonly configuration: string;
  readonly assigneeName: string | null;
  /** For one device in the cart's mode. Null: Fleet named no price. */
  readonly price: Money | null;
  readonly shipping: Shipping;
}

/** Identical lines shown as one row "× n". */
export interface CartRow {
  readonly key: RowKey;
  readonly line: OrderLine;
  readonly quantity: number;
}

/** What makes two lines identical, as text: stable over releases, since buttons carry it. */
export type RowKey = string;

export function rowKeyOf(line: OrderLine): RowKey {
  return [
    line.productId,
    line.deliveryCountry,
    line.keyboardLayout ?? '',
    line.fleetUserId ?? '',
    line.shippingAddressId ?? '',
  ].join('|');
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
