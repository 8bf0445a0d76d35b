import { describe, expect, it } from 'vitest';
import type { CountryCode, FleetOrderId, FleetProductId } from '../../../src/domain/ids.ts';
import { offeredCountries } from '../../../src/services/catalog/products.ts';
import { findFoundDeviceChoice, findRowChoice } from '../../../src/services/order-form/line-choice.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN, BEN_IN_FLEET, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const world = (options: Parameters<typeof cartWorld>[1] = {}) => cartWorld(redis, options);
const macBook = 101 as FleetProductId;
const screen131 = 131 as FleetProductId;

it('shows a cart that exists already, and replaces it when the person chooses so', async () => {
  const { add, done, work, fleet, forgetDraft, draft } = await world();
  await add(aScreen({ quantity: 2 }));
  await forgetDraft();

  const exists = await add(aChoice());

  expect(exists).toMatchObject({
    kind: 'screen',
    screen: { kind: 'exists', fleetOrderId: 42, holds: [{ productId: 131, count: 2 }], total: { fleet: {} } },
  });
  expect(await draft()).toBeNull();
  expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 131 }, { productId: 131 }] }]);
  const replace = { kind: 'replace_existing', fleetOrderId: 42 as FleetOrderId, choice: aChoice() } as const;
  const replaced = cartOf(await done(work(replace)));
  expect(replaced).toMatchObject({ news: { kind: 'replaced' }, screen: { fleetOrderId: 42, rows: [{ quantity: 1 }] } });
  expect(fleet.carts()).toMatchObject([{ id: 42, purchaserId: BEN_IN_FLEET, lines: [{ productId: 101 }] }]);
});

describe('a cart whose lines Redis lost', () => {
  async function lost() {
    const all = await world();
    await all.add(aChoice({ quantity: 2 }));
    await all.add(aScreen());
    await all.forgetDraft();
    const opened = cartOf(await all.open());
    return { ...all, opened, patches: all.calls('patchCart') };
  }

  it('is found again and shown as Fleet gives it', async () => {
    const { opened, draft } = await lost();

    expect(opened.screen).toMatchObject({
      fleetOrderId: 42,
      rows: [],
      found: [
        { productId: 101, name: 'MacBook Pro 14 M4 16 GB 512 GB', count: 2 },
        { productId: 131, count: 1 },
      ],
      total: { fleet: null },
      difference: null,
    });
    expect((await draft())?.standing).toBe('found');
  });

  it('changes nothing in Fleet until every device is completed or removed', async () => {
    const { done, work, calls, fleet, patches, add } = await lost();

    await done(work({ kind: 'remove_found', productId: screen131 }));
    const added = cartOf(await add(aScreen()));
    expect(added.screen).toMatchObject({ found: [{ productId: 101, count: 2 }], rows: [{ quantity: 1 }] });
    expect(calls('patchCart')).toBe(patches);
    const choice = aChoice({ quantity: 2, keyboardLayout: 'GERMAN_QWERTZ' });
    const completed = cartOf(await done(work({ kind: 'complete_found', productId: macBook, choice })));

    expect(completed).toMatchObject({ news: { kind: 'completed', left: 0 }, screen: { found: [], difference: null } });
    expect(fleet.carts()).toMatchObject([
      { id: 42, lines: [{ productId: 131 }, { keyboardLayout: 'GERMAN_QWERTZ' }, { keyboardLayout: 'GERMAN_QWERTZ' }] },
    ]);
  });

  it.each(['hang_before_commit', 'hang_after_commit'] as const)(
    'is completed although the answer to its last device was lost: %s',
    async (kind) => {
      const { done, work, fleet } = await lost();
      await done(work({ kind: 'remove_found', productId: screen131 }));
      fleet.faults.add({ operation: 'patchCart', kind, times: 1 });

      const choice = aChoice({ quantity: 2 });
      const completed = cartOf(await done(work({ kind: 'complete_found', productId: macBook, choice })));

      expect(completed).toMatchObject({ news: { kind: 'completed', left: 0 }, screen: { rows: [{ quantity: 2 }] } });
      expect(fleet.carts()).toMatchObject([{ id: 42, lines: [{ productId: 101 }, { productId: 101 }] }]);
    },
  );

  it('still shows what was found when Fleet never answers', async () => {
    const { done, work, fleet, open } = await lost();
    await done(work({ kind: 'remove_found', productId: screen131 }));
    fleet.faults.add({ operation: 'patchCart', kind: 'reset_before_commit' });
    await done(work({ kind: 'complete_found', productId: macBook, choice: aChoice({ quantity: 2 }) }));

    expect(cartOf(await open()).screen.found).toMatchObject([{ productId: 101, count: 2 }]);
  });

  it('sends nothing when every device was removed, and still says what Fleet keeps', async () => {
    const { done, work, calls, open, patches } = await lost();

    await done(work({ kind: 'remove_found', productId: macBook }));
    await done(work({ kind: 'remove_found', productId: screen131 }));

    expect(calls('patchCart')).toBe(patches);
    expect(cartOf(await open()).screen.keptByFleet).toMatchObject([
      { productId: 101, count: 2 },
      { productId: 131, count: 1 },
    ]);
    const again = await done(work({ kind: 'remove_found', productId: macBook }));
    expect(again).toMatchObject({ trouble: { kind: 'found_gone' } });
  });

  it('opens the form with the product that its name speaks of', async () => {
    const { context } = await lost();

    expect(await findFoundDeviceChoice(context, BEN, macBook)).toMatchObject({
      productGroupId: 1,
      productId: 101,
      quantity: 2,
    });
    expect(await findFoundDeviceChoice(context, BEN, 999 as FleetProductId)).toBeNull();
  });

  it('is locked again when its request outlived it', async () => {
    const { add, send, seen, forgetDraft, open } = await world();
    await add();
    await send({ seen: await seen() });
    await forgetDraft();

    expect(await open()).toMatchObject({ kind: 'screen', screen: { kind: 'locked' } });
  });
});

