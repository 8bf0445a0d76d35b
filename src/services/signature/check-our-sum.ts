import { cartTotal } from '../../domain/cart/cart-total.ts';
import { isSameAmount } from '../../domain/decimal.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import { type OrderLine, type RowKey, rowKeyOf, rowsOf } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';

export type OurSum =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly lines: readonly OrderLine[] }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/**
 * Where Fleet states no total (it may for BUY and for several currencies) it is our sum that was signed, and Fleet's cart
 * cannot say that a price moved: each row is priced once more, past the cache. An unknown price was signed as unknown.
 */
export async function checkOurSum(context: ServiceContext, { lines, mode }: DeviceRequest): Promise<OurSum> {
  const moved = new Map<RowKey, OrderLine>();
  for (const { key, line } of rowsOf(lines)) {
    if (line.price === null) continue;
    const { productId, deliveryCountry, price } = line;
    const keyboardLayout = line.keyboardLayout ?? undefined;
    const asked = { productId, deliveryCountry, currency: price.currency, acquisitionMode: mode, keyboardLayout };
    const priced = await context.fleet.getPricing(asked, 'person');
    if (!priced.ok) return { kind: 'unknown', failure: priced.failure };
    const { amount } = priced.value;
    if (!isSameAmount(amount, price.amount)) moved.set(key, { ...line, price: { ...price, amount } });
  }
  if (moved.size === 0) return { kind: 'same' };
  return { kind: 'moved', lines: lines.map((line) => moved.get(rowKeyOf(line)) ?? line) };
}

/** Null where there are several currencies: these are never added. */
export function oneSum(lines: readonly OrderLine[]) {
  const [only, ...others] = cartTotal(lines, null).ours;
  return only === undefined || others.length > 0 ? null : only;
}
