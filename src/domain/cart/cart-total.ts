import Big from 'big.js';
import { decimalOf } from '../decimal.ts';
import type { CurrencyCode } from '../ids.ts';
import type { Money, OrderLine } from '../order/order-line.ts';
import type { CartTotal, FleetSnapshot } from './cart.ts';
import { statedTotal } from './compare-cart.ts';

/** `fleet` is what Fleet states; a total that cannot be read as a decimal counts as none. */
export function cartTotal(lines: readonly OrderLine[], fleetHolds: FleetSnapshot | null): CartTotal {
  const stated = fleetHolds === null ? null : statedTotal(fleetHolds);
  const sums = new Map<CurrencyCode, Big>();
  let unpriced = 0;
  for (const { price } of lines) {
    const amount = decimalOf(price?.amount ?? null);
    if (price === null || amount === null) unpriced += 1;
    else sums.set(price.currency, (sums.get(price.currency) ?? new Big(0)).plus(amount));
  }
  return {
    fleet: stated !== null && decimalOf(stated.amount) !== null ? stated : null,
    ours: [...sums].map(([currency, sum]): Money => ({ amount: sum.toFixed(), currency })),
    unpriced,
  };
}

/**
 * Whether Fleet's total and our sum contradict each other. Fleet rounds to cents, so ours is rounded alike first; with
 * lines that have no price ours is only a lower bound.
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
