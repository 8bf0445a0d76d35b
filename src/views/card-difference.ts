import type { CartDifference, CountedProduct } from '../domain/cart-difference.ts';
import type { Money } from '../domain/order-line.ts';
import { money } from './format.ts';
import { literal } from './text.ts';

/** Both versions in words: what is asked for stands above it on the card, this is how Fleet's cart differs. mrkdwn. */
export function differenceText(difference: CartDifference, isRebuilt: boolean): string {
  const lines = [
    ...difference.extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...difference.missing.map((product) => `• Not in Fleet's cart: ${productText(product)}`),
    ...(difference.total === null ? [] : [totalLine(difference.total)]),
  ];
  const then = isRebuilt
    ? 'Approve orders what Fleet holds now, as listed above.'
    : "Approve puts Fleet's cart back to exactly what is listed above and orders that.";
  return ["*Fleet's cart was changed since this was sent. Nothing was ordered.*", ...lines, then].join('\n');
}

function productText({ name, count }: CountedProduct): string {
  return `${count} × ${literal(name ?? 'a device that Fleet does not name')}`;
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  return `• Total in Fleet: ${amountText(from)} before, *${amountText(to)}* now`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'not stated' : money(amount);
}
