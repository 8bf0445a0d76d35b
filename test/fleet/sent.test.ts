import { describe, expect, it } from 'vitest';
import { isFleetWrite } from '../../src/domain/failures/failure.ts';
import type { CountryCode, CurrencyCode, FleetAddressId, FleetOrderId, FleetUserId } from '../../src/domain/ids.ts';
import type { Fleet } from '../../src/fleet/fleet.ts';
import { InvalidFleetRequest } from '../../src/fleet/operations.ts';
import * as made from './support/calls.ts';
import { API_KEY, aFleet } from './support/fleet-client.ts';
import { json } from './support/fleet-server.ts';

const {
  answers,
  currency,
  deliveryCountry,
  fleetOrderId,
  orderItems,
  productGroupId,
  productId,
  purchaserId,
  signatoryId,
} = made;

/** What arrived for one call: method, URL and the body's exact bytes. */
async function sentBy(operation: keyof typeof answers, call: (fleet: Fleet) => Promise<unknown>) {
  const { fleet, server } = await aFleet(json(answers[operation].status, answers[operation].body));
  await call(fleet);
  expect(server.requests).toHaveLength(1);
  const request = server.requests[0];
  return { line: `${request?.method} ${request?.url}`, body: request?.body, headers: request?.headers };
}

describe('what changes something at Fleet', () => {
  // A write that is not known as one would be sent again after an unclear answer.
  it.each(made.operations)('%s is called a write exactly when it is sent as one', async (operation) => {
    const { line } = await sentBy(operation, made.calls[operation]);

    expect(isFleetWrite(operation)).toBe(!line.startsWith('GET '));
  });
});

describe('get, patch and validate a cart send exactly what the reference names', () => {
  it('gets a cart without query and body', async () => {
    const sent = await sentBy('getCart', (fleet) => fleet.getCart(fleetOrderId, 'person'));

    expect(sent.line).toBe('GET /platform/v1/carts/42');
    expect(sent.body).toBe('');
    expect(sent.headers).toEqual({
      accept: 'application/json',
      authorization: `Bearer ${API_KEY}`,
      'user-agent': 'fleet-for-slack',
      connection: 'keep-alive',
      host: expect.any(String),
    });
  });

  it('patches a cart with every field there is', async () => {
    const sent = await sentBy('patchCart', (fleet) =>
      fleet.patchCart(
        fleetOrderId,
        {
          purchaserId,
          orderItems: [
            {
              productId,
              deliveryCountry,
              keyboardLayout: 'FRENCH_AZERTY',
              fleetUserId: purchaserId,
              shippingAddressId: 56 as FleetAddressId,
            },
          ],
          acquisitionMode: 'BUY',
        },
        'person',
      ),
    );

    expect(sent.line).toBe('PATCH /platform/v1/carts/42');
    expect(sent.headers?.['content-type']).toBe('application/json');
    expect(sent.body).toBe(
      '{"purchaser_id":12,"order_items":[{"product_id":101,"delivery_country":"FR","keyboard_layout":"FRENCH_AZERTY",' +
        '"user_id":12,"shipping_address_id":56}],"acquisition_mode":"BUY"}',
    );
  });

  it('leaves out what is undefined instead of sending null', async () => {
    const item = { ...orderItems[0], keyboardLayout: undefined, fleetUserId: undefined, shippingAddressId: undefined };
    const sent = await sentBy('patchCart', (fleet) =>
      fleet.patchCart(fleetOrderId, { orderItems: [{ productId, deliveryCountry, ...item }] }, 'person'),
    );

    expect(sent.body).toBe('{"order_items":[{"product_id":101,"delivery_country":"FR"}]}');
  });

  it.each([
    [{ purchaserId }, '{"purchaser_id":12}'],
    [{ acquisitionMode: 'LEASING' as const }, '{"acquisition_mode":"LEASING"}'],
  ])('patches with one field alone: %o', async (body, bytes) => {
    const sent = await sentBy('patchCart', (fleet) => fleet.patchCart(fleetOrderId, body, 'person'));

    expect(sent.body).toBe(bytes);
  });

  it('validates with purchaser and signatory, always both', async () => {
    const sent = await sentBy('validateCart', (fleet) =>
      fleet.validateCart(fleetOrderId, { purchaserId, signatoryId }, 'background'),
    );

    expect(sent.line).toBe('POST /platform/v1/carts/42/validate');
    expect(sent.headers?.['content-type']).toBe('application/json');
    expect(sent.body).toBe('{"purchaser_id":12,"signatory_id":34}');
  });

  it('writes the largest exact id in plain digits', async () => {
    const largest = Number.MAX_SAFE_INTEGER as FleetOrderId;
    const { fleet, server } = await aFleet(json(404, { error: 'CART_NOT_FOUND' }));
    await fleet.getCart(largest, 'person');

    expect(server.requests[0]?.url).toBe('/platform/v1/carts/9007199254740991');
  });
});

