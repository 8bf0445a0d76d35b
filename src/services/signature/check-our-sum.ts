import { cartTotal } from '../../domain/cart/cart-total.ts';
import { isSameAmount } from '../../domain/decimal.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import { type Money, type OrderLine, type RowKey, rowKeyOf, rowsOf } from '../../domain/order/order-line.ts';
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
export async function checkOurSum(context: ServiceContext, request: DeviceRequest): Promise<OurSum> {
  const { lines } = request;
  const moved = new Map<RowKey, OrderLine>();
  for (const { key, line } of rowsOf(lines)) {
    if (line.price === null) continue;
    const priced = await priceNow(context, request, line, line.price);
    if (!priced.ok) return { kind: 'unknown', failure: priced.failure };
    const { price } = line;
    const amount = priced.value;
    if (!isSameAmount(amount, price.amount)) moved.set(key, { ...line, price: { ...price, amount } });
  }
  if (moved.size === 0) return { kind: 'same' };
  return { kind: 'moved', lines: lines.map((line) => moved.get(rowKeyOf(line)) ?? line) };
}

/** Longer than the minute's budget takes to be there again, and not so long that a price may have moved unseen. */
const ONE_CHECK_MS = 2 * 60_000;

/**
 * Asked once for each press and each second validate, so that a large cart that waits for Fleet in the middle goes on
 * where it stopped.
 */
async function priceNow(context: ServiceContext, { id, mode, state }: DeviceRequest, line: OrderLine, price: Money) {
  const { productId, deliveryCountry, keyboardLayout } = line;
  const { currency } = price;
  const since = state.kind === 'unconfirmed' ? state.gaveUpAt : 'at' in state && state.at;
  const key = [
    'signed-price',
    id,
    state.kind,
    since,
    productId,
    deliveryCountry,
    keyboardLayout ?? 'NONE',
    currency,
  ].join(':');
  const parse = (stored: unknown) => (typeof stored === 'string' ? stored : null);
  return context.store.cache.read<string, FleetFailure>(
    { key, freshMs: ONE_CHECK_MS, keepMs: ONE_CHECK_MS, parse },
    async () => {
      const asked = { productId, deliveryCountry, currency, acquisitionMode: mode };
      const priced = await context.fleet.getPricing(
        { ...asked, keyboardLayout: keyboardLayout ?? undefined },
        'person',
      );
      return priced.ok ? { ok: true, value: priced.value.amount } : priced;
    },
  );
}

/** Null where there are several currencies: these are never added. */
export function oneSum(lines: readonly OrderLine[]) {
  const [only, ...others] = cartTotal(lines, null).ours;
  return only === undefined || others.length > 0 ? null : only;
}
