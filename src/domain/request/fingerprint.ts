import type { CartTotal } from '../cart/cart.ts';
import { decimalOf } from '../decimal.ts';
import type { AcquisitionMode } from '../failures/fleet-words.ts';
import type { FleetUserId } from '../ids.ts';
import type { Money, OrderLine } from '../order/order-line.ts';

interface Signed {
  readonly purchaserId: FleetUserId;
  readonly mode: AcquisitionMode;
  readonly lines: readonly OrderLine[];
  readonly total: CartTotal;
}

/**
 * The text that is digested into a fingerprint: what is sent to Fleet, and the total. Cards of earlier releases carry
 * its digest, so it may change only together with its version; the order of the lines has no meaning.
 */
export function canonicalText({ purchaserId, mode, lines, total }: Signed): string {
  return JSON.stringify([
    'v1',
    purchaserId,
    mode,
    lines.map(lineText).toSorted(),
    total.fleet === null ? null : moneyText(total.fleet),
    total.ours.map(moneyText).toSorted(),
    total.unpriced,
  ]);
}

function lineText(line: OrderLine): string {
  return JSON.stringify([
    line.productId,
    line.deliveryCountry,
    line.keyboardLayout,
    line.fleetUserId,
    line.shippingAddressId,
  ]);
}

function moneyText({ amount, currency }: Money): string {
  return `${currency} ${decimalOf(amount)?.toFixed() ?? amount}`;
}
