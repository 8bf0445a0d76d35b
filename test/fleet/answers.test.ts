import { describe, expect, it } from 'vitest';
import { type Category, clientStatuses, keyboardLayouts } from '../../src/domain/vocabulary.ts';
import { answers, calls, cartData, operations, orderData, page } from './support/calls.ts';
import { aFleet } from './support/fleet-client.ts';
import { json } from './support/fleet-server.ts';

async function answered(operation: keyof typeof calls, body: unknown, status = 200) {
  const { fleet, oddities } = await aFleet(json(status, body));
  return { result: await calls[operation](fleet), oddities };
}

describe('a good answer', () => {
  it.each(operations)('%s is read', async (operation) => {
    const { result, oddities } = await answered(operation, answers[operation].body, answers[operation].status);

    expect(result.ok).toBe(true);
    expect(oddities).toEqual([]);
  });

  it.each(['getCart', 'patchCart'] as const)('%s gives every field of GetCartResponse', async (operation) => {
    const { result } = await answered(operation, { data: cartData });

    expect(result).toEqual({
      ok: true,
      value: {
        fleetOrderId: 42,
        purchaserId: 12,
        numDevices: 1,
        rent: '54.90',
        currency: 'EUR',
        devices: [{ fleetDeviceId: 900, name: 'MacBook Pro', rent: '54.90', productId: 101 }],
      },
    });
  });

  it('takes null wherever GetCartResponse allows it, and fields that it does not know', async () => {
    const nulls = { purchaser_id: null, num_devices: null, rent: null, currency: null };
    const device = { id: 900, name: null, rent: null, product_id: null, colour: 'grey' };
    const { result } = await answered('getCart', { data: { id: 42, ...nulls, devices: [device], note: 'x' } });

    expect(result).toEqual({
      ok: true,
      value: {
        fleetOrderId: 42,
        purchaserId: null,
        numDevices: null,
        rent: null,
        currency: null,
        devices: [{ fleetDeviceId: 900, name: null, rent: null, productId: null }],
      },
    });
  });

  it.each([...clientStatuses, 'TELEPORTING'])('validate gives client status %s as it comes', async (status) => {
    const { result } = await answered('validateCart', { data: { order_id: 42, client_status: status } });

    expect(result).toEqual({ ok: true, value: { fleetOrderId: 42, clientStatus: status } });
  });

  it('gives an order, and null for what it leaves out', async () => {
    expect((await answered('getOrder', { data: orderData })).result).toMatchObject({
      value: {
        fleetOrderId: 42,
        clientStatus: 'SHIPPED',
        deviceNames: ['MacBook Pro'],
        rent: '54.90',
        rentCurrency: 'EUR',
        orderNumber: 'FL-42',
        contractNumber: null,
        orderDate: '2026-11-20',
        numDevices: 1,
      },
    });
    expect((await answered('getOrder', { data: { order_id: 42, device_names: [null, 'Mouse'] } })).result).toEqual({
      ok: true,
      value: {
        fleetOrderId: 42,
        clientStatus: 'UNKNOWN',
        deviceNames: ['Mouse'],
        rent: null,
        rentCurrency: null,
        orderNumber: null,
        contractNumber: null,
        orderDate: null,
        numDevices: null,
      },
    });
  });

  it('gives the page it is on', async () => {
    const { result } = await answered('listOrders', { data: [orderData], meta: { total: 9, limit: 1, offset: 3 } });
    expect(result).toMatchObject({ value: { items: [{ fleetOrderId: 42 }], total: 9, limit: 1, offset: 3 } });
  });

  it('gives e-mails as Fleet has them, trimmed', async () => {
    const user = {
      id: 12,
      email: ' Anna.B@E\u212aample.COM ',
      secondary_email: '  ',
      first_name: 'Anna',
      last_name: null,
      role: 'EMPLOYEE',
    };
    const { result } = await answered('getUser', { data: user });

    expect(result).toEqual({
      ok: true,
      value: {
        fleetUserId: 12,
        email: 'Anna.B@E\u212aample.COM',
        secondaryEmail: null,
        firstName: 'Anna',
        lastName: null,
        role: 'EMPLOYEE',
      },
    });
  });

  it('does not invent a role', async () => {
    expect((await answered('getUser', { data: { id: 12 } })).result).toMatchObject({
      value: { role: 'UNKNOWN', email: null },
    });
  });

  it.each([
    [54.9, '54.9'],
    [54.900000000000006, '54.9'],
    [0, '0'],
    [1200, '1200'],
    ['54.90', '54.9'],
    ['1200', '1200'],
  ])('gives the price %j as %j', async (amount, shown) => {
    const { result } = await answered('getPricing', { data: { amount, min_shipping: null, max_shipping: 5 } });
    expect(result).toEqual({ ok: true, value: { amount: shown, minShipping: null, maxShipping: 5 } });
  });

  it('takes shipping bounds that are left out for unknown', async () => {
    expect((await answered('getPricing', { data: { amount: 1 } })).result).toMatchObject({
      value: { minShipping: null, maxShipping: null },
    });
  });
});

