import type { CartTotal } from '../../domain/cart/cart.ts';
import type { CartDifference, CountedProduct } from '../../domain/cart/cart-difference.ts';
import { totalsDiffer } from '../../domain/cart/cart-total.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import type { Money } from '../../domain/order/order-line.ts';
import { money, price } from '../format.ts';
import { literal } from '../text.ts';

/** How Fleet's cart differs from the rows above it, both versions. mrkdwn; empty where it does not. */
export function cartDifferenceText(difference: CartDifference | null): string {
  if (difference === null) return '';
  const lines = [
    ...difference.extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...difference.missing.map((product) => `• Only here, not in Fleet's cart: ${productText(product)}`),
    ...(difference.total === null ? [] : [totalLine(difference.total)]),
  ];
  const devices = difference.extra.length + difference.missing.length > 0;
  const head = devices
    ? "*Fleet's cart does not hold what stands here.* It was changed in Fleet. Nothing was sent or ordered."
    : '*Fleet states another total than before.* Nothing was sent or ordered.';
  const then = devices
    ? ["Sending for approval, or any change here, puts Fleet's cart back to exactly what stands here."]
    : [];
  return [head, ...lines, ...then].join('\n');
}

/** Fleet's total and our own sum contradict each other: both, before anything is sent. mrkdwn; empty otherwise. */
export function totalsText(total: CartTotal, mode: AcquisitionMode): string {
  if (total.fleet === null || !totalsDiffer(total)) return '';
  const ours = total.ours.map((one) => price(one, mode)).join(' + ');
  return `*Two totals.* Fleet states ${price(total.fleet, mode)}; our sum of the prices above is ${ours}. Please look at both before sending.`;
}

export function productText({ name, count }: CountedProduct): string {
  return `${count} × ${literal(name ?? 'a device that Fleet does not name')}`;
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  return `• Total in Fleet: ${amountText(from)} before, *${amountText(to)}* now`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'not stated' : money(amount);
}
