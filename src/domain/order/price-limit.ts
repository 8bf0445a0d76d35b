import { decimalOf } from '../decimal.ts';
import type { Money } from './order-line.ts';

/** The limit for one device that this price is over. Null: none; limits in other currencies say nothing about it. */
export function exceededLimit(price: Money | null, limits: readonly Money[]): Money | null {
  const amount = decimalOf(price?.amount ?? null);
  if (price === null || amount === null) return null;
  return (
    limits.find(
      ({ amount: most, currency }) => currency === price.currency && (decimalOf(most)?.lt(amount) ?? false),
    ) ?? null
  );
}
