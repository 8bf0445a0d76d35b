import type { CartTrouble } from '../../domain/cart/trouble.ts';
import { Pricing } from '../../domain/catalog/products.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { CountryCode, CurrencyCode, FleetProductId } from '../../domain/ids.ts';
import { type Money, type OrderLine, type RowKey, rowsOf, type Shipping } from '../../domain/line.ts';
import { checkPriceLimit, type Settings } from '../../domain/settings/settings.ts';
import type { AcquisitionMode, KeyboardLayout } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext, WithSettings } from '../context.ts';
import { lifetimes, noteKeyboardRequired, noteUndeliverableCountry, readThrough } from './products.ts';

interface PriceAsked {
  readonly productId: FleetProductId;
  readonly deliveryCountry: CountryCode;
  readonly currency: CurrencyCode;
  readonly mode: AcquisitionMode;
  /** Null: the product has no keyboard. */
  readonly keyboardLayout: KeyboardLayout | null;
}

/** The price of one device, in the given currency. */
export async function priceProduct(
  context: ServiceContext,
  asked: PriceAsked,
): Promise<FleetResult<{ readonly price: Money; readonly shipping: Shipping }>> {
  const { productId, deliveryCountry, currency, mode: acquisitionMode } = asked;
  const keyboardLayout = asked.keyboardLayout ?? undefined;
  const key = ['catalog:price', productId, deliveryCountry, currency, acquisitionMode, keyboardLayout ?? 'NONE'];
  const query = { productId, deliveryCountry, currency, acquisitionMode, keyboardLayout };
  const entry = { key: key.join(':'), schema: Pricing, ...lifetimes.prices };
  const pricing = await readThrough<Pricing>(context, entry, (urgency) => context.fleet.getPricing(query, urgency));
  if (!pricing.ok) {
    await noteUndeliverableCountry(context, deliveryCountry, pricing);
    await noteKeyboardRequired(context, asked, pricing.failure);
    return pricing;
  }
  const { amount, minShipping, maxShipping } = pricing.value;
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

/** Every line priced in the cart's new mode, one request for each row. The price is null where Fleet names none. */
export async function repriceLines(
  operation: WithSettings,
  lines: readonly OrderLine[],
  mode: AcquisitionMode,
): Promise<readonly OrderLine[]> {
  const rows = await Promise.all(
    rowsOf(lines).map(async ({ line, quantity }) => {
      const priced = await priceLine(operation, line, mode);
      // A price in the old mode would be wrong.
      const repriced = priced.ok ? priced.line : { ...line, price: null };
      return Array.from({ length: quantity }, () => repriced);
    }),
  );
  return rows.flat();
}

/**
 * A PATCH sends every line again, so Fleet may reject any of them. This prices each row past the cache: the first one
 * that Fleet rejects is the culprit, and a keyboard that it requires is noted. Null: it rejects none.
 */
export async function noteRejectedRow(
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

/** The first line that costs more than the company allows for one device, or whose price can't be held against that. */
export function overLimit(settings: Settings, lines: readonly OrderLine[], mode: AcquisitionMode): LimitTrouble | null {
  for (const line of lines) {
    const { price, productName } = line;
    const trouble = limitTrouble(settings, { price, currency: price?.currency ?? currencyOf(settings, line), mode });
    if (trouble !== null) return { ...trouble, productName };
  }
  return null;
}

interface PriceOfOne {
  readonly price: Money | null;
  readonly currency: CurrencyCode;
  readonly mode: AcquisitionMode;
}

export function limitTrouble({ priceLimits }: Settings, { price, currency, mode }: PriceOfOne) {
  const breach = checkPriceLimit(price, { currency, mode, limits: priceLimits });
  if (price === null || breach?.kind !== 'over_limit')
    return breach === null ? null : ({ kind: 'limit_unproven' } as const);
  return { ...breach, price, mode };
}

/** A cart can be months old, so the limits apply to today's prices, as far as Fleet names them. */
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
  return overLimit(settings, now, mode);
}

function currencyOf({ countries }: Settings, { deliveryCountry, price }: OrderLine): CurrencyCode {
  const known = countries.find(({ code }) => code === deliveryCountry)?.currency ?? price?.currency;
  // The country left the settings while it was in a cart: Fleet rejects a wrong currency.
  return known ?? ('EUR' as CurrencyCode);
}
