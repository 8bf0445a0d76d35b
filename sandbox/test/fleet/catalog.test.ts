import { expect, it } from 'vitest';
import { anApi, refused } from './api.ts';

type Page = { data: { id: number; name: string | null; category: string; brand: string | null }[]; meta: unknown };

it('pages product groups by twenty unless told otherwise', async () => {
  const { get } = await anApi();

  const first = (await get('/catalog/product-groups?delivery_country=FR')).body as Page;
  const last = (await get('/catalog/product-groups?delivery_country=FR&limit=100&offset=200')).body as Page;

  expect(first.data).toHaveLength(20);
  expect(first.meta).toEqual({ total: 290, limit: 20, offset: 0 });
  expect(last.data).toHaveLength(90);
  expect(last.data[49]).toMatchObject({ id: 250, name: 'Zenith Dock 250' });
});

it('filters product groups by category, brand and words in name or brand', async () => {
  const { get } = await anApi();
  const found = async (filter: string) =>
    ((await get(`/catalog/product-groups?delivery_country=FR&${filter}`)).body as Page).data;

  expect((await found('search=MACBOOK')).map((group) => group.id)).toEqual([1, 2]);
  expect((await found('search=Lenovo'))[0]).toMatchObject({ name: 'ThinkPad X1 Carbon' });
  expect((await found('category=KEYBOARD')).every((group) => group.category === 'KEYBOARD')).toBe(true);
  expect((await found('brand=jabra')).map((group) => group.id)).toEqual([8]);
  expect(await found('search=nothing-of-the-kind')).toEqual([]);
});

it('lists a group only where one of its products is available', async () => {
  const { get } = await anApi();

  const inFrance = await get('/catalog/product-groups?delivery_country=FR&search=surface');
  const inSpain = await get('/catalog/product-groups?delivery_country=ES&search=surface');

  expect((inFrance.body as Page).data).toHaveLength(1);
  expect((inSpain.body as Page).data).toHaveLength(0);
});

it.each([
  ['a missing country', '/catalog/product-groups', 400, 'query.delivery_country is required'],
  ['a country that is not served', '/catalog/product-groups?delivery_country=JP', 404, 'DELIVERY_COUNTRY_NOT_FOUND'],
  [
    'a limit over 100',
    '/catalog/product-groups?delivery_country=FR&limit=101',
    400,
    'query.limit must be an integer from 1 to 100',
  ],
  [
    'an unknown category',
    '/catalog/product-groups?delivery_country=FR&category=BOAT',
    400,
    expect.stringContaining('query.category'),
  ],
  ['empty words', '/catalog/product-groups?delivery_country=FR&search=', 400, expect.stringContaining('query.search')],
  [
    'an unknown parameter',
    '/catalog/product-groups?delivery_country=FR&sort=name',
    400,
    'query.sort is not a known field',
  ],
  ['an unknown group', '/catalog/product-groups/9999/products?delivery_country=FR', 404, 'PRODUCT_NOT_FOUND'],
  [
    'paging of products',
    '/catalog/product-groups/1/products?delivery_country=FR&limit=5',
    400,
    expect.stringContaining('query.limit'),
  ],
])('refuses %s', async (_, path, status, error) => {
  const { get } = await anApi();

  expect(await get(path)).toMatchObject(refused(status, error));
});

it('lists the configurations of a group with every characteristic and no meta', async () => {
  const { get } = await anApi();

  const { body } = await get('/catalog/product-groups/1/products?delivery_country=FR');

  const { data } = body as { data: Record<string, unknown>[] };
  expect(Object.keys(body as object)).toEqual(['data']);
  expect(data.map((product) => product.id)).toEqual([101, 102, 103, 104]);
  expect(data[0]).toMatchObject({
    has_keyboard: true,
    product_group_id: 1,
    characteristics: { processor: 'M4', screen_size: null },
  });
  expect(data[0]?.keyboard_layouts).toHaveLength(11);
});

it('leaves the layouts out if there is no keyboard, or if the catalog omits them', async () => {
  const { get } = await anApi();

  const screens = await get('/catalog/product-groups/4/products?delivery_country=FR');
  const latitudes = await get('/catalog/product-groups/6/products?delivery_country=FR');

  const [screen] = (screens.body as { data: object[] }).data;
  const [latitude] = (latitudes.body as { data: object[] }).data;
  expect(screen).toMatchObject({ has_keyboard: false });
  expect(screen).not.toHaveProperty('keyboard_layouts');
  expect(latitude).toMatchObject({ has_keyboard: true });
  expect(latitude).not.toHaveProperty('keyboard_layouts');
});

it('withdraws a product from one country or from all', async () => {
  const { get, fleet } = await anApi();

  fleet.cockpit.withdrawProduct(121, 'FR');
  const inFrance = await get('/catalog/product-groups/3/products?delivery_country=FR');
  const inGermany = await get('/catalog/product-groups/3/products?delivery_country=DE');
  fleet.cockpit.withdrawProduct(121);
  const afterwards = await get('/catalog/product-groups/3/products?delivery_country=DE');

  expect(inFrance.body).toEqual({ data: [] });
  expect((inGermany.body as { data: unknown[] }).data).toHaveLength(1);
  expect(afterwards.body).toEqual({ data: [] });
});