it("never takes over somebody else's cart, even if Fleet lists it", async () => {
  const { open, fleet } = await world();
  const body = {
    data: [{ id: 77, purchaser_id: BEN_IN_FLEET + 1, num_devices: 0, rent: '0.00', currency: null, devices: [] }],
    meta: { total: 1, limit: 100, offset: 0 },
  };
  fleet.faults.add({ operation: 'listCarts', kind: 'answer', status: 200, body });

  expect(cartOf(await open()).screen).toMatchObject({ fleetOrderId: null, rows: [], found: [] });
});

it('edits a row with what it was chosen as', async () => {
  const { add, context, draft } = await world();
  const chosen = aChoice({ quantity: 3, assignee: { kind: 'nobody_yet' } });
  const { screen } = cartOf(await add(chosen));
  await add(aScreen());

  expect(await findRowChoice(context, BEN, screen.rows[0]?.key ?? '')).toEqual(chosen);
  expect(await findRowChoice(context, BEN, 'gone')).toBeNull();
  const mine = (await draft())?.lines.at(-1);
  expect(mine?.fleetUserId).toBe(BEN_IN_FLEET);
  expect(await findRowChoice(context, BEN, `131|FR||${BEN_IN_FLEET}|`)).toMatchObject({ assignee: { kind: 'me' } });
});

describe('a cart that was changed in Fleet', () => {
  it('is not overwritten before the person has seen it', async () => {
    const { add, fleet, calls, open } = await world();
    await add();
    fleet.cockpit.addLine(42, { productId: 161 });
    const before = calls('patchCart');

    const refused = await add(aScreen());

    expect(refused).toMatchObject({ kind: 'form', trouble: { kind: 'changed_elsewhere' } });
    expect(calls('patchCart')).toBe(before);
    expect(cartOf(await open()).screen.difference).toMatchObject({ extra: [{ productId: 161, count: 1 }] });
    cartOf(await add(aScreen()));
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 131 }] }]);
  });

  it('is gone: looked at, said, and started afresh', async () => {
    const { add, fleet, draft, clock } = await world();
    await add();
    clock.now += 60_000;
    fleet.cockpit.deleteCart(42);

    const outcome = await add(aScreen());

    expect(outcome).toMatchObject({ kind: 'form', trouble: { kind: 'gone_from_fleet' }, purpose: { kind: 'add' } });
    expect(await draft()).toBeNull();
    const { screen } = cartOf(await add(aScreen()));
    expect(screen).toMatchObject({ rows: [{ line: { productId: 131 } }] });
  });

  it.each([['CART_NOT_FOUND'], ['ORDER_NOT_FOUND']] as const)('is an order already (%s)', async (getMovedOnCart) => {
    const { add, fleet, open } = await world({ rules: { getMovedOnCart } });
    await add();
    fleet.cockpit.validate(42);

    expect(cartOf(await open())).toMatchObject({
      trouble: { kind: 'ordered_already', clientStatus: 'BEING_PROCESSED' },
      screen: { rows: [], fleetOrderId: null },
    });
  });

  it('already an order in Fleet between looking and patching', async () => {
    const { add, fleet } = await world();
    await add();
    const gate = fleet.hold('patchCart');
    const adding = add(aScreen());
    await gate.arrived();
    fleet.cockpit.validate(42);
    gate.release();

    expect(await adding).toMatchObject({ kind: 'form', trouble: { kind: 'ordered_already' } });
    expect(fleet.orders()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });
});

