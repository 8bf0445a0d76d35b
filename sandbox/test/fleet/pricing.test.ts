import { expect, it } from 'vitest';
import { anApi, refused } from './api.ts';

const priceOf = (product: number, country: string, currency: string, rest = '') =>
  `/catalog/products/${product}/pricing?delivery_country=${country}&currency=${currency}&acquisition_mode=LEASING${rest}`;

it.each([
  ['a lease', priceOf(131, 'FR', 'EUR'), { min_shipping: 3, max_shipping: 5, amount: 19.9 }],
  [
    'a purchase',
    priceOf(131, 'FR', 'EUR').replace('LEASING', 'BUY'),
    { min_shipping: 3, max_shipping: 5, amount: 520 },
  ],
  ['another currency', priceOf(131, 'CH', 'CHF'), { min_shipping: 3, max_shipping: 5, amount: 21.89 }],
  [
    'a layout',
    priceOf(101, 'FR', 'EUR', '&keyboard_layout=FRENCH_AZERTY'),
    { min_shipping: 3, max_shipping: 5, amount: 54.9 },
  ],
  [
    'a more expensive layout',
    priceOf(101, 'CH', 'CHF', '&keyboard_layout=SWISS_QWERTZ'),
    { min_shipping: 3, max_shipping: 5, amount: 62.89 },
  ],
  ['no delivery time', priceOf(171, 'FR', 'EUR'), { min_shipping: null, max_shipping: null, amount: 7.15 }],
])('prices %s', async (_, path, data) => {
  const { get } = await anApi();

  expect(await get(path)).toMatchObject({ status: 200, body: { data } });
});

it('prices with three decimals, until the price changes', async () => {
  const { get, fleet } = await anApi();

  const before = await get(priceOf(181, 'FR', 'EUR'));
  fleet.cockpit.changePrice(181, { EUR: { LEASING: 5, BUY: 100 } });
  const after = await get(priceOf(181, 'FR', 'EUR'));

  expect(before.body).toMatchObject({ data: { amount: 1234.005, min_shipping: 10, max_shipping: null } });
  expect(after.body).toMatchObject({ data: { amount: 5 } });
});

it.each([
  ['a missing layout', priceOf(101, 'FR', 'EUR'), 400, 'KEYBOARD_LAYOUT_REQUIRED'],
  [
    'a layout that is missing although the catalog lists none',
    priceOf(151, 'FR', 'EUR'),
    400,
    'KEYBOARD_LAYOUT_REQUIRED',
  ],
  [
    'a layout for a screen',
    priceOf(131, 'FR', 'EUR', '&keyboard_layout=FRENCH_AZERTY'),
    400,
    expect.stringContaining('must be omitted'),
  ],
  [
    'a layout not offered',
    priceOf(141, 'FR', 'EUR', '&keyboard_layout=DUTCH_QWERTY'),
    404,
    'PRODUCT_PRICING_UNAVAILABLE',
  ],
  [
    'a layout that does not exist',
    priceOf(141, 'FR', 'EUR', '&keyboard_layout=DVORAK'),
    400,
    expect.stringContaining('query.keyboard_layout'),
  ],
  ['a country that does not exist', priceOf(131, 'XX', 'EUR'), 404, 'COUNTRY_NOT_FOUND'],
  ['a country that is not served', priceOf(131, 'JP', 'JPY'), 404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  ['an unknown product', priceOf(999, 'FR', 'EUR'), 404, 'PRODUCT_NOT_FOUND'],
  ['a product not sold there', priceOf(191, 'ES', 'EUR', '&keyboard_layout=FRENCH_AZERTY'), 404, 'PRODUCT_NOT_FOUND'],
  [
    'a product without a price',
    priceOf(201, 'FR', 'EUR', '&keyboard_layout=FRENCH_AZERTY'),
    404,
    'PRODUCT_PRICING_UNAVAILABLE',
  ],
  ["another country's currency", priceOf(131, 'CH', 'EUR'), 404, 'PRODUCT_PRICING_UNAVAILABLE'],
  ['an invalid currency', priceOf(131, 'FR', 'Euro'), 400, 'query.currency must be an ISO 4217 code'],
  [
    'a missing mode',
    priceOf(131, 'FR', 'EUR').replace('&acquisition_mode=LEASING', ''),
    400,
    'query.acquisition_mode is required',
  ],
])('refuses %s', async (_, path, status, error) => {
  const { get } = await anApi();

  expect(await get(path)).toMatchObject(refused(status, error));
});
