import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { Pricing } from '../../domain/catalog/catalog.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { CountryCode, CurrencyCode, FleetProductId } from '../../domain/ids.ts';
import { type Money, type OrderLine, type RowKey, rowsOf, type Shipping } from '../../domain/line.ts';
import { exceededLimit, type Settings } from '../../domain/settings/settings.ts';
import type { AcquisitionMode, KeyboardLayout } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { noteKeyboardRequired } from './learned.ts';
import { lifetimes, noteUndeliverableCountry, readThrough } from './products.ts';

interface PriceAsked {
  readonly productId: FleetProductId;
  readonly deliveryCountry: CountryCode;
  readonly currency: CurrencyCode;
  readonly mode: AcquisitionMode;
  /** Null: the product has no keyboard. */
  readonly keyboardLayout: KeyboardLayout | null;
}

/** For one device, in the currency asked for. */
export async function priceProduct(
  context: ServiceContext,
  asked: PriceAsked,
): Promise<FleetResult<{ readonly price: Money; readonly shipping: Shipping }>> {
  const { productId, deliveryCountry, currency, mode, keyboardLayout } = asked;
  const key = ['catalog:price', productId, deliveryCountry, currency, mode, keyboardLayout ?? 'NONE'].join(':');
  const answer = await readThrough<Pricing>(context, { key, schema: Pricing, ...lifetimes.prices }, (urgency) =>
    context.fleet.getPricing(
      {
        productId,
        deliveryCountry,
        currency,
        acquisitionMode: mode,
        keyboardLayout: keyboardLayout ?? undefined,
      },
      urgency,
    ),
  );
  const heeded = await noteUndeliverableCountry(context, deliveryCountry, answer);
  if (!heeded.ok) {
    await noteKeyboardRequired(context, asked, heeded.failure);
    return heeded;
  }
  const { amount, minShipping, maxShipping } = heeded.value;
  return { ok: true, value: { price: { amount, currency }, shipping: { min: minShipping, max: maxShipping } } };
}

type PricedLine =
  | { readonly ok: true; readonly line: OrderLine }
  | { readonly ok: false; readonly failure: FleetFailure };

export async function priceLine(
  { context, settings }: WithSettings,
  line: OrderLine,
  mode: AcquisitionMode,
): Promise<PricedLine> {
  const { productId, deliveryCountry, keyboardLayout } = line;
  const currency = currencyOf(settings, line);
  const priced = await priceProduct(context, { productId, deliveryCountry, keyboardLayout, currency, mode });
  return priced.ok ? { ok: true, line: { ...line, ...priced.value } } : priced;
}

/** Every line in the mode that the cart has now: one question for each row. A price that Fleet does not say is unknown. */
export async function repriceLines(
  operation: WithSettings,
  lines: readonly OrderLine[],
  mode: AcquisitionMode,
): Promise<readonly OrderLine[]> {
  const rows = rowsOf(lines);
  const priced = await Promise.all(rows.map(({ line }) => priceLine(operation, line, mode)));
  const byRow = new Map(rows.map(({ key }, index) => [key, priced[index]]));
  return rowsOf(lines).flatMap(({ key, line, quantity }) => {
    const answer = byRow.get(key);
    // In the other mode the price of before would be wrong.
    const now = answer?.ok === true ? answer.line : { ...line, price: null };
    return Array.from({ length: quantity }, () => now);
  });
}

/**
 * A patch sends every line again, so the one that Fleet means may be any: each row is priced anew, past the cache, and
 * the first that Fleet refuses is it. Null: none is refused.
 */
export async function findRejectedRow(
  { context, settings }: WithSettings,
  lines: readonly OrderLine[],
  acquisitionMode: AcquisitionMode,
): Promise<{ readonly row: RowKey; readonly failure: FleetFailure } | null> {
  for (const { key, line } of rowsOf(lines)) {
    const { productId, deliveryCountry } = line;
    const keyboardLayout = line.keyboardLayout ?? undefined;
    const currency = currencyOf(settings, line);
    const priced = await context.fleet.getPricing(
      { productId, deliveryCountry, currency, acquisitionMode, keyboardLayout },
      'person',
    );
    if (priced.ok || priced.failure.kind !== 'rejected') continue;
    await noteKeyboardRequired(context, line, priced.failure);
    return { row: key, failure: priced.failure };
  }
  return null;
}

type LimitTrouble = Extract<CartTrouble, { kind: 'over_limit' | 'limit_unproven' }>;

/**
 * The first line that costs more than the company allows for one device, or that nobody can say it of: an unknown price
 * does not slip past a limit in its currency.
 */
export function overLimit(settings: Settings, lines: readonly OrderLine[]): LimitTrouble | null {
  const { priceLimits } = settings;
  for (const line of lines) {
    const { price, productName } = line;
    if (price === null) {
      const currency = currencyOf(settings, line);
      if (priceLimits.some((limit) => limit.currency === currency)) return { kind: 'limit_unproven', productName };
    }
    const limit = exceededLimit(price, priceLimits);
    if (price !== null && limit !== null) return { kind: 'over_limit', price, limit, productName };
  }
  return null;
}

/** A cart may have stood for months: the limits hold for what its devices cost now, as far as Fleet says that. */
export async function overLimitNow(
  { context, settings }: WithSettings,
  lines: readonly OrderLine[],
  mode: AcquisitionMode,
): Promise<LimitTrouble | null> {
  if (settings.priceLimits.length === 0) return null;
  const now = await Promise.all(
    rowsOf(lines).map(async ({ line }) => {
      const priced = await priceLine({ context, settings }, line, mode);
      return priced.ok ? priced.line : line;
    }),
  );
  return overLimit(settings, now);
}

function currencyOf({ countries }: Settings, { deliveryCountry, price }: OrderLine): CurrencyCode {
  const known = countries.find(({ code }) => code === deliveryCountry)?.currency ?? price?.currency;
  // A country that left the settings while it stood in a cart: Fleet refuses what is wrong.
  return known ?? ('EUR' as CurrencyCode);
}
