import { describe, expect, it } from 'vitest';
import type { FleetAddressId, FleetProductId, FleetUserId } from '../../../src/domain/ids.ts';
import { rowKeyOf } from '../../../src/domain/line.ts';
import type { OrderChoice } from '../../../src/domain/order-form/choice.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN_IN_FLEET, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const world = (options: Parameters<typeof cartWorld>[1] = {}) => cartWorld(redis, options);

describe('a change of the cart', () => {
  it('creates with the first line, and patches all lines with every later one', async () => {
    const { add, fleet, calls } = await world();

    const first = cartOf(await add(aChoice({ quantity: 2 })));
    const second = cartOf(await add(aScreen({ assignee: { kind: 'nobody_yet' } })));

    expect(first).toMatchObject({ news: { kind: 'added', count: 2 }, trouble: null });
    expect(second.screen.rows.map(({ quantity }) => quantity)).toEqual([2, 1]);
    expect(second.screen.total).toMatchObject({ fleet: { amount: '129.70', currency: 'EUR' }, unpriced: 0 });
    expect(second.screen.difference).toBeNull();
    expect([calls('createCart'), calls('patchCart')]).toEqual([1, 1]);
    expect(fleet.journal.of('patchCart')[0]?.body).toEqual({
      purchaser_id: BEN_IN_FLEET,
      acquisition_mode: 'LEASING',
      order_items: [
        { product_id: 101, delivery_country: 'FR', keyboard_layout: 'FRENCH_AZERTY', user_id: BEN_IN_FLEET },
        { product_id: 101, delivery_country: 'FR', keyboard_layout: 'FRENCH_AZERTY', user_id: BEN_IN_FLEET },
        { product_id: 131, delivery_country: 'FR' },
      ],
    });
  });

  it('keeps what Fleet does not return: configuration, layout, person, price', async () => {
    const { add, draft } = await world();

    await add(aChoice({ assignee: { kind: 'person', fleetUserId: 13 as FleetUserId, name: 'old name' } }));

    expect((await draft())?.lines).toMatchObject([
      {
        productName: 'MacBook Pro 14',
        configuration: 'M4 · 16 GB · 512 GB',
        assigneeName: 'Eva Lind',
        price: { amount: '54.9', currency: 'EUR' },
        shipping: { min: 3, max: 5 },
      },
    ]);
  });

  it('is a no-op the second time the job runs', async () => {
    const { work, done, fleet } = await world();
    const change = work({ kind: 'add', choice: aChoice() });

    await done(change);
    const again = cartOf(await done(change));

    expect(again.screen.rows).toMatchObject([{ quantity: 1 }]);
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });

  it('prices every other line anew when the mode changes, and says so', async () => {
    const { add, fleet, draft } = await world();
    await add();

    const changed = cartOf(await add(aScreen({ mode: 'BUY' })));

    expect(changed).toMatchObject({ repriced: 'BUY', screen: { mode: 'BUY', total: { fleet: null } } });
    expect((await draft())?.lines.map(({ price }) => price?.amount)).toEqual(['1649', '520']);
    expect(fleet.carts()).toMatchObject([{ acquisitionMode: 'BUY' }]);
  });

  it('shows the old price of no line in a new mode: what Fleet does not say is unknown', async () => {
    const { add, fleet } = await world();
    await add();
    fleet.faults.add({
      operation: 'getPricing',
      kind: 'server_error_before_commit',
      when: ({ params }) => params.product_id === '101',
    });

    const changed = cartOf(await add(aScreen({ mode: 'BUY' })));

    expect(changed.screen.rows[0]?.line.price).toBeNull();
    expect(changed.screen.total.unpriced).toBe(1);
  });

  it('edits and removes rows', async () => {
    const { add, done, work, fleet, draft } = await world();
    await add(aChoice({ quantity: 2 }));
    await add(aScreen());
    const [first] = (await draft())?.lines ?? [];
    const row = first === undefined ? '' : rowKeyOf(first);

    const edited = cartOf(
      await done(work({ kind: 'edit', row, choice: aChoice({ keyboardLayout: 'GERMAN_QWERTZ' }) })),
    );
    expect(edited.screen.rows.map(({ line }) => line.keyboardLayout)).toEqual(['GERMAN_QWERTZ', null]);
    const gone = await done(work({ kind: 'remove', row }));
    expect(gone).toMatchObject({ kind: 'screen', trouble: { kind: 'row_gone' } });
    const removed = cartOf(await done(work({ kind: 'remove', row: edited.screen.rows[0]?.key ?? '' })));

    expect(removed.news).toEqual({ kind: 'removed' });
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 131 }] }]);
  });

  it.each(['listProductGroups', 'listProducts'] as const)(
    'saves an edit that keeps product and layout while Fleet fails at %s, and no other',
    async (operation) => {
      const { add, done, work, fleet, draft, store } = await world();
      await add(aChoice({ keyboardLayout: 'GERMAN_QWERTZ' }));
      const [before] = (await draft())?.lines ?? [];
      if (before === undefined) throw new Error('nothing was added');
      for (const name of ['groups:FR', 'products:FR:1']) await store.cache.forget(`catalog:${name}`);
      fleet.faults.add({ operation, kind: 'answer', status: 503, body: { error: 'down' } });
      const edit = (over: Partial<OrderChoice>) => {
        const choice = aChoice({ keyboardLayout: 'GERMAN_QWERTZ', ...over });
        return done(work({ kind: 'edit', row: rowKeyOf(before), choice }));
      };

      const refused = { kind: 'form', trouble: { kind: 'fleet', failure: { operation } } };
      expect(await edit({ keyboardLayout: 'FRENCH_AZERTY' })).toMatchObject(refused);
      expect(await edit({ mode: 'BUY' })).toMatchObject(refused);
      const saved = cartOf(await edit({ assignee: { kind: 'nobody_yet' }, quantity: 2 }));

      expect(saved.screen.rows).toMatchObject([
        { quantity: 2, line: { ...before, fleetUserId: null, assigneeName: null } },
      ]);
    },
  );

  it('brings an edit of a row that is gone back as something to add', async () => {
    const { add, done, work } = await world();
    await add();

    const outcome = await done(work({ kind: 'edit', row: 'gone', choice: aScreen() }));

    expect(outcome).toMatchObject({ kind: 'form', trouble: { kind: 'row_gone' }, purpose: { kind: 'add' } });
  });

  it('sends nothing with the last row, and reuses the cart with the next order', async () => {
    const { add, done, work, fleet, calls, draft, open } = await world();
    const { screen } = cartOf(await add());

    const emptied = cartOf(await done(work({ kind: 'remove', row: screen.rows[0]?.key ?? '' })));

    expect(emptied).toMatchObject({
      news: { kind: 'emptied' },
      screen: { rows: [], difference: null, keptByFleet: [{ productId: 101, count: 1 }] },
    });
    expect(calls('patchCart')).toBe(0);
    expect((await draft())?.standing).toBe('emptied');
    fleet.cockpit.addLine(fleet.carts()[0]?.id ?? 0, { productId: 131 });
    expect(cartOf(await open()).screen).toMatchObject({ difference: null, keptByFleet: [{ count: 1 }, { count: 1 }] });
    await add(aScreen());
    expect(fleet.carts()).toHaveLength(1);
    expect(calls('createCart')).toBe(1);
  });
});

