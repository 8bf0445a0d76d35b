import { expect, it } from 'vitest';
import type { Change } from '../../fleet/state.ts';
import { anApi, screen } from './api.ts';

it('records every request with its route, key, query, body, status and duration', async () => {
  const { get, patch, fleet, aCart } = await anApi({ now: () => 1234 });
  const id = await aCart();

  await patch(`/carts/${id}`, { order_items: [screen] });
  await get('/users?limit=2', fleet.readOnlyKey);

  expect(fleet.journal.entries().slice(1)).toMatchObject([
    {
      ...{
        time: 1234,
        method: 'PATCH',
        route: '/carts/{order_id}',
        path: '/platform/v1/carts/42',
        operation: 'patchCart',
      },
      ...{ key: fleet.apiKey, query: {}, body: { order_items: [screen] }, status: 200, faults: [] },
      durationMs: expect.any(Number),
    },
    { route: '/users', key: fleet.readOnlyKey, query: { limit: '2' }, body: null, status: 200 },
  ]);
});

it('counts by route and by operation, refusals included', async () => {
  const { get, fleet, aCart } = await anApi();
  await aCart();
  await get('/carts/42');
  await get('/carts/43');
  await get('/nowhere');

  expect(fleet.journal.countByRoute()).toEqual({ 'POST /carts': 1, 'GET /carts/{order_id}': 2, 'GET /nowhere': 1 });
  expect(fleet.journal.count('getCart')).toBe(2);
  expect(fleet.journal.of('getCart').map((entry) => entry.status)).toEqual([200, 404]);
  fleet.journal.clear();
  expect(fleet.journal.countByRoute()).toEqual({});
  expect(fleet.journal.entries()).toEqual([]);
});

it('notifies subscribers of every change until they unsubscribe', async () => {
  const { patch, post, fleet, aCart } = await anApi({ now: () => 7 });
  const seen: Change[] = [];
  const leave = fleet.subscribe((change) => seen.push(change));

  const id = await aCart();
  await patch(`/carts/${id}`, { order_items: [screen] });
  fleet.cockpit.addLine(id, { productId: 131 });
  await post(`/carts/${id}/validate`, { purchaser_id: 11 });
  fleet.cockpit.advance(id);
  leave();
  fleet.cockpit.advance(id);

  expect(seen.map(({ what }) => what)).toEqual([
    ...['cart_created', 'cart_patched', 'cart_changed_in_cockpit', 'cart_validated', 'order_status'],
  ]);
  expect(seen[0]).toEqual({ at: 7, what: 'cart_created', orderId: 42 });
});

it('returns its state as a plain JSON copy', async () => {
  const { fleet, aCart } = await anApi();
  await aCart();

  const snapshot = fleet.snapshot();
  const [cart] = snapshot.carts;
  if (cart) cart.lines.length = 0;

  expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  expect(fleet.order(42)?.lines).toHaveLength(4);
  expect(snapshot.productGroups).toHaveLength(300);
});
