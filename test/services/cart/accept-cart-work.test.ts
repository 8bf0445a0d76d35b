import { describe, expect, it } from 'vitest';
import { CommitUnclear, StoreUnavailable } from '../../../src/domain/failures/failure.ts';
import type { SlackViewId } from '../../../src/domain/ids.ts';
import { noCarry } from '../../../src/domain/order-form/choice.ts';
import type { CartChange } from '../../../src/domain/work.ts';
import { acceptCartChange, acceptSendRequest } from '../../../src/services/cart/accept.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN, CLARA, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const view = (hash = 'h1') => ({ viewId: 'V1' as SlackViewId, hash });

async function accepting() {
  const world = await cartWorld(redis);
  const { context, store } = world;
  const taken = async () => {
    const items = await store.outbox(0);
    await store.dropFromOutbox(items.map(({ id }) => id));
    return items.map(({ work }) => work).filter(({ kind }) => kind === 'change_cart' || kind === 'send_request');
  };
  await taken();
  const accept = (change: CartChange, hash?: string) =>
    acceptCartChange(context, { slackUserId: BEN, view: view(hash), change, carry: noCarry });
  return { ...world, taken, accept };
}

describe('accepting a change', () => {
  const change = { kind: 'add', choice: aChoice() } as const;
  const asked = { slackUserId: BEN, view: view(), change, carry: noCarry };

  it('whose answer is lost records it once and says so', async () => {
    const { taken, context, store } = await accepting();
    let commits = 0;
    const commit: typeof store.commit = async (one) => {
      const done = await store.commit(one);
      commits += 1;
      if (commits === 1) throw new CommitUnclear('Redis: Command timed out');
      return done;
    };

    expect(await acceptCartChange({ ...context, store: { ...store, commit } }, asked)).toMatchObject({
      kind: 'accepted',
    });

    expect(commits).toBe(2);
    expect(await taken()).toHaveLength(1);
  });

  it('whose answer stays away is never called refused', async () => {
    const { context, store } = await accepting();
    const failures = [new CommitUnclear('Redis: timed out'), new StoreUnavailable('Redis: not connected', true)];
    const commit = () => Promise.reject(failures.shift());

    const failed = acceptCartChange({ ...context, store: { ...store, commit } }, asked);

    await expect(failed).rejects.toThrow(CommitUnclear);
  });

  it('records it once however often it is delivered, also after the job has taken it', async () => {
    const { accept, taken } = await accepting();
    const change = { kind: 'add', choice: aChoice() } as const;

    for (let times = 0; times < 5; times += 1) expect(await accept(change)).toMatchObject({ kind: 'accepted' });
    expect(await taken()).toMatchObject([{ kind: 'change_cart', slackUserId: BEN, change, viewId: 'V1' }]);
    for (let times = 0; times < 6; times += 1) await accept(change);

    expect(await taken()).toEqual([]);
  });

  it.each(['accept', 'send'] as const)(
    'lets its job begin at once, and says when it was acknowledged: %s',
    async (what) => {
      const { accept, context, store, clock } = await accepting();
      clock.now += 5_000;

      if (what === 'accept') await accept(change);
      else await acceptSendRequest(context, { slackUserId: BEN, view: view(), approver: CLARA, note: '', seen: '' });

      const items = (await store.outbox(0)).filter(({ work }) => 'viewId' in work);
      expect(items).toMatchObject([{ work: { acknowledgedAt: clock.now } }]);
      expect(items[0]).not.toHaveProperty('notBefore');
    },
  );

  it('records another submission of the same modal, and each row that is removed', async () => {
    const { accept, taken } = await accepting();

    await accept({ kind: 'add', choice: aChoice() }, 'h1');
    await accept({ kind: 'add', choice: aChoice() }, 'h2');
    await accept({ kind: 'remove', row: 'a' }, 'h2');
    await accept({ kind: 'remove', row: 'b' }, 'h2');
    await accept({ kind: 'remove_found', productId: null }, 'h2');

    expect(await taken()).toHaveLength(5);
  });

  it('refuses and records nothing while a request locks the cart', async () => {
    const { accept, add, send, seen, taken, context } = await accepting();
    await add();
    await send({ seen: await seen() });
    await taken();

    expect(await accept({ kind: 'add', choice: aScreen() })).toMatchObject({ kind: 'locked', request: {} });
    const sending = { slackUserId: BEN, view: view(), approver: CLARA, note: '', seen: '' };
    expect(await acceptSendRequest(context, sending)).toMatchObject({ kind: 'locked' });
    expect(await taken()).toEqual([]);
  });

  it('refuses and records nothing while ordering pauses', async () => {
    const { accept, taken, context, fleet } = await accepting();
    fleet.cockpit.revokeKey();
    await context.fleet.listCarts({}, 'person');

    expect(await accept({ kind: 'add', choice: aChoice() })).toMatchObject({ kind: 'paused' });
    expect(await taken()).toEqual([]);
  });
});
