import { expect, it } from 'vitest';
import { anApi, macBook, refused, screen } from './api.ts';

const cart = (...order_items: object[]) => ({ purchaser_id: 11, order_items });

it('creates a cart, returns only its id, and remembers the lines', async () => {
  const { post, fleet } = await anApi();
  const line = { ...macBook, delivery_country: 'DE', user_id: 12, shipping_address_id: 52 };

  const made = await post('/carts', { ...cart(line), acquisition_mode: 'BUY' });

  expect(made).toMatchObject({ status: 201, body: { data: { order_id: 42 } } });
  expect(fleet.order(42)).toMatchObject({ purchaserId: 11, acquisitionMode: 'BUY', clientStatus: null });
  expect(fleet.order(42)?.lines).toMatchObject([
    { productId: 101, deliveryCountry: 'DE', keyboardLayout: 'FRENCH_AZERTY', userId: 12, shippingAddressId: 52 },
  ]);
});

it('computes rent strings from the price table', async () => {
  const { get, aCart } = await anApi();
  const id = await aCart();

  const { body } = await get(`/carts/${id}`);

  expect(body).toMatchObject({ data: { id, purchaser_id: 11, num_devices: 4, rent: '219.60', currency: 'EUR' } });
  expect((body as { data: { devices: object[] } }).data.devices[0]).toEqual({
    id: expect.any(Number),
    name: 'MacBook Pro 14 M4 16 GB 512 GB',
    rent: '54.90',
    product_id: 101,
  });
});

it('rounds only after an exact sum', async () => {
  const { post, get } = await anApi();
  const studio = { product_id: 181, delivery_country: 'FR' };

  await post('/carts', cart(studio, studio));

  const { body } = await get('/carts/42');
  expect(body).toMatchObject({ data: { rent: '2468.01', devices: [{ rent: '1234.01' }, { rent: '1234.01' }] } });
});

it('returns no rent for a purchase or mixed currencies, unless the rules say so', async () => {
  const { post, patch, get, fleet } = await anApi();
  await post('/carts', cart(screen, { product_id: 131, delivery_country: 'CH' }));

  const mixed = await get('/carts/42');
  const bought = await patch('/carts/42', { order_items: [screen], acquisition_mode: 'BUY' });
  fleet.rules.rentForBuy = 'amount';
  const priced = await get('/carts/42');

  expect(mixed.body).toMatchObject({
    data: { rent: null, currency: null, devices: [{ rent: '19.90' }, { rent: '21.89' }] },
  });
  expect(bought.body).toMatchObject({ data: { rent: null, currency: 'EUR', devices: [{ rent: null }] } });
  expect(priced.body).toMatchObject({ data: { rent: '520.00' } });
});

it('replaces the lines and gives every device a new id', async () => {
  const { patch, aCart } = await anApi();
  const id = await aCart();

  const first = await patch(`/carts/${id}`, { order_items: [macBook, screen] });
  const second = await patch(`/carts/${id}`, { order_items: [macBook, screen] });

  const ids = (answer: { body: unknown }) =>
    (answer.body as { data: { devices: { id: number }[] } }).data.devices.map((device) => device.id);
  expect(first.body).toMatchObject({ data: { num_devices: 2, rent: '74.80' } });
  expect(new Set([...ids(first), ...ids(second)]).size).toBe(4);
});

it('re-prices every line when only the mode changes', async () => {
  const { patch, fleet, aCart } = await anApi({ rules: { rentForBuy: 'amount' } });
  const id = await aCart();

  const { body } = await patch(`/carts/${id}`, { acquisition_mode: 'BUY' });

  expect(body).toMatchObject({ data: { rent: '6596.00', num_devices: 4 } });
  expect(fleet.order(id)?.lines[0]).toMatchObject({ amount: 1649, keyboardLayout: 'FRENCH_AZERTY' });
});

it('changes nothing when one line is refused', async () => {
  const { patch, get, aCart } = await anApi();
  const id = await aCart();

  const answer = await patch(`/carts/${id}`, { purchaser_id: 12, order_items: [screen, { ...screen, user_id: 999 }] });

  expect(answer).toMatchObject(refused(400, 'INVALID_USER'));
  expect((await get(`/carts/${id}`)).body).toMatchObject({ data: { purchaser_id: 11, num_devices: 4 } });
});

it('lists open carts, optionally by purchaser', async () => {
  const { get, aCart } = await anApi();
  await aCart(11);
  const bens = await aCart(12);

  expect((await get('/carts')).body).toMatchObject({ meta: { total: 2, limit: 50, offset: 0 } });
  expect((await get('/carts?purchaser_id=12')).body).toMatchObject({ data: [{ id: bens }], meta: { total: 1 } });
  expect(await get('/carts?purchaser_id=x')).toMatchObject(refused(400, expect.stringContaining('query.purchaser_id')));
});

it('allows one open cart per purchaser, unless the rule is off', async () => {
  const { post, fleet, aCart } = await anApi();
  await aCart();

  expect(await post('/carts', cart(screen))).toMatchObject(refused(409, 'CART_ALREADY_EXISTS'));
  fleet.rules.oneActiveCart = false;
  expect(await post('/carts', cart(screen))).toMatchObject({ status: 201, body: { data: { order_id: 43 } } });
});

