import { currencyOf } from '../countries.ts';
import { object, oneOf, text } from '../parse.ts';
import { type Quote, type QuoteProblem, quote } from '../quote.ts';
import { type Reply, reject } from '../rejection.ts';
import { acquisitionModes, keyboardLayouts } from '../vocabulary.ts';
import { type Call, pathId, type World } from '../world.ts';

const PricingQuery = object(
  { delivery_country: text, currency: text, acquisition_mode: oneOf(acquisitionModes) },
  { keyboard_layout: oneOf(keyboardLayouts) },
);

const answers: Readonly<Record<QuoteProblem, readonly [number, string]>> = {
  no_such_country: [404, 'COUNTRY_NOT_FOUND'],
  country_not_served: [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  no_such_product: [404, 'PRODUCT_NOT_FOUND'],
  not_in_country: [404, 'PRODUCT_NOT_FOUND'],
  layout_missing: [400, 'KEYBOARD_LAYOUT_REQUIRED'],
  layout_not_offered: [404, 'PRODUCT_PRICING_UNAVAILABLE'],
  layout_uncalled_for: [400, 'query.keyboard_layout must be omitted: this product offers no keyboard options'],
  no_price: [404, 'PRODUCT_PRICING_UNAVAILABLE'],
};

/** The answer does not repeat the currency: a product has prices only in its country's own currency. */
export function getPricing({ state }: World, call: Call): Reply {
  const query = PricingQuery(call.query, 'query');
  if (!/^[A-Z]{3}$/.test(query.currency)) reject(400, 'query.currency must be an ISO 4217 code');
  const found = quote(state, {
    productId: pathId(call, 'product_id'),
    country: query.delivery_country,
    mode: query.acquisition_mode,
    layout: query.keyboard_layout,
  });
  if (!found.ok) return refuse(found);
  if (query.currency !== currencyOf(query.delivery_country)) reject(404, 'PRODUCT_PRICING_UNAVAILABLE');
  const { min, max } = found.product.shipping;
  return { status: 200, body: { data: { min_shipping: min, max_shipping: max, amount: found.amount } } };
}

function refuse(found: Quote & { ok: false }): never {
  const [status, error] = answers[found.problem];
  return reject(status, error);
}