describe('the other operations', () => {
  it.each<[keyof typeof answers, (fleet: Fleet) => Promise<unknown>, string]>([
    [
      'listProductGroups',
      (fleet) =>
        fleet.listProductGroups(
          { deliveryCountry, category: 'COMPUTER', search: 'mac & 14"', limit: 100, offset: 0 },
          'person',
        ),
      '/catalog/product-groups?delivery_country=FR&limit=100&offset=0&category=COMPUTER&search=mac+%26+14%22',
    ],
    [
      'listProducts',
      (fleet) => fleet.listProducts({ productGroupId, deliveryCountry }, 'person'),
      '/catalog/product-groups/7/products?delivery_country=FR',
    ],
    [
      'getPricing',
      (fleet) =>
        fleet.getPricing(
          { productId, deliveryCountry, currency, acquisitionMode: 'BUY', keyboardLayout: 'SWISS_QWERTZ' },
          'person',
        ),
      '/catalog/products/101/pricing?delivery_country=FR&currency=EUR&acquisition_mode=BUY&keyboard_layout=SWISS_QWERTZ',
    ],
    [
      'listCarts',
      (fleet) => fleet.listCarts({ purchaserId, limit: 1, offset: 3 }, 'person'),
      '/carts?purchaser_id=12&limit=1&offset=3',
    ],
    ['listCarts', (fleet) => fleet.listCarts({}, 'person'), '/carts'],
    [
      'getPricing',
      made.calls.getPricing,
      '/catalog/products/101/pricing?delivery_country=FR&currency=EUR&acquisition_mode=LEASING',
    ],
    ['listOrders', (fleet) => fleet.listOrders({ limit: 50 }, 'background'), '/orders?limit=50'],
    ['getOrder', (fleet) => fleet.getOrder(fleetOrderId, 'person'), '/orders/42'],
    ['listUsers', (fleet) => fleet.listUsers({ limit: 100, offset: 200 }, 'refresh'), '/users?limit=100&offset=200'],
    ['getUser', (fleet) => fleet.getUser(purchaserId, 'person'), '/users/12'],
    ['listAddresses', (fleet) => fleet.listAddresses({}, 'refresh'), '/addresses'],
    ['listUserAddresses', (fleet) => fleet.listUserAddresses({ offset: 50 }, 'refresh'), '/user-addresses?offset=50'],
    ['listDevices', (fleet) => fleet.listDevices({ fleetUserId: purchaserId }, 'person'), '/devices?user_id=12'],
  ])('%s', async (operation, call, url) => {
    const sent = await sentBy(operation, call);

    expect(sent.line).toBe(`GET /platform/v1${url}`);
    expect(sent.body).toBe('');
  });

  it('creates a cart', async () => {
    const sent = await sentBy('createCart', made.calls.createCart);

    expect(sent.line).toBe('POST /platform/v1/carts');
    expect(sent.body).toBe(
      '{"purchaser_id":12,"order_items":[{"product_id":101,"delivery_country":"FR"}],"acquisition_mode":"LEASING"}',
    );
  });
});