const lineRefusals: readonly [string, object, [number, unknown], [number, unknown]][] = [
  [
    'no layout',
    { product_id: 101, delivery_country: 'FR' },
    [400, 'KEYBOARD_LAYOUT_REQUIRED'],
    [400, 'KEYBOARD_LAYOUT_REQUIRED'],
  ],
  [
    'a layout not offered',
    { ...macBook, product_id: 141, keyboard_layout: 'DUTCH_QWERTY' },
    [400, 'INVALID_ORDER_LINE'],
    [404, 'PRODUCT_PRICING_UNAVAILABLE'],
  ],
  [
    'a layout for a screen',
    { ...macBook, product_id: 131 },
    [400, 'INVALID_ORDER_LINE'],
    [400, expect.stringContaining('must be omitted')],
  ],
  ['an unknown assignee', { ...screen, user_id: 999 }, [400, 'INVALID_USER'], [400, 'INVALID_USER']],
  ['an unknown address', { ...screen, shipping_address_id: 999 }, [400, 'INVALID_ADDRESS'], [400, 'INVALID_ADDRESS']],
  ['an address abroad', { ...screen, shipping_address_id: 52 }, [400, 'INVALID_ADDRESS'], [400, 'INVALID_ADDRESS']],
  [
    'a country not served',
    { ...screen, delivery_country: 'JP' },
    [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
    [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  ],
  [
    'a country by name',
    { ...screen, delivery_country: 'France' },
    [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
    [404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  ],
  ['an unknown product', { ...screen, product_id: 999 }, [404, 'PRODUCT_NOT_FOUND'], [404, 'PRODUCT_NOT_FOUND']],
  [
    'a product not sold there',
    { ...macBook, product_id: 191, delivery_country: 'ES' },
    [400, 'INVALID_ORDER_LINE'],
    [404, 'PRODUCT_NOT_FOUND'],
  ],
  [
    'no price',
    { ...macBook, product_id: 201 },
    [404, 'PRODUCT_PRICING_UNAVAILABLE'],
    [404, 'PRODUCT_PRICING_UNAVAILABLE'],
  ],
  [
    'an unknown field',
    { ...screen, quantity: 2 },
    [400, 'body.order_items[0].quantity is not a known field'],
    [400, expect.stringContaining('quantity')],
  ],
  [
    'an id as text',
    { ...screen, product_id: '131' },
    [400, 'body.order_items[0].product_id must be an integer > 0'],
    [400, expect.stringContaining('product_id')],
  ],
  [
    'a null layout',
    { ...screen, keyboard_layout: null },
    [400, expect.stringContaining('keyboard_layout must be one of')],
    [400, expect.stringContaining('keyboard_layout')],
  ],
];

it.each(lineRefusals)('refuses a line with %s, on create and on patch', async (_, line, onCreate, onPatch) => {
  const { post, patch, aCart } = await anApi();
  const id = await aCart(12);

  expect(await post('/carts', cart(line))).toMatchObject(refused(...onCreate));
  expect(await patch(`/carts/${id}`, { order_items: [line] })).toMatchObject(refused(...onPatch));
});

it.each([
  ['nothing to change', {}, 400, expect.stringContaining('at least one of')],
  ['no lines', { order_items: [] }, 400, 'body.order_items must hold at least 1 item(s)'],
  ['lines that are not a list', { order_items: screen }, 400, 'body.order_items must be an array'],
  [
    'an unknown mode',
    { acquisition_mode: 'RENT' },
    400,
    expect.stringContaining('body.acquisition_mode must be one of'),
  ],
  ['an unknown field', { note: 'x' }, 400, 'body.note is not a known field'],
  ['a list', [], 400, 'body must be an object'],
  ['a stranger as purchaser', { purchaser_id: 999 }, 400, 'INVALID_PURCHASER'],
  ['a purchaser of zero', { purchaser_id: 0 }, 400, 'body.purchaser_id must be an integer > 0'],
])('refuses a patch with %s', async (_, body, status, error) => {
  const { patch, aCart } = await anApi();
  const id = await aCart();

  expect(await patch(`/carts/${id}`, body)).toMatchObject(refused(status, error));
});

it('refuses a cart without a purchaser, without lines, or for a user who cannot purchase', async () => {
  const { post, fleet } = await anApi();
  fleet.cockpit.blockPurchaser(11);

  expect(await post('/carts', { order_items: [screen] })).toMatchObject(refused(400, 'body.purchaser_id is required'));
  expect(await post('/carts', { purchaser_id: 12 })).toMatchObject(refused(400, 'body.order_items is required'));
  expect(await post('/carts', cart(screen))).toMatchObject(refused(400, 'INVALID_PURCHASER'));
});

it('does not find a cart that never existed, was deleted, or has become an order', async () => {
  const { get, patch, fleet, aCart } = await anApi();
  const deleted = await aCart(11);
  const ordered = await aCart(12);
  fleet.cockpit.deleteCart(deleted);
  fleet.cockpit.validate(ordered);

  expect(await get('/carts/9')).toMatchObject(refused(404, 'CART_NOT_FOUND'));
  expect(await patch(`/carts/${deleted}`, { purchaser_id: 11 })).toMatchObject(refused(404, 'CART_NOT_FOUND'));
  expect(await get(`/carts/${ordered}`)).toMatchObject(refused(404, 'CART_NOT_FOUND'));
  expect(await patch(`/carts/${ordered}`, { purchaser_id: 11 })).toMatchObject(refused(409, 'ORDER_NOT_CART'));
  fleet.rules.getMovedOnCart = 'ORDER_NOT_FOUND';
  expect(await get(`/carts/${ordered}`)).toMatchObject(refused(404, 'ORDER_NOT_FOUND'));
});
