import type { CartDifference, CountedProduct } from '../../domain/cart/cart-difference.ts';
import type { Money } from '../../domain/order/order-line.ts';
import { money } from '../format.ts';
import { literal } from '../text.ts';

/** Both versions in words: what is asked for stands above it on the card, this is how Fleet's cart differs. mrkdwn. */
export function differenceText({ extra, missing, total }: CartDifference, isRebuilt: boolean): string {
  const isPriceOnly = extra.length === 0 && missing.length === 0;
  const lines = [
    ...extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...missing.map((product) => `• Not in Fleet's cart: ${productText(product)}`),
    ...(total === null ? [] : [totalLine(total)]),
  ];
  const what = isPriceOnly ? 'The price changed' : "Fleet's cart was changed";
  return [`*${what} since this was sent. Nothing was ordered.*`, ...lines, then(isPriceOnly, isRebuilt)].join('\n');
}

function then(isPriceOnly: boolean, isRebuilt: boolean): string {
  if (isRebuilt) return 'Approve orders what Fleet holds now, as listed above.';
  return isPriceOnly
    ? 'Approve orders what is listed above for the total shown there.'
    : "Approve puts Fleet's cart back to exactly what is listed above and orders that.";
}

function productText({ name, count }: CountedProduct): string {
  return `${count} × ${literal(name ?? 'a device that Fleet does not name')}`;
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  // Several currencies are never added: the rows show what moved.
  if (from === null && to === null) return '• The rows above show the new prices';
  return `• Total: ${amountText(from)} before, *${amountText(to)}* now`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'not stated' : money(amount);
}