describe('people, addresses and devices are written with the fields that the reference names', () => {
  it.each<[keyof typeof answers, (fleet: Fleet) => Promise<unknown>, string, string]>([
    [
      'createUser',
      (fleet) => fleet.createUser({ ...made.newColleague, startDate: '2026-12-15' }, 'background'),
      'POST /platform/v1/users',
      '{"email":"noah.weber@example.com","first_name":"Noah","last_name":"Weber","arrival_date":"2026-12-15"}',
    ],
    [
      'createAddress',
      (fleet) => fleet.createAddress({ ...made.newAddress, address2: '2.º Esq.' }, 'background'),
      'POST /platform/v1/addresses',
      '{"first_name":"Noah","last_name":"Weber","phone":"+351912345678","phone_country":"PT",' +
        '"address1":"Rua das Flores 5","address2":"2.º Esq.","zip":"1200-195","city":"Lisboa","country":"PT",' +
        '"label":"Noah Weber"}',
    ],
    [
      'updateAddress',
      (fleet) => fleet.updateAddress(made.addressId, { city: ' Porto ' }, 'background'),
      'PATCH /platform/v1/addresses/56',
      '{"city":"Porto"}',
    ],
    ['updateDevice', made.calls.updateDevice, 'PATCH /platform/v1/devices/900', '{"user_id":12}'],
  ])('%s', async (operation, call, line, body) => {
    expect(await sentBy(operation, call)).toMatchObject({ line, body });
  });
});

