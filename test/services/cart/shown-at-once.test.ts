import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SlackViewId } from '../../../src/domain/ids.ts';
import { rowKeyOf } from '../../../src/domain/line.ts';
import { noCarry } from '../../../src/domain/order-form/choice.ts';
import type { CartChange } from '../../../src/domain/work.ts';
import { acceptCartChange, acceptSendRequest } from '../../../src/services/cart/accept.ts';
import { changeCartInFleet } from '../../../src/services/cart/change.ts';
import { openReconciledCart } from '../../../src/services/cart/open.ts';
import type { ChangeWork } from '../../../src/services/cart/session.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { never } from '../../support/never.ts';
import { aChoice, aScreen, BEN, CLARA, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const add = { kind: 'add', choice: aChoice() } as const;
const addScreen = { kind: 'add', choice: aScreen() } as const;

async function accepting(options: Parameters<typeof cartWorld>[1] = {}) {
  const world = await cartWorld(redis, options);
  const { context, store, fleet, done, open } = world;
  const accept = (change: CartChange, hash: string = randomUUID(), as: ServiceContext = context) =>
    acceptCartChange(as, { slackUserId: BEN, view: { viewId: 'V1' as SlackViewId, hash }, change, carry: noCarry });
  const jobs = async (): Promise<readonly ChangeWork[]> =>
    (await store.outbox(0)).flatMap(({ work }) => (work.kind === 'change_cart' ? [work] : []));
  const job = async (at = 0): Promise<ChangeWork> => {
    const found = (await jobs())[at];
    if (found === undefined) throw new Error('nothing was accepted');
    return found;
  };
  const send = (hash: string) =>
    acceptSendRequest(context, {
      ...{ slackUserId: BEN, approver: CLARA, note: '', seen: '' },
      view: { viewId: 'V1' as SlackViewId, hash },
    });
  /** Each row with its mark. */
  const rows = async () => cartOf(await open()).screen.rows.map(({ line, mark }) => [line.productName, mark ?? null]);
  const shown = async (...asked: Parameters<typeof accept>) => {
    const accepted = await accept(...asked);
    if (accepted.kind !== 'accepted' || accepted.cart === null) throw new Error(`not shown: ${accepted.kind}`);
    return accepted.cart;
  };
  return { ...world, accept, shown, jobs, job, send, rows, calls: fleet.journal.count, done };
}

describe('a change that was just accepted', () => {
  it('is shown with its name and its price before Fleet has heard of it, and cannot be sent yet', async () => {
    const { shown, job, done, rows, send, calls } = await accepting();

    const cart = await shown({ kind: 'add', choice: aChoice({ quantity: 2 }) });

    expect(cart).toMatchObject({
      rows: [
        {
          quantity: 2,
          mark: 'adding',
          line: { productName: 'MacBook Pro 14', assigneeName: 'Ben Martin', price: { amount: '54.9' } },
        },
      ],
      pending: { unnamed: 0 },
      total: { fleet: null, ours: [{ amount: '109.8' }] },
    });
    expect(calls('createCart')).toBe(0);
    expect(await rows()).toEqual([['MacBook Pro 14', 'adding']]);
    expect(await send('s1')).toEqual({ kind: 'not_yet' });

    const { screen } = cartOf(await done(await job()));

    expect(screen).toMatchObject({ rows: [{ quantity: 2 }], pending: null });
    expect(await rows()).toEqual([['MacBook Pro 14', null]]);
    expect(await send('s2')).toEqual({ kind: 'accepted' });
  });

  it('stays marked beside one that has come true, in the order of asking', async () => {
    const { accept, shown, job, done, rows } = await accepting();
    await accept(add);
    const cart = await shown(addScreen);
    expect(cart.rows.map(({ line, mark }) => [line.productName, mark])).toEqual([
      ['MacBook Pro 14', 'adding'],
      ['UltraSharp 27', 'adding'],
    ]);
    const [first, second] = [await job(0), await job(1)];

    const { screen, news } = cartOf(await done(first));

    expect(news).toEqual({ kind: 'added', count: 1 });
    expect(screen.rows).toMatchObject([{ line: { productId: 101 } }, { line: { productId: 131 }, mark: 'adding' }]);
    expect(screen.rows[0]).not.toHaveProperty('mark');
    expect(cartOf(await done(second)).screen.pending).toBeNull();
    expect(await rows()).toEqual([
      ['MacBook Pro 14', null],
      ['UltraSharp 27', null],
    ]);
  });

  it('is shown once however often it is delivered, before and after its job', async () => {
    const { shown, job, done, jobs } = await accepting();

    for (let times = 0; times < 3; times += 1)
      expect((await shown(add, 'same')).rows).toMatchObject([{ quantity: 1, mark: 'adding' }]);
    expect(await jobs()).toHaveLength(1);
    await done(await job());

    const again = await shown(add, 'same');

    expect(again).toMatchObject({ rows: [{ quantity: 1 }], pending: null });
  });

  it.each(['before', 'after'] as const)(
    'is neither lost nor shown twice when it comes true right %s the draft is read',
    async (when) => {
      const { add: added, accept, jobs, done, context, store } = await accepting();
      await added();
      await accept(addScreen);
      const change = (await jobs()).at(-1);
      if (change === undefined) throw new Error('nothing was accepted');
      let isDone = false;
      const comeTrue = async () => {
        if (!isDone) await done(change);
        isDone = true;
      };
      const draft: typeof store.draft = async (who) => {
        if (when === 'before') await comeTrue();
        const read = await store.draft(who);
        await comeTrue();
        return read;
      };

      const outcome = await openReconciledCart({ ...context, store: { ...store, draft } }, BEN, noCarry);

      const { rows } = cartOf(outcome).screen;
      expect(rows.map(({ line, quantity }) => [line.productId, quantity])).toEqual([
        [101, 1],
        [131, 1],
      ]);
    },
  );

  it('is gone again once Fleet has rejected it', async () => {
    const { accept, job, done, rows, fleet } = await accepting();
    await accept(add);
    fleet.faults.add({
      ...{ operation: 'createCart', kind: 'answer', status: 400, times: 1 },
      body: { error: 'INVALID_ADDRESS' },
    });

    expect(await done(await job())).toMatchObject({ kind: 'form', trouble: { kind: 'fleet' } });

    expect(await rows()).toEqual([]);
  });

  it('stays marked while Fleet has no room for it', async () => {
    const { accept, job, context, rows, fleet, send } = await accepting();
    await accept(add);
    fleet.faults.add({ operation: 'createCart', kind: 'rate_limited', seconds: 58, times: 1 });

    expect(await changeCartInFleet(context, await job())).toMatchObject({ kind: 'later', why: 'fleet_is_busy' });

    expect(await rows()).toEqual([['MacBook Pro 14', 'adding']]);
    expect(await send('s1')).toEqual({ kind: 'not_yet' });
  });

  it('is shown beside a cart whose creation has no answer yet', async () => {
    const { accept, job, context, rows, fleet, open } = await accepting();
    await accept(add);
    fleet.faults.add({ operation: 'createCart', kind: 'reset_before_commit', times: 1 });
    expect(await changeCartInFleet(context, await job())).toMatchObject({ kind: 'later' });

    await accept(addScreen);

    expect(await rows()).toEqual([
      ['MacBook Pro 14', 'adding'],
      ['UltraSharp 27', 'adding'],
    ]);
    // A job is asking: that needs no alarm.
    expect(cartOf(await open()).trouble).toBeNull();
  });

  it('edits and removes rows in their place', async () => {
    const { add: added, shown, job, done, store, rows } = await accepting();
    await added();
    await added(aScreen());
    await store.dropFromOutbox((await store.outbox(0)).map(({ id }) => id));
    const [first, second] = (await store.draft(BEN))?.lines.map(rowKeyOf) ?? [];
    if (first === undefined || second === undefined) throw new Error('no rows');

    await shown({ kind: 'edit', row: first, choice: aChoice({ quantity: 3 }) });
    const cart = await shown({ kind: 'remove', row: second });

    expect(cart.rows).toMatchObject([
      { quantity: 3, mark: 'saving', line: { productId: 101 } },
      { quantity: 1, mark: 'removing', line: { productId: 131 } },
    ]);
    expect(cart.total).toMatchObject({ fleet: null, ours: [{ amount: '164.7' }] });
    const [edit, remove] = [await job(0), await job(1)];
    await done(edit);
    await done(remove);
    expect(await rows()).toEqual([['MacBook Pro 14', null]]);
  });

  it('is counted without its name where Fleet does not answer in time', async () => {
    const { shown, fleet, context, job } = await accepting();
    const gate = fleet.hold('listProductGroups');

    const sleeps = [Promise.resolve()];

    const cart = await shown(add, 'h1', { ...context, sleep: (ms) => sleeps.pop() ?? never(ms) });

    expect(cart).toMatchObject({ rows: [], pending: { unnamed: 1 } });
    expect(await job()).not.toHaveProperty('line');
    gate.release();
  });

  it('is recorded all the same where it cannot be shown', async () => {
    const { accept, context, store, jobs } = await accepting();
    const acceptedChanges = () => Promise.reject(new Error('Redis: Command timed out'));

    expect(await accept(add, 'h1', { ...context, store: { ...store, acceptedChanges } })).toEqual({
      kind: 'accepted',
      cart: null,
    });

    expect(await jobs()).toHaveLength(1);
  });

  it('by somebody whom Fleet does not know is recorded, and the job says why not', async () => {
    const { context, done, job } = await accepting();
    const slackUserId = 'U0NOBODY' as typeof BEN;
    const asked = { slackUserId, view: { viewId: 'V1' as SlackViewId, hash: 'h' }, change: add, carry: noCarry };

    expect(await acceptCartChange(context, asked)).toEqual({ kind: 'accepted', cart: null });

    expect(await done(await job())).toMatchObject({ kind: 'sentence', trouble: { kind: 'not_matched' } });
  });
});

describe('the record of what was accepted', () => {
  it('holds nothing that the previous release has carried out, which drops it from the outbox alone', async () => {
    const { accept, store, rows } = await accepting();
    await accept(add);

    await store.dropFromOutbox((await store.outbox(0)).map(({ id }) => id));

    expect(await store.acceptedChanges(BEN)).toEqual([]);
    expect(await rows()).toEqual([]);
  });

  it('is read with one command, and is of one person', async () => {
    const { accept, store } = await accepting();
    await accept(add);
    await accept(addScreen);

    expect((await store.acceptedChanges(BEN)).map(({ change }) => change)).toEqual([add, addScreen]);
    expect(await store.acceptedChanges(CLARA)).toEqual([]);
  });

  it('keeps what a later action has put into the modal from being drawn over: a press has a time of its own', async () => {
    const { context, job, store } = await accepting();
    const view = { viewId: 'V1' as SlackViewId, hash: 'h', pressedAt: '1700000000.000200' };

    await acceptCartChange(context, { slackUserId: BEN, view, change: { kind: 'remove', row: 'x' }, carry: noCarry });

    const { generation = '', acknowledgedAt } = await job();
    expect([generation, acknowledgedAt]).toEqual(['1700000000.000200', undefined]);
    expect(await store.isCurrentGeneration(view.viewId, generation)).toBe(true);
    await store.claimGeneration(view.viewId, '1700000000.000300');
    expect(await store.isCurrentGeneration(view.viewId, generation)).toBe(false);
  });
});