describe('what Fleet does not document, read wherever it may stand', () => {
  const category: Category = 'COMPUTER';

  it.each([
    [
      { id: 7, name: 'MacBook', brand: 'apple', category, img_url: 'https://x/1.png' },
      ['MacBook', 'apple', category, 'https://x/1.png'],
    ],
    [
      { product_group_id: 7, marketing_name: 'MacBook', brand_name: 'apple', image: 'https://x/1.png' },
      ['MacBook', 'apple', null, 'https://x/1.png'],
    ],
    [{ id: 7, name: ' ', title: 'MacBook', brand: { name: 'apple' } }, ['MacBook', null, null, null]],
  ])('a product group %#', async (row, [name, brand, kind, imageUrl]) => {
    const { result } = await answered('listProductGroups', page(row));
    expect(result).toMatchObject({
      value: { items: [{ productGroupId: 7, name, brand, category: kind, imageUrl }] },
    });
  });

  it.each([
    [{ keyboard_layouts: ['FRENCH_AZERTY', 3, 'NEW_ONE'] }, true, ['FRENCH_AZERTY', 'NEW_ONE']],
    [{ characteristics: { keyboard_layouts: [...keyboardLayouts] } }, true, keyboardLayouts],
    [{ keyboard_layouts: null }, false, []],
    [{ has_keyboard: true }, true, []],
    [{ has_keyboard: false, keyboard_layouts: 'FRENCH_AZERTY' }, false, []],
  ])('the keyboard layouts of a product %#', async (fields, hasKeyboard, layouts) => {
    const { result } = await answered('listProducts', { data: [{ id: 101, ...fields }] });
    expect(result).toMatchObject({
      value: { items: [{ productId: 101, hasKeyboard, keyboardLayouts: layouts, characteristics: {} }] },
    });
  });

  it("the characteristics that hold a value, under Fleet's own keys", async () => {
    const characteristics = {
      ram: '16 GB',
      weight: 1.24,
      has_screen: false,
      compliance: ['CE', null, ' '],
      color: null,
      power: '',
      connection_type: [],
      nested: { a: 1 },
    };
    const product = { id: 101, name: 'M4', img_url: 'https://x/1.png', product_group_id: 7, characteristics };
    const { result } = await answered('listProducts', { data: [product] });

    expect(result).toEqual({
      ok: true,
      value: {
        unreadableAt: [],
        items: [
          {
            productId: 101,
            name: 'M4',
            hasKeyboard: false,
            keyboardLayouts: [],
            imageUrl: 'https://x/1.png',
            productGroupId: 7,
            characteristics: { ram: '16 GB', weight: '1.24', has_screen: 'false', compliance: 'CE' },
          },
        ],
      },
    });
  });

  it('a row of the order list that calls its id as carts do', async () => {
    expect((await answered('listOrders', page({ id: 42 }))).result).toMatchObject({
      value: { items: [{ fleetOrderId: 42, clientStatus: 'UNKNOWN' }] },
    });
  });

  it('an address, without the part of it that says where somebody lives', async () => {
    const row = {
      id: 56,
      label: 'HQ',
      country: ' fr',
      city: 'Paris',
      address1: 'Rue X',
      is_default: true,
      is_hq: true,
    };
    const { result } = await answered('listAddresses', page(row, { id: 57, country: 'France' }));

    expect(result).toMatchObject({
      value: {
        items: [
          { addressId: 56, label: 'HQ', country: 'FR', city: 'Paris', isDefault: true, isHeadquarters: true },
          { addressId: 57, label: null, country: null, city: null, isDefault: false, isHeadquarters: false },
        ],
      },
    });
    expect(JSON.stringify(result)).not.toContain('Rue X');
  });

  it('an address list without meta is one page, and that is told', async () => {
    const { result, oddities } = await answered('listAddresses', { data: [{ id: 56 }, { id: 57 }] });

    expect(result).toMatchObject({ value: { items: [{}, {}], total: 2, limit: 2, offset: 0, isUnpaged: true } });
    expect(oddities).toEqual([
      { message: 'Fleet sent a page without its total', fields: { operation: 'listAddresses' } },
    ]);
  });
});

