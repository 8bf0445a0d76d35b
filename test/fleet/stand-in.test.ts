import { describe, expect, it, onTestFinished } from 'vitest';
import { type FleetOptions, startFleet } from '../../sandbox/fleet/start.ts';
import type {
  CountryCode,
  CurrencyCode,
  FleetOrderId,
  FleetProductGroupId,
  FleetProductId,
  FleetUserId,
} from '../../src/domain/ids.ts';
import type { FleetResult } from '../../src/fleet/fleet.ts';
import { aFleetClient } from './support/fleet-client.ts';

const ben = 12 as FleetUserId;
const clara = 21 as FleetUserId;
const macBook = 101 as FleetProductId;
const screen = 131 as FleetProductId;
const deliveryCountry = 'FR' as CountryCode;
const line = { productId: macBook, deliveryCountry, keyboardLayout: 'FRENCH_AZERTY' as const };

async function aStandIn(options: FleetOptions = {}) {
  const standIn = await startFleet(options);
  onTestFinished(() => standIn.close());
  const client = aFleetClient(standIn.url, { apiKey: standIn.apiKey, timeoutsMs: { read: 2_500, write: 2_500 } });
  return { ...client, standIn };
}

function readValue<T>(result: FleetResult<T>): T {
  if (!result.ok) throw new Error(`Fleet said ${JSON.stringify(result.failure)}`);
  return result.value;
}

async function aCart(options: FleetOptions = {}) {
  const setup = await aStandIn(options);
  const body = { purchaserId: ben, orderItems: [line, line], acquisitionMode: 'LEASING' as const };
  return { ...setup, ...readValue(await setup.fleet.createCart(body, 'person')) };
}

describe('the life of a cart against the stand-in that keeps to the contract', () => {
  it('from nothing to an order', async () => {
    const { fleet, fleetOrderId, standIn, oddities } = await aCart();
    const found = readValue(await fleet.listCarts({ purchaserId: ben }, 'person'));
    const patched = readValue(
      await fleet.patchCart(
        fleetOrderId,
        { orderItems: [line, { ...line, productId: screen, keyboardLayout: undefined }] },
        'person',
      ),
    );
    const validated = readValue(
      await fleet.validateCart(fleetOrderId, { purchaserId: ben, signatoryId: clara }, 'background'),
    );
    const order = readValue(await fleet.getOrder(fleetOrderId, 'background'));

    expect(found.items.map((cart) => cart.fleetOrderId)).toEqual([fleetOrderId]);
    expect(patched.devices.map((device) => device.productId)).toEqual([macBook, screen]);
    expect(validated).toEqual({ fleetOrderId, clientStatus: 'BEING_PROCESSED' });
    expect(order).toMatchObject({ fleetOrderId, clientStatus: 'BEING_PROCESSED', rentCurrency: 'EUR' });
    expect(standIn.validateCommits(fleetOrderId)).toBe(1);
    expect(oddities).toEqual([]);
  });

  it('says which refusal it was', async () => {
    const { fleet, fleetOrderId } = await aCart();
    const again = await fleet.createCart({ purchaserId: ben, orderItems: [line], acquisitionMode: 'BUY' }, 'person');
    const noLayout = await fleet.patchCart(
      fleetOrderId,
      { orderItems: [{ productId: macBook, deliveryCountry }] },
      'person',
    );
    const nobody = await fleet.validateCart(
      fleetOrderId,
      { purchaserId: 999_999 as FleetUserId, signatoryId: clara },
      'person',
    );
    await fleet.validateCart(fleetOrderId, { purchaserId: ben, signatoryId: clara }, 'person');
    const second = await fleet.validateCart(fleetOrderId, { purchaserId: ben, signatoryId: clara }, 'person');
    const late = await fleet.patchCart(fleetOrderId, { orderItems: [line] }, 'person');

    expect(again).toMatchObject({ failure: { kind: 'rejected', code: 'CART_ALREADY_EXISTS', status: 409 } });
    expect(noLayout).toMatchObject({ failure: { kind: 'rejected', code: 'KEYBOARD_LAYOUT_REQUIRED', status: 400 } });
    expect(nobody).toMatchObject({ failure: { kind: 'rejected', code: 'INVALID_PURCHASER', status: 400 } });
    expect(second).toMatchObject({ failure: { kind: 'rejected', code: 'ORDER_NOT_CART', status: 409 } });
    expect(late).toMatchObject({ failure: { kind: 'rejected', code: 'ORDER_NOT_CART', status: 409 } });
    expect(await fleet.getCart(404_404 as FleetOrderId, 'person')).toMatchObject({
      failure: { kind: 'rejected', code: 'CART_NOT_FOUND', status: 404 },
    });
  });

  it.each([
    ['reset_after_commit', { kind: 'no_answer', why: 'reset' }],
    ['hang_after_commit', { kind: 'no_answer', why: 'timeout' }],
    ['hang_mid_body', { kind: 'no_answer', why: 'timeout' }],
    ['reset_mid_body', { kind: 'no_answer', why: 'reset' }],
    ['server_error_after_commit', { kind: 'unavailable' }],
    ['html', { kind: 'unavailable', status: 502 }],
    ['broken_json', { kind: 'unreadable', issue: 'not JSON' }],
    ['empty_body', { kind: 'unreadable', issue: 'empty' }],
    ['huge_body', { kind: 'unreadable' }],
    ['wrong_shape', { kind: 'unreadable' }],
  ] as const)('validates once, although it is answered by %s', async (kind, failure) => {
    const { fleet, fleetOrderId, standIn } = await aCart({ rules: { secondValidate: 'again' } });
    standIn.faults.add({ operation: 'validateCart', kind });

    const result = await fleet.validateCart(fleetOrderId, { purchaserId: ben, signatoryId: clara }, 'background');

    expect(result).toMatchObject({ ok: false, failure });
    expect(standIn.journal.count('validateCart')).toBe(1);
    expect(standIn.validateCommits(fleetOrderId)).toBe(1);
  });
});

