import { expect, it } from 'vitest';
import { servedCountries } from '../../fleet/countries.ts';
import { aSeed } from '../../fleet/seed/a-seed.ts';

it('is the same every time and shares nothing', () => {
  const first = aSeed({ openOrders: 20, openCarts: 5 });
  const second = aSeed({ openOrders: 20, openCarts: 5 });

  expect(first).toEqual(second);
  first.products[0]?.countries.splice(0);
  expect(aSeed({}).products[0]?.countries).toHaveLength(14);
});

it('has unique ids, and products, links and lines that refer to existing records', () => {
  const seed = aSeed({ openOrders: 50, openCarts: 10 });
  const groupIds = new Set(seed.productGroups.map((group) => group.id));
  const productIds = new Set(seed.products.map((product) => product.id));

  for (const rows of [seed.productGroups, seed.products, seed.users, seed.addresses, seed.devices, seed.orders]) {
    expect(new Set(rows.map((row) => row.id)).size).toBe(rows.length);
  }
  expect(seed.products.every((product) => groupIds.has(product.groupId))).toBe(true);
  expect(seed.orders.flatMap((order) => order.lines).every((line) => productIds.has(line.productId ?? 0))).toBe(true);
});

it('offers at least 250 groups in France, some in every served country, and all in none', () => {
  const seed = aSeed();
  const groupsIn = (country: string) =>
    new Set(seed.products.filter((product) => product.countries.includes(country)).map((product) => product.groupId));

  expect(groupsIn('FR').size).toBeGreaterThanOrEqual(250);
  expect([...groupsIn('FR')][249]).toBe(250);
  for (const country of Object.keys(servedCountries)) {
    expect(groupsIn(country).size).toBeGreaterThan(100);
    expect(groupsIn(country).size).toBeLessThan(300);
  }
});

it('contains valid but awkward data', () => {
  const seed = aSeed();
  const names = seed.productGroups.map((group) => group.name);

  expect(new Set(seed.products.map((product) => product.layouts.length))).toEqual(new Set([0, 1, 3, 11]));
  expect(names.find((name) => name?.length === 160)).toBeDefined();
  expect(names.filter((name) => name === 'Aeron Chair')).toHaveLength(2);
  expect(names).toContain(null);
  expect(names.some((name) => name?.includes('<!channel>'))).toBe(true);
  expect(seed.products.some((product) => product.imgUrl === null)).toBe(true);
  expect(new Set(seed.productGroups.map((group) => group.category)).size).toBeGreaterThan(15);
});

it('grows to the requested size', () => {
  const seed = aSeed({ users: 10_000, productGroups: 320, openOrders: 2_000, openCarts: 30 });

  expect([seed.users.length, seed.productGroups.length, seed.orders.length]).toEqual([10_000, 320, 2_030]);
  expect(
    new Set(seed.orders.filter((order) => order.clientStatus === null).map((order) => order.purchaserId)).size,
  ).toBe(30);
});
