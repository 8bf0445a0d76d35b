import { fleetTrouble } from '../../domain/cart/cart-trouble.ts';
import { adviceFor } from '../../domain/failures/failure-table.ts';
import type { OrderForm } from '../../domain/order/order-form.ts';
import { exceededLimit } from '../../domain/order/price-limit.ts';
import { withLayoutToChoose } from '../../domain/order/within-offer.ts';
import type { ServiceContext } from '../context.ts';
import type { OfferedForm } from './fill-catalog.ts';
import { wantsLayout } from './keyboard-after-all.ts';
import { priceProduct } from './price-product.ts';

/** The form with its price where there was one to ask for: known, or unknown with the reason. */
export async function withPrice(context: ServiceContext, offered: OfferedForm): Promise<OfferedForm> {
  const { form, trouble } = offered;
  const { productId, deliveryCountry, mode, keyboardLayout } = form.choice;
  if (form.price.kind !== 'asking' || productId === null) return offered;
  const settings = await context.store.settings();
  const currency = settings.countries.find(({ code }) => code === deliveryCountry)?.currency;
  if (currency === undefined)
    return { form: unpriced(form, 'The settings name no currency for this country.'), trouble };

  const priced = await priceProduct(context, { productId, deliveryCountry, currency, mode, keyboardLayout });
  if (priced.ok) {
    const { price } = priced.value;
    const limit = exceededLimit(price, settings.priceLimits);
    const productName = form.productGroupName ?? 'This device';
    const overLimit = limit === null ? null : ({ kind: 'over_limit', price, limit, productName } as const);
    return { form: { ...form, price: { kind: 'known', ...priced.value } }, trouble: trouble ?? overLimit };
  }
  // A refusal is about what was chosen; that Fleet did not answer is about nothing but the price.
  const { failure } = priced;
  if (wantsLayout(failure) && keyboardLayout === null)
    return withPrice(context, { form: withLayoutToChoose(form), trouble: trouble ?? fleetTrouble(failure) });
  const isRefusal = failure.kind === 'rejected' || failure.kind === 'rejected_in_words';
  return {
    form: unpriced(form, adviceFor(failure).happened),
    trouble: trouble ?? (isRefusal ? fleetTrouble(failure) : null),
  };
}

function unpriced(form: OrderForm, why: string): OrderForm {
  return { ...form, price: { kind: 'unknown', why } };
}
