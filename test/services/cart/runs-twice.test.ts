import { describe, expect, it } from 'vitest';
import type { ChangeId, FleetOrderId, FleetProductId } from '../../../src/domain/ids.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const macBook = 101 as FleetProductId;
const screen = 131 as FleetProductId;

/** Slack didn't take what the first run was to show, or the process died: the queue runs the same job again. */
describe('a job that runs twice', () => {
  it('says again that the cart was changed in Fleet, and overwrites nothing', async () => {
    const { add, fleet, work, done } = await cartWorld(redis);
    await add();
    fleet.cockpit.addLine(42, { productId: 161 });
    const job = work({ kind: 'add', choice: aScreen() });

    for (const _ of [1, 2, 3])
      expect(await done(job)).toMatchObject({ kind: 'form', trouble: { kind: 'changed_elsewhere' } });

    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 161 }] }]);
  });

  it('shows the difference again to someone who removed a row', async () => {
    const { add, fleet, work, done } = await cartWorld(redis);
    const { rows } = cartOf(await add()).screen;
    await add(aScreen());
    fleet.cockpit.addLine(42, { productId: 161 });
    const job = work({ kind: 'remove', row: rows[0]?.key ?? '' });

    for (const _ of [1, 2])
      expect(await done(job)).toMatchObject({
        trouble: { kind: 'changed_elsewhere' },
        screen: { difference: { extra: [{ productId: 161, count: 1 }] } },
      });
  });

  it('says again that the cart was ordered, and starts no other', async () => {
    const { add, fleet, work, done, draft } = await cartWorld(redis);
    await add();
    fleet.cockpit.validate(42);
    const job = work({ kind: 'add', choice: aScreen() });

    for (const _ of [1, 2]) expect(await done(job)).toMatchObject({ trouble: { kind: 'ordered_already' } });

    expect(fleet.carts()).toEqual([]);
    expect(await draft()).toBeNull();
  });

  it('says again that the cart was ordered to someone who sent it', async () => {
    const { add, fleet, send, seen } = await cartWorld(redis);
    await add();
    const sending = { seen: await seen(), changeId: 'c'.repeat(32) as ChangeId };
    fleet.cockpit.validate(42);

    for (const _ of [1, 2]) expect(await send(sending)).toMatchObject({ trouble: { kind: 'ordered_already' } });
  });

  it('adds nothing to a new cart when the one that it added to has been ordered since', async () => {
    const { work, done, fleet, open } = await cartWorld(redis);
    const job = work({ kind: 'add', choice: aChoice() });
    await done(job);
    fleet.cockpit.validate(42);
    await open();

    expect(await done(job)).toMatchObject({ news: { kind: 'added' }, screen: { rows: [] } });
    expect(fleet.carts()).toEqual([]);
  });

  it('says again that the whole cart switched its mode', async () => {
    const { add, work, done } = await cartWorld(redis);
    await add();
    const job = work({ kind: 'add', choice: aScreen({ mode: 'BUY' }) });

    for (const _ of [1, 2]) expect(await done(job)).toMatchObject({ news: { kind: 'added' }, repriced: 'BUY' });
  });
});

describe('a found cart', () => {
  async function found() {
    const all = await cartWorld(redis);
    await all.add();
    await all.add(aScreen());
    await all.forgetDraft();
    cartOf(await all.open());
    return all;
  }

  it('is not overwritten while it is completed: what came meanwhile is shown first', async () => {
    const { fleet, done, work } = await found();
    await done(work({ kind: 'complete_found', productId: macBook, choice: aChoice() }));
    fleet.cockpit.addLine(42, { productId: 161 });
    const last = () => work({ kind: 'complete_found', productId: screen, choice: aScreen() });

    expect(await done(last())).toMatchObject({ kind: 'form', trouble: { kind: 'changed_elsewhere' } });
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 131 }, { productId: 161 }] }]);
    expect(cartOf(await done(last())).screen.found).toMatchObject([{ productId: 161, count: 1 }]);
    cartOf(await done(work({ kind: 'remove_found', productId: 161 as FleetProductId })));
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 131 }] }]);
  });

  it('shows what was added and removed in Fleet since it was opened', async () => {
    const { fleet, open } = await found();
    fleet.cockpit.addLine(42, { productId: 161 });
    fleet.cockpit.removeLine(42, 0);

    expect(cartOf(await open()).screen.found).toMatchObject([
      { productId: 131, count: 1 },
      { productId: 161, count: 1 },
    ]);
  });

  it.each([
    ['ordered', 'ordered_already'],
    ['deleted', 'gone_from_fleet'],
  ] as const)('that was %s in Fleet is over, and says so', async (how, kind) => {
    const { fleet, open, draft } = await found();
    if (how === 'ordered') fleet.cockpit.validate(42);
    else fleet.cockpit.deleteCart(42);

    expect(cartOf(await open())).toMatchObject({ trouble: { kind }, screen: { found: [] } });
    expect(await draft()).toBeNull();
  });

  it('that belongs to someone else by now is left alone', async () => {
    const { fleet, open, draft } = await found();
    fleet.cockpit.setPurchaser(42, 13);

    expect(cartOf(await open())).toMatchObject({ trouble: { kind: 'not_yours' }, screen: { found: [] } });
    expect(await draft()).toBeNull();
  });
});

it('a cart that someone else got in Fleet meanwhile is not replaced', async () => {
  const { add, done, work, fleet, forgetDraft, calls } = await cartWorld(redis);
  await add();
  await forgetDraft();
  fleet.cockpit.setPurchaser(42, 13);
  const before = calls('patchCart');
  const replace = { kind: 'replace_existing', fleetOrderId: 42 as FleetOrderId, choice: aScreen() } as const;

  expect(await done(work(replace))).toMatchObject({ kind: 'form', trouble: { kind: 'not_yours' } });

  expect(calls('patchCart')).toBe(before);
  expect(fleet.carts()).toMatchObject([{ purchaserId: 13, lines: [{ productId: 101 }] }]);
});