it('says which of two people of one name a device is for, also when only one of them is in the cart', async () => {
  const { add } = await world();
  const person = (fleetUserId: number) =>
    ({ kind: 'person', fleetUserId: fleetUserId as FleetUserId, name: 'Anna Keller' }) as const;

  await add(aScreen({ assignee: person(11) }));
  const { screen } = cartOf(await add(aScreen({ assignee: person(42) })));

  expect(screen.rows.map(({ line }) => line.assigneeName)).toEqual([
    'Anna Keller (Fleet user 11)',
    'Anna Keller (Fleet user 42)',
  ]);
  const cart = await add(aScreen({ assignee: { kind: 'me' } }));
  expect(cartOf(cart).screen.rows.at(-1)?.line.assigneeName).toBe('Ben Martin');
});

describe("somebody's own address", () => {
  const shipped = async (world_: Awaited<ReturnType<typeof world>>, over: Partial<Parameters<typeof aChoice>[0]>) =>
    cartOf(await world_.add(aChoice(over))).screen.rows.at(-1)?.line.shipsToOwnOf;
  const bens = 62 as FleetAddressId;
  const company = 51 as FleetAddressId;
  const anna = { kind: 'person', fleetUserId: 11 as FleetUserId, name: 'Anna Keller' } as const;

  it('is noted with the device, unless the device is for that person', async () => {
    const one = await world();

    expect(await shipped(one, { shippingAddressId: bens, assignee: anna })).toBe('Ben Martin');
    expect(await shipped(one, { shippingAddressId: bens, assignee: { kind: 'nobody_yet' } })).toBe('Ben Martin');
    expect(await shipped(one, { shippingAddressId: bens })).toBeUndefined();
    expect(await shipped(one, { shippingAddressId: company, assignee: anna })).toBeUndefined();
    expect(await shipped(one, { shippingAddressId: null, assignee: anna })).toBeUndefined();
  });

  it('may be one whose owner Fleet does not name: that is noted too', async () => {
    const one = await world();
    one.fleet.faults.add({ operation: 'listUserAddresses', kind: 'total_off', by: 1 });

    expect(await shipped(one, { shippingAddressId: company })).toBeNull();
  });
});