describe('what the reference forbids is never sent', () => {
  const line = { productId, deliveryCountry };
  const patch = (body: object) => (fleet: Fleet) => fleet.patchCart(fleetOrderId, body, 'person');
  const asOrderId = (id: unknown) => id as FleetOrderId;

  it.each<[string, (fleet: Fleet) => Promise<unknown>]>([
    ['id 0', (fleet) => fleet.getCart(asOrderId(0), 'person')],
    ['a negative id', (fleet) => fleet.getCart(asOrderId(-1), 'person')],
    ['half an id', (fleet) => fleet.getOrder(asOrderId(1.5), 'person')],
    ['an inexact id', (fleet) => fleet.getCart(asOrderId(2 ** 53), 'person')],
    ['NaN', (fleet) => fleet.validateCart(asOrderId(Number.NaN), { purchaserId, signatoryId }, 'person')],
    ['an id as text', (fleet) => fleet.patchCart(asOrderId('42'), { purchaserId }, 'person')],
    ['a path in an id', (fleet) => fleet.getUser('1/../2' as unknown as FleetUserId, 'person')],
    ['an empty patch', patch({})],
    ['a patch of undefined', patch({ purchaserId: undefined })],
    ['a patch without lines', patch({ orderItems: [] })],
    ['an unknown field in a patch', patch({ purchaserId, quantity: 2 })],
    ['an unknown field in a line', patch({ orderItems: [{ ...line, quantity: 2 }] })],
    ['null instead of nothing', patch({ orderItems: [{ ...line, fleetUserId: null }] })],
    ['a line without country', patch({ orderItems: [{ productId }] })],
    ['a country by name', patch({ orderItems: [{ ...line, deliveryCountry: 'France' }] })],
    ['a lower-case country', patch({ orderItems: [{ ...line, deliveryCountry: 'fr' }] })],
    ['an unknown layout', patch({ orderItems: [{ ...line, keyboardLayout: 'BELGIAN_AZERTY' }] })],
    ['an unknown mode', patch({ acquisitionMode: 'RENT' })],
    ['a validate without signatory', (fleet) => fleet.validateCart(fleetOrderId, { purchaserId } as never, 'person')],
    [
      'an unknown field in a validate',
      (fleet) => fleet.validateCart(fleetOrderId, { purchaserId, signatoryId, force: true } as never, 'person'),
    ],
    [
      'a cart without lines',
      (fleet) => fleet.createCart({ purchaserId, orderItems: [], acquisitionMode: 'BUY' }, 'person'),
    ],
    ['a cart without mode', (fleet) => fleet.createCart({ purchaserId, orderItems } as never, 'person')],
    ['limit 0', (fleet) => fleet.listUsers({ limit: 0 }, 'person')],
    ['limit 101', (fleet) => fleet.listOrders({ limit: 101 }, 'person')],
    ['half a limit', (fleet) => fleet.listAddresses({ limit: 1.5 }, 'person')],
    ['offset -1', (fleet) => fleet.listUserAddresses({ offset: -1 }, 'person')],
    ['an unknown filter', (fleet) => fleet.listDevices({ fleetUserId: purchaserId, search: 'x' } as never, 'person')],
    ['an empty search', (fleet) => fleet.listProductGroups({ deliveryCountry, search: '' }, 'person')],
    [
      'an unknown category',
      (fleet) => fleet.listProductGroups({ deliveryCountry, category: 'CAR' } as never, 'person'),
    ],
    [
      'an alpha-3 country',
      (fleet) => fleet.listProducts({ productGroupId, deliveryCountry: 'FRA' as CountryCode }, 'person'),
    ],
    [
      'a currency sign',
      (fleet) =>
        fleet.getPricing(
          { productId, deliveryCountry, currency: '€' as CurrencyCode, acquisitionMode: 'BUY' },
          'person',
        ),
    ],
    ['no email', (fleet) => fleet.createUser({ ...made.newColleague, email: 'noah' }, 'person')],
    ['a role', (fleet) => fleet.createUser({ ...made.newColleague, role: 'ADMIN' } as never, 'person')],
    ['a start on no day', (fleet) => fleet.createUser({ ...made.newColleague, startDate: '2026-02-30' }, 'person')],
    ['an empty name', (fleet) => fleet.createUser({ ...made.newColleague, lastName: ' ' }, 'person')],
    [
      'a line of 71 characters',
      (fleet) => fleet.createAddress({ ...made.newAddress, address1: 'x'.repeat(71) }, 'person'),
    ],
    ['a national number', (fleet) => fleet.createAddress({ ...made.newAddress, phone: '912345678' }, 'person')],
    ['no label', (fleet) => fleet.createAddress({ ...made.newAddress, label: '' }, 'person')],
    ['a change of nothing', (fleet) => fleet.updateAddress(made.addressId, {}, 'person')],
    ['address 0', (fleet) => fleet.updateAddress(0 as FleetAddressId, { city: 'Porto' }, 'person')],
    ['a device for nobody', (fleet) => fleet.updateDevice(made.fleetDeviceId, {} as never, 'person')],
    ['purchaser 0', (fleet) => fleet.listCarts({ purchaserId: 0 as FleetUserId }, 'person')],
  ])('%s', async (_, call) => {
    const { fleet, server, steps } = await aFleet(json(200, {}));

    await expect(call(fleet)).rejects.toThrow(InvalidFleetRequest);

    expect(server.requests).toHaveLength(0);
    expect(steps).toEqual([]);
  });

  it('takes the bounds themselves', async () => {
    const { fleet, server } = await aFleet(json(200, answers.listUsers.body));
    await fleet.listUsers({ limit: 1, offset: 0 }, 'person');
    await fleet.listUsers({ limit: 100 }, 'person');

    expect(server.requests.map((request) => request.url)).toEqual([
      '/platform/v1/users?limit=1&offset=0',
      '/platform/v1/users?limit=100',
    ]);
  });

  it('names the field and no value', async () => {
    const { fleet } = await aFleet(json(200, {}));
    const item = { ...line, deliveryCountry: 'Rue de Rivoli 1' as CountryCode };
    const thrown = await fleet.patchCart(fleetOrderId, { orderItems: [item] }, 'person').catch((error) => error);

    expect(thrown).toMatchObject({ name: 'InvalidFleetRequest', operation: 'patchCart' });
    expect(thrown.message).toBe('patchCart: orderItems.0.deliveryCountry: invalid_format');
  });
});