describe('what Fleet refuses', () => {
  it('is found by pricing each row, and marked there when it is not the one in the form', async () => {
    const { add, fleet, draft } = await world();
    const { screen } = cartOf(await add());
    fleet.cockpit.withdrawPrice(101);

    const outcome = await add(aScreen());

    expect(outcome).toMatchObject({
      kind: 'screen',
      trouble: { kind: 'fleet', row: screen.rows[0]?.key, failure: { code: 'PRODUCT_PRICING_UNAVAILABLE' } },
      screen: { rows: [{ quantity: 1 }] },
    });
    expect((await draft())?.lines).toHaveLength(1);
  });

  it('stands above the field when it is about what was being added', async () => {
    const { add, fleet, draft } = await world();
    await add();
    fleet.faults.add({
      operation: 'patchCart',
      kind: 'answer',
      status: 400,
      body: { error: 'INVALID_USER' },
      times: 1,
    });

    expect(await add(aScreen())).toMatchObject({
      kind: 'form',
      trouble: { failure: { code: 'INVALID_USER' }, row: null },
    });
    expect((await draft())?.lines).toHaveLength(1);
  });

  it.each([
    ['is not offered for a day', 'FR', ['CH']],
    ['stays on offer when the refusal may be about another one', 'CH', ['FR', 'CH']],
  ])('a country %s', async (_, second, offered) => {
    const { add, fleet, context, store } = await world();
    await add();
    const body = { error: 'DELIVERY_COUNTRY_NOT_FOUND' };
    fleet.faults.add({ operation: 'patchCart', kind: 'answer', status: 404, body, times: 1 });

    expect(await add(aScreen({ deliveryCountry: second as CountryCode }))).toMatchObject({
      trouble: { failure: { code: 'DELIVERY_COUNTRY_NOT_FOUND' } },
    });

    const countries = await offeredCountries(context, await store.settings());
    expect(countries.filter((code) => ['FR', 'CH'].includes(code)).sort()).toEqual([...offered].sort());
  });

  it('leaves no draft behind when it was the first line', async () => {
    const { add, fleet, draft, store } = await world();
    fleet.cockpit.blockPurchaser(BEN_IN_FLEET);

    expect(await add()).toMatchObject({ kind: 'form', trouble: { failure: { code: 'INVALID_PURCHASER' } } });

    expect(await draft()).toBeNull();
    const told = (await store.outbox(0)).map(({ work }) => work).filter((work) => work.kind === 'notify');
    expect(told).toMatchObject([{ to: { kind: 'admins' }, notice: { about: { fleetUserId: BEN_IN_FLEET } } }]);
    await add();
    expect((await store.outbox(0)).filter(({ work }) => work.kind === 'notify')).toHaveLength(1);
  });

  it('pauses ordering for everybody, told to admins once', async () => {
    const { add, fleet, store } = await world();
    await add();
    fleet.cockpit.revokeKey();

    const outcome = await add();

    expect(outcome).toMatchObject({ kind: 'sentence', trouble: { kind: 'paused' } });
    expect(await store.pause()).toMatchObject({ kind: 'unauthorized' });
    await add();
    expect((await store.outbox(0)).filter(({ work }) => work.kind === 'notify')).toHaveLength(1);
  });
});