describe('an answer of another shape', () => {
  it('drops the one bad row and counts it', async () => {
    const { result, oddities } = await answered(
      'listUsers',
      page({ id: 12 }, { id: 'anna@example.com' }, 7, { id: 13 }),
    );

    expect(result).toMatchObject({
      value: { items: [{ fleetUserId: 12 }, { fleetUserId: 13 }], unreadableAt: [1, 2], total: 4 },
    });
    expect(oddities).toEqual([
      {
        message: 'Fleet sent rows that could not be read',
        fields: { operation: 'listUsers', rows: 2, issue: 'id: invalid_type' },
      },
    ]);
  });

  it('takes several rows of which none is readable for another shape', async () => {
    expect((await answered('listProductGroups', page({ group: 1 }, { group: 2 }))).result).toEqual({
      ok: false,
      failure: { operation: 'listProductGroups', kind: 'unreadable', issue: 'data[]: id: custom', status: 200 },
    });
    expect((await answered('listDevices', page({ id: '1' }))).result).toMatchObject({ value: { items: [] } });
  });

  it('overlooks no cart: one bad row fails the page', async () => {
    expect((await answered('listCarts', page(cartData, { ...cartData, devices: null }))).result).toEqual({
      ok: false,
      failure: { operation: 'listCarts', kind: 'unreadable', issue: 'data[]: devices: invalid_type', status: 200 },
    });
  });

  const requiredOfCart = ['id', 'purchaser_id', 'num_devices', 'rent', 'currency', 'devices'];
  it.each(requiredOfCart)('a cart without %s is unreadable', async (field) => {
    const { result } = await answered('patchCart', { data: { ...cartData, [field]: undefined } });
    expect(result).toMatchObject({
      failure: { kind: 'unreadable', issue: expect.stringContaining(`data.${field}: `), status: 200 },
    });
  });

  it.each(['id', 'name', 'rent', 'product_id'])('a cart with a device without %s is unreadable', async (field) => {
    const devices = [{ ...cartData.devices[0], [field]: undefined }];
    const { result } = await answered('getCart', { data: { ...cartData, devices } });
    expect(result).toMatchObject({ failure: { issue: expect.stringContaining(`data.devices.0.${field}: `) } });
  });

  it.each([
    ['getCart', { data: { ...cartData, id: 43 } }],
    ['patchCart', { data: { ...cartData, id: 43 } }],
    ['validateCart', { data: { order_id: 43, client_status: 'SIGNING' } }],
    ['getOrder', { data: { ...orderData, order_id: 43 } }],
  ] as const)('%s: an answer about another cart or order is none', async (operation, body) => {
    expect((await answered(operation, body)).result).toMatchObject({
      failure: { kind: 'unreadable', issue: 'another order than the one asked for' },
    });
  });

  it.each([
    ['getPricing', { data: { amount: -1 } }, 'data.amount: invalid_type'],
    ['getPricing', { data: { amount: 'a lot' } }, 'data.amount: invalid_type'],
    ['getPricing', { data: { amount: 1e300 } }, 'data.amount: invalid_type'],
    ['getPricing', { data: {} }, 'data.amount: invalid_union'],
    ['createCart', { data: { order_id: 0 } }, 'data.order_id: too_small'],
    ['validateCart', { data: { order_id: 42 } }, 'data.client_status: invalid_type'],
    ['validateCart', { error: 'CART_NOT_FOUND' }, 'data: invalid_type'],
    ['getOrder', [], 'answer: invalid_type'],
    ['getOrder', null, 'answer: invalid_type'],
    ['listProducts', { data: {} }, 'data: invalid_type'],
    ['listUsers', { data: 'x' }, 'data: invalid_type'],
    ['listUsers', { data: [] }, 'meta: invalid_type'],
    ['listDevices', { data: [], meta: { total: '1', limit: 1, offset: 0 } }, 'meta.total: invalid_type'],
  ] as const)('%s of %j', async (operation, body, issue) => {
    expect((await answered(operation, body)).result).toEqual({
      ok: false,
      failure: { operation, kind: 'unreadable', issue, status: 200 },
    });
  });
});
