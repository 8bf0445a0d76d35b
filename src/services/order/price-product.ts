import type { AcquisitionMode, KeyboardLayout } from '../../domain/failures/fleet-words.ts';
import type { CountryCode, CurrencyCode, FleetProductId } from '../../domain/ids.ts';
import { Pricing } from '../../domain/order/catalog.ts';
import type { Money, Shipping } from '../../domain/order/order-line.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { heedingCountry, lifetimes, readThrough } from './catalog.ts';
import { heedingKeyboard } from './keyboard-after-all.ts';

export interface PriceAsked {
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
  const heeded = await heedingCountry(context, deliveryCountry, answer);
  if (!heeded.ok) {
    await heedingKeyboard(context, asked, heeded.failure);
    return heeded;
  }
  const { amount, minShipping, maxShipping } = heeded.value;
  return { ok: true, value: { price: { amount, currency }, shipping: { min: minShipping, max: maxShipping } } };
}
