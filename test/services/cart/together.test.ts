import { expect, it } from 'vitest';
import { changeCartInFleet } from '../../../src/services/cart/change.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();

it('makes one cart with both lines of two submissions at once on two instances', async () => {
  const { context, work, done, fleet, draft } = await cartWorld(redis, { rules: { oneActiveCart: false } });
  const [one, other] = [work({ kind: 'add', choice: aChoice() }), work({ kind: 'add', choice: aScreen() })];
  const gate = fleet.hold('createCart');

  const first = done(one);
  await gate.arrived();
  // The first stands inside Fleet now: whatever the second does happens beside it.
  const second = await changeCartInFleet({ ...context }, other);
  expect(second).toMatchObject({ kind: 'later' });
  gate.release();
  await Promise.all([first, done(other)]);

  expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 131 }] }]);
  expect((await draft())?.lines).toHaveLength(2);
});

it('runs one job twice at the same moment as one change', async () => {
  const { work, done, fleet } = await cartWorld(redis, { rules: { oneActiveCart: false } });
  const change = work({ kind: 'add', choice: aChoice() });

  const outcomes = await Promise.all([done(change), done(change), done(change)]);

  for (const outcome of outcomes) expect(cartOf(outcome).screen.rows).toMatchObject([{ quantity: 1 }]);
  expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
});

it('does not call a change done when another save of the cart came first', async () => {
  const { context, work, add, draft, store } = await cartWorld(redis);
  await add();
  const step: ServiceContext['step'] = async (name) => {
    if (name !== 'cart.patched') return;
    const before = await draft();
    if (before === null) throw new Error('no draft');
    const revision = before.revision + 1;
    const next = { ...before, mode: 'BUY' as const, revision };
    await store.commit({ draft: { slackUserId: BEN, expectedRevision: before.revision, next } });
  };

  const change = work({ kind: 'add', choice: aScreen() });
  expect(await changeCartInFleet({ ...context, step }, change)).toMatchObject({ kind: 'later' });
  expect(await draft()).toMatchObject({ mode: 'BUY', lines: [{ productId: 101 }] });
});

it('stops before it writes to Fleet when its lease was lost meanwhile', async () => {
  const { context, work, done, fleet } = await cartWorld(redis, { rules: { oneActiveCart: false } });
  const change = work({ kind: 'add', choice: aChoice() });
  let isLost = false;
  const store: ServiceContext['store'] = {
    ...context.store,
    lease: async (name, ms) => {
      const lease = await context.store.lease(name, ms);
      if (isLost || lease === null) return lease;
      isLost = true;
      const extend = async () => {
        // It ran out while this instance stood still, and another one has carried the change out by now.
        await lease.release();
        await done(change);
        return false;
      };
      return { ...lease, extend };
    },
  };

  const { screen } = cartOf(await done(change, { ...context, store }));

  expect(screen.rows).toMatchObject([{ quantity: 1 }]);
  expect(fleet.carts()).toHaveLength(1);
});