describe('what we can check ourselves', () => {
  it.each([
    ['a product that is not in the group', { productId: 131 as FleetProductId }, 'configuration'],
    ['a layout that the product does not have', aScreen({ keyboardLayout: 'GERMAN_QWERTZ' }), 'keyboard_layout'],
    ['an address that is gone', { shippingAddressId: 99 as FleetAddressId }, 'ship_to'],
    ['no product', { productGroupId: null }, 'product'],
    ['a country that the settings do not offer', { deliveryCountry: 'JP' as never }, 'delivery_country'],
  ])('asks Fleet for nothing with %s', async (_, over, field) => {
    const { add, calls } = await world();

    const outcome = await add(aChoice(over));

    expect(outcome).toMatchObject({ kind: 'form', trouble: { kind: 'not_offered', field } });
    expect(calls('createCart')).toBe(0);
  });

  it('refuses a device under a price limit when Fleet does not say its price', async () => {
    const { add, settings, calls, fleet } = await world();
    fleet.faults.add({ operation: 'getPricing', kind: 'service_unavailable' });
    await settings({ priceLimits: [{ amount: '5000', currency: 'EUR' as never }] });

    expect(await add()).toMatchObject({ kind: 'form', trouble: { kind: 'limit_unproven' } });
    expect(calls('createCart')).toBe(0);
    await settings({ priceLimits: [{ amount: '5000', currency: 'CAD' as never }] });
    cartOf(await add());
  });

  it('holds a monthly price only against a monthly limit', async () => {
    const { add, settings } = await world();
    const euros = (amount: string) => ({ amount, currency: 'EUR' as never });
    await settings({
      priceLimits: [
        { ...euros('2000'), mode: 'BUY' },
        { ...euros('50'), mode: 'LEASING' },
      ],
    });
    expect(await add()).toMatchObject({ trouble: { kind: 'over_limit', limit: { amount: '50' }, mode: 'LEASING' } });

    await settings({ priceLimits: [{ ...euros('50'), mode: 'BUY' }] });

    cartOf(await add());
  });

  it('refuses a device over the price limit in its own currency', async () => {
    const { add, settings, calls } = await world();
    await settings({ priceLimits: [{ amount: '54.89', currency: 'EUR' as never }] });

    expect(await add()).toMatchObject({
      kind: 'form',
      trouble: { kind: 'over_limit', price: { amount: '54.9' }, limit: { amount: '54.89' } },
    });
    expect(calls('createCart')).toBe(0);
    await settings({ priceLimits: [{ amount: '54.90', currency: 'EUR' as never }] });
    cartOf(await add());
  });

  it('refuses more than 200 devices', async () => {
    const { add } = await world();
    for (let times = 0; times < 10; times += 1) await add(aChoice({ quantity: 20 }));

    expect(await add()).toMatchObject({ kind: 'form', trouble: { kind: 'too_many' } });
  });

  it('acts for nobody who is not matched', async () => {
    const { done, work, calls } = await world();
    const choice = aChoice();

    const outcome = await done(work({ kind: 'add', choice }, { slackUserId: 'U0NOBODY' as never }));

    expect(outcome).toMatchObject({ kind: 'sentence', trouble: { kind: 'not_matched', match: { kind: 'no_match' } } });
    expect(calls('createCart')).toBe(0);
  });
});
