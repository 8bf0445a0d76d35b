import { expect, it } from 'vitest';
import { anApi, macBook, refused } from './api.ts';

it('can name group fields and place layouts as the real API may', async () => {
  const { get } = await anApi({ rules: { groupNameField: 'marketing_name', keyboardLayoutsIn: 'characteristics' } });

  const groups = await get('/catalog/product-groups?delivery_country=FR&limit=1');
  const products = await get('/catalog/product-groups/5/products?delivery_country=FR');

  const [group] = (groups.body as { data: object[] }).data;
  const [product] = (products.body as { data: object[] }).data;
  expect(group).toMatchObject({ id: 1, marketing_name: 'MacBook Pro 14' });
  expect(group).not.toHaveProperty('name');
  expect(product).toMatchObject({ characteristics: { keyboard_layouts: ['FRENCH_AZERTY'] } });
  expect(product).not.toHaveProperty('keyboard_layouts');
});

it('can call the id of a listed order `id`', async () => {
  const { get, fleet, aCart } = await anApi({ rules: { orderRowId: 'id' } });
  fleet.cockpit.validate(await aCart());

  expect((await get('/orders')).body).toMatchObject({ data: [{ id: 42 }] });
  expect((await get('/orders/42')).body).toMatchObject({ data: { order_id: 42 } });
});

it('can list addresses without meta, or not have the endpoint', async () => {
  const { get, fleet } = await anApi({ rules: { addresses: 'listed_without_meta' } });

  const listed = await get('/addresses?limit=5');
  fleet.rules.addresses = 'missing';

  expect(Object.keys(listed.body as object)).toEqual(['data']);
  for (const path of ['/addresses', '/addresses/51', '/user-addresses']) {
    expect(await get(path)).toMatchObject(refused(404, 'Not found'));
  }
});

it('gives new device ids even when a patch does not touch the lines', async () => {
  const { patch, get, aCart } = await anApi();
  const id = await aCart();
  const ids = async () =>
    ((await get(`/carts/${id}`)).body as { data: { devices: { id: number }[] } }).data.devices.map(
      (device) => device.id,
    );

  const before = await ids();
  await patch(`/carts/${id}`, { purchaser_id: 12 });
  const after = await ids();

  expect(new Set([...before, ...after]).size).toBe(8);
});

it('can accept an address abroad and a made-up status', async () => {
  const { post, fleet } = await anApi({
    rules: { addressMustMatchCountry: false, statusAfterValidate: 'DOC_REQUIRED' },
  });

  await post('/carts', { purchaser_id: 11, order_items: [{ ...macBook, shipping_address_id: 52 }] });
  const validated = await post('/carts/42/validate', { purchaser_id: 11, signatory_id: 21 });

  expect(validated.body).toEqual({ data: { order_id: 42, client_status: 'DOC_REQUIRED' } });
  expect(fleet.order(42)?.lines).toMatchObject([{ shippingAddressId: 52 }]);
});
