import { expect, it } from 'vitest';
import { aSeed } from '../../fleet/seed/a-seed.ts';
import { anApi, refused } from './api.ts';

it('lists an order only once the cart has been validated', async () => {
  const { get, fleet, aCart } = await anApi({ now: () => Date.UTC(2026, 10, 21, 8) });
  const id = await aCart();

  expect(await get(`/orders/${id}`)).toMatchObject(refused(404, 'ORDER_NOT_FOUND'));
  expect((await get('/orders')).body).toMatchObject({ data: [], meta: { total: 0 } });
  fleet.cockpit.validate(id);

  expect((await get(`/orders/${id}`)).body).toEqual({
    data: {
      order_id: id,
      client_status: 'BEING_PROCESSED',
      device_names: new Array(4).fill('MacBook Pro 14 M4 16 GB 512 GB'),
      rent: '219.60',
      rent_currency: 'EUR',
      order_number: 'FL-000042',
      contract_number: null,
      order_date: '2026-11-21T08:00:00.000Z',
      num_devices: 4,
    },
  });
});

it('advances an order and its devices along the usual path', async () => {
  const { get, fleet, aCart } = await anApi();
  const id = await aCart();
  fleet.cockpit.addLine(id, { productId: 131, userId: 13 });
  fleet.cockpit.validate(id);

  const way = Array.from({ length: 5 }, () => fleet.cockpit.advance(id));

  expect(way).toEqual(['SIGNING', 'PROCESSING', 'SHIPPED', 'RECEPTION_TO_CONFIRM', 'ONGOING_ORDER']);
  expect((await get(`/orders/${id}`)).body).toMatchObject({
    data: { client_status: 'ONGOING_ORDER', contract_number: 'CT-000042' },
  });
  expect((await get('/devices?user_id=13&client_status=IN_SERVICE')).body).toMatchObject({
    data: [{ name: null }, { name: 'UltraSharp 27 U2724DE' }],
  });
});

it('accepts any status, even an undocumented one', async () => {
  const { get, fleet, aCart } = await anApi();
  const id = await aCart();
  fleet.cockpit.validate(id);

  fleet.cockpit.setStatus(id, 'LOST_AT_SEA');

  expect((await get(`/orders/${id}`)).body).toMatchObject({ data: { client_status: 'LOST_AT_SEA' } });
});

it('pages two thousand orders, newest first, without filters', async () => {
  const { get } = await anApi({ seed: aSeed({ openOrders: 2000, openCarts: 20 }) });

  const { body } = await get('/orders?limit=100&offset=1900');
  const carts = await get('/carts?limit=100');

  expect(body).toMatchObject({ meta: { total: 2000, limit: 100, offset: 1900 } });
  expect((body as { data: { order_id: number }[] }).data.at(-1)).toMatchObject({ order_id: 1001 });
  expect(carts.body).toMatchObject({ meta: { total: 20 } });
  expect(await get('/orders?client_status=SHIPPED')).toMatchObject(
    refused(400, 'query.client_status is not a known field'),
  );
});

it('shows changes made in the cockpit in the cart', async () => {
  const { get, fleet, aCart } = await anApi();
  const id = await aCart();

  fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });
  fleet.cockpit.removeLine(id, 0);
  fleet.cockpit.addLine(id, { name: 'Standing desk, made to measure', amount: 12.5 });
  fleet.cockpit.setPurchaser(id, null);

  expect((await get(`/carts/${id}`)).body).toMatchObject({
    data: {
      rent: '192.50',
      num_devices: 4,
      purchaser_id: null,
      devices: [{}, {}, {}, { product_id: null, rent: '12.50' }],
    },
  });
});
