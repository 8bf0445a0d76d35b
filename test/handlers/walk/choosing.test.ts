import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { FleetOperation } from '../../../src/domain/failures/fleet-failure.ts';
import type { TenantId } from '../../../src/domain/ids.ts';
import { connectRedis } from '../../../src/store/connect.ts';
import { keysOf } from '../../../src/store/keys.ts';
import type { RedisClient } from '../../../src/store/link.ts';
import { busy, documentedAnswers, keyTroubles, undocumented, unreadableReads } from './answers.ts';
import { expectClear, expectNoInsides, expectNothingLeaked } from './clear.ts';
import { aboveField, filledForm, modalWith, onTop, productName, startWalk, type Walk } from './walk-world.ts';

let walk: Walk;
let redis: RedisClient;
beforeAll(async () => {
  walk = await startWalk({ rows: 100 });
  redis = connectRedis(walk.world.redisUrl, 'commands');
});
/** What Fleet said once is kept for everybody: each row begins with nothing kept, and no pause of the budget. */
afterEach(async () => {
  walk.world.fleet.faults.clear();
  const { cache, cacheLoad, fact, budgetPause, pause, lease } = keysOf(walk.world.tenant as TenantId);
  const kept = await Promise.all(
    [cache('*'), cacheLoad('*'), fact('*'), lease('search-groups*')].map((key) => redis.keys(key)),
  );
  await redis.del(budgetPause, pause, ...kept.flat());
});
afterAll(async () => {
  expectNothingLeaked(walk.world);
  expect(walk.world.fleet.carts()).toEqual([]);
  redis.disconnect();
  await walk.world.close();
});

const pausing = ['COMPANY_NOT_FOUND', 'INSUFFICIENT_SCOPE'];
const codesOf = (operation: FleetOperation) =>
  documentedAnswers(operation).filter(({ name }) => !pausing.includes(name));
const rowsOf = (operation: FleetOperation) => [...codesOf(operation), ...undocumented, ...unreadableReads, busy];

describe('the product groups of a country', () => {
  it.each(rowsOf('listProductGroups'))('$name: the form opens and says so', async ({ what, name }) => {
    const walker = walk.next();
    walk.strike('listProductGroups', what, 'everybody');

    await walker.person.command('/fleet order');

    const form = await modalWith(walk, walker, /Nothing was ordered/);
    expectClear(form.text());
    expect(form.hasField('Delivery country')).toBe(true);
    if (name === 'DELIVERY_COUNTRY_NOT_FOUND')
      expect(aboveField(form, 'Delivery country')).toMatch(/^Delivery country: /);
    else expectClear(onTop(form));
    const offered = await form.search('Product', 'thinkpad');
    expect(offered).toHaveLength(1);
    expect(offered[0]).not.toMatch(/ThinkPad X1/);
  });
});

describe('the products of a group', () => {
  it.each(rowsOf('listProducts'))('$name: the form keeps the group and says so', async ({ what, name }) => {
    const walker = walk.next();
    walk.strike('listProducts', what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    const form = await modalWith(walk, walker, /Nothing was ordered/);
    expectClear(form.text());
    const place = { DELIVERY_COUNTRY_NOT_FOUND: 'Delivery country', PRODUCT_NOT_FOUND: 'Product' }[name];
    expectClear(place === undefined ? onTop(form) : aboveField(form, place));
    expect((await form.submit()).kind).toBe('errors');
  });
});

describe('a price', () => {
  const above: Readonly<Record<string, string>> = {
    KEYBOARD_LAYOUT_REQUIRED: 'Keyboard layout',
    COUNTRY_NOT_FOUND: 'Delivery country',
    DELIVERY_COUNTRY_NOT_FOUND: 'Delivery country',
    PRODUCT_NOT_FOUND: 'Product',
    PRODUCT_PRICING_UNAVAILABLE: 'Product',
  };

  it.each(codesOf('getPricing').filter(({ name }) => name in above))('$name stands above its field', async (row) => {
    const walker = walk.next();
    const label = above[row.name] ?? '';
    walk.strike('getPricing', row.what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    const form = await modalWith(walk, walker, `${label}: `);
    expect(aboveField(form, label).startsWith(`${label}: `)).toBe(true);
    expectClear(aboveField(form, label));
  });

  it.each([...undocumented, ...unreadableReads, busy, ...keyTroubles])(
    '$name: the price is called unknown',
    async ({ what }) => {
      const walker = walk.next();
      walk.strike('getPricing', what, 'everybody');

      await walker.person.command(`/fleet order ${productName}`);

      const form = await modalWith(walk, walker, /[Pp]rice.*(unknown|not known)|Ordering is paused/);
      expectNoInsides(form.text());
      expect(form.text()).not.toMatch(/€\d/);
    },
  );

  it('is asked again with the next change, once Fleet says it', async () => {
    const walker = walk.next();
    walk.strike('getPricing', { kind: 'service_unavailable' }, 'everybody');
    await walker.person.command(`/fleet order ${productName}`);
    const form = await modalWith(walk, walker, /[Pp]rice.*(unknown|not known)/);
    walk.world.fleet.faults.clear();

    await form.fill('Quantity', '2');

    await modalWith(walk, walker, '€59.90 a month × 2');
  });
});

describe('the addresses', () => {
  const few = unreadableReads.filter(({ name }) => ['503', 'another shape'].includes(name));
  const rows = [
    ...[...codesOf('listAddresses'), ...undocumented, ...unreadableReads].map((row) => ({
      ...row,
      list: 'listAddresses' as const,
    })),
    ...[...codesOf('listUserAddresses'), ...few].map((row) => ({ ...row, list: 'listUserAddresses' as const })),
  ];

  it.each(rows)('$name to $list: one can order all the same, to Fleet’s default', async ({ what, list }) => {
    const walker = walk.next();
    walk.strike(list, what, 'everybody');

    const form = await filledForm(walk, walker);

    expectNoInsides(form.text());
    expect(form.hasField('Ship to')).toBe(false);
    expect(form.submitText).toBe('Add to cart');
  });
});

describe('a catalog that the key may not read', () => {
  const rows = (['listProductGroups', 'listProducts'] as const).flatMap((operation) =>
    keyTroubles.map((row) => ({ ...row, operation })),
  );

  it.each(rows)('$name to $operation: the one banner', async ({ what, operation }) => {
    const walker = walk.next();
    walk.strike(operation, what, 'everybody');

    await walker.person.command(`/fleet order ${productName}`);

    expectClear((await modalWith(walk, walker, 'Ordering is paused')).text());
  });
});