describe('catalog and people of the stand-in', () => {
  it('are read without a single oddity', async () => {
    const { fleet, oddities } = await aStandIn({ requestsPerMinute: Number.POSITIVE_INFINITY });
    const groups = readValue(
      await fleet.listProductGroups({ deliveryCountry, category: 'COMPUTER', search: 'macbook', limit: 100 }, 'person'),
    );
    const products = readValue(
      await fleet.listProducts({ productGroupId: 1 as FleetProductGroupId, deliveryCountry }, 'person'),
    );
    const pricing = readValue(
      await fleet.getPricing(
        {
          productId: macBook,
          deliveryCountry,
          currency: 'EUR' as CurrencyCode,
          acquisitionMode: 'LEASING',
          keyboardLayout: 'FRENCH_AZERTY',
        },
        'person',
      ),
    );
    const users = readValue(await fleet.listUsers({ limit: 100 }, 'refresh'));
    const addresses = readValue(await fleet.listAddresses({ limit: 100 }, 'refresh'));
    const links = readValue(await fleet.listUserAddresses({ limit: 100 }, 'refresh'));
    const devices = readValue(await fleet.listDevices({ fleetUserId: ben }, 'person'));
    const orders = readValue(await fleet.listOrders({}, 'background'));

    expect(groups.items[0]).toMatchObject({ name: 'MacBook Pro 14', brand: 'apple', category: 'COMPUTER' });
    expect(products.items[0]).toMatchObject({
      productId: macBook,
      hasKeyboard: true,
      characteristics: { ram: '16 GB' },
    });
    expect(products.items[0]?.keyboardLayouts).toContain('FRENCH_AZERTY');
    expect(pricing.amount).toMatch(/^\d+(\.\d+)?$/);
    expect(users.items.find((user) => user.fleetUserId === clara)).toMatchObject({ role: 'ADMIN' });
    expect([addresses.items.length, links.items.length].every((count) => count > 0)).toBe(true);
    expect([devices.items.length, orders.total].every((count) => count >= 0)).toBe(true);
    expect(oddities).toEqual([]);
  });

  it('know a key that is wrong and one that may only read', async () => {
    const { standIn } = await aStandIn();
    const wrong = aFleetClient(standIn.url, { apiKey: 'flt_sk_wrong' });
    const readOnly = aFleetClient(standIn.url, { apiKey: standIn.readOnlyKey });
    const body = { purchaserId: ben, orderItems: [line], acquisitionMode: 'LEASING' as const };

    expect(await wrong.fleet.listUsers({}, 'person')).toMatchObject({ failure: { kind: 'unauthorized' } });
    expect(await readOnly.fleet.createCart(body, 'person')).toMatchObject({ failure: { kind: 'insufficient_scope' } });
    expect((await readOnly.fleet.listUsers({}, 'person')).ok).toBe(true);
  });

  it('limit a minute, say so in headers, and are obeyed', async () => {
    const { fleet, standIn, pauses } = await aStandIn({ requestsPerMinute: 2 });
    await fleet.listUsers({}, 'person');
    await fleet.listUsers({}, 'person');
    const third = await fleet.listUsers({}, 'person');

    expect(third).toMatchObject({ failure: { kind: 'rate_limited', retryAfterMs: 60_000 } });
    expect(pauses).toEqual([60_000, 60_000]);
    expect(standIn.journal.count('listUsers')).toBe(3);
  });
});
