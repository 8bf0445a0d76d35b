import { describe, expect, it } from 'vitest';
import type { FleetOrderId, FleetProductId } from '../../../src/domain/ids.ts';
import { acceptCartChange } from '../../../src/services/cart/accept.ts';
import { changeCartInFleet } from '../../../src/services/cart/change.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { openCard, sealCard } from '../../../src/services/request/cards.ts';
import { rebuildRequest } from '../../../src/services/request/remind.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN, BEN_TOO, CLARA, cartOf, cartWorld } from './cart-world.ts';

const { redis } = await redisOfFile();
const macBook = 101 as FleetProductId;
const locked = { kind: 'screen', screen: { kind: 'locked', request: { requester: { slackUserId: BEN } } } };

/** One purchaser: Fleet keeps one cart for both accounts. */
describe('two Slack accounts of one Fleet user', () => {
  it('see the same lock, whichever of them sent the cart', async () => {
    const { add, send, seen, open, draft } = await cartWorld(redis);
    await add();
    await send({ seen: await seen() });

    expect(await open(BEN_TOO)).toMatchObject(locked);
    expect(await draft(BEN_TOO)).toBeNull();
  });

  it('cannot change a cart that the other account has sent', async () => {
    const { add, send, seen, open, work, done, calls, context } = await cartWorld(redis);
    await add();
    cartOf(await open(BEN_TOO));
    await send({ seen: await seen() });
    const before = calls('patchCart');
    const other = { slackUserId: BEN_TOO };

    expect(await done(work({ kind: 'remove_found', productId: macBook }, other))).toMatchObject(locked);
    expect(await add(aScreen(), other)).toMatchObject(locked);
    const accepted = await acceptCartChange(context, {
      ...{ slackUserId: BEN_TOO, view: { viewId: 'V2' as never, hash: 'h' } },
      ...{ change: { kind: 'add', choice: aScreen() }, carry: work({ kind: 'add', choice: aScreen() }).carry },
    });
    expect(accepted).toMatchObject({ kind: 'locked' });
    expect(calls('patchCart')).toBe(before);
  });

  it('meet the lock where Fleet says that there is a cart, and cannot replace its contents', async () => {
    const { add, send, seen, work, done, calls } = await cartWorld(redis);
    await add();
    await send({ seen: await seen() });
    const before = calls('patchCart');
    const other = { slackUserId: BEN_TOO };

    expect(await add(aScreen(), other)).toMatchObject(locked);
    const replace = { kind: 'replace_existing', fleetOrderId: 42 as FleetOrderId, choice: aScreen() } as const;
    expect(await done(work(replace, other))).toMatchObject(locked);
    expect(calls('patchCart')).toBe(before);
  });

  it('send it once, even at the same moment and past any lease', async () => {
    const { add, send, seen, open, work, done, store, context } = await cartWorld(redis);
    await add();
    await open(BEN_TOO);
    await done(work({ kind: 'complete_found', productId: macBook, choice: aChoice() }, { slackUserId: BEN_TOO }));
    const [one, other] = [await seen(BEN), await seen(BEN_TOO)];
    const instance = meetAt(context, 'send.before_commit', 2);

    const outcomes = await Promise.all([
      send({ seen: one }, instance()),
      send({ seen: other, slackUserId: BEN_TOO }, instance()),
    ]);

    expect(outcomes).toMatchObject([{ screen: { kind: 'locked' } }, { screen: { kind: 'locked' } }]);
    expect(await store.openRequests()).toHaveLength(1);
  });

  it('never write to Fleet at the same moment', async () => {
    const { work, done, fleet, context } = await cartWorld(redis);
    const gate = fleet.hold('createCart');
    const first = done(work({ kind: 'add', choice: aChoice() }));
    await gate.arrived();

    const second = work({ kind: 'add', choice: aScreen() }, { slackUserId: BEN_TOO });
    expect(await changeCartInFleet(context, second)).toMatchObject({ kind: 'later' });
    expect(fleet.journal.count('createCart')).toBe(1);
    gate.release();
    await first;
    expect(await done(second)).toMatchObject({ screen: { kind: 'exists' } });
  });
});

/** As after a failover right after the sending: the draft is there, the request and its lock are not. */
it('a rebuild that reads slowly beside a new sending makes no second request', async () => {
  const { context, add, seen, store, send, keys } = await cartWorld(redis);
  await add();
  await send({ seen: await seen() });
  const [request] = await store.openRequests();
  const draft = await store.draft(BEN);
  if (request === undefined || draft === null) throw new Error('nothing was sent');
  const card = openCard(context, sealCard(context, request, null));
  if (card === null) throw new Error('no card');
  const unlocked = { ...draft, lockedBy: null, revision: draft.revision + 1 };
  await store.commit({ draft: { slackUserId: BEN, expectedRevision: draft.revision, next: unlocked } });
  await redis.del(keys.request(request.id), keys.newestForOrder(request.fleetOrderId));
  await redis.zrem(keys.openRequests, request.id);
  const { context: slow, read, go } = readingSlowly(context);
  const rebuild = { kind: 'rebuild_request', tenant: context.workspaceId, card, pressedBy: CLARA } as const;
  const rebuilding = rebuildRequest(slow, rebuild);
  await read;

  await send({ seen: await seen() });
  go();

  expect(await rebuilding).toMatchObject({ kind: 'later' });
  expect(await rebuildRequest(context, rebuild)).toEqual({ kind: 'done' });
  expect(await store.openRequests()).toHaveLength(1);
});

/** Everybody who comes to this point waits until `count` have; leases hold nobody up. */
function meetAt(context: ServiceContext, point: string, count: number): () => ServiceContext {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  const lease = async () => ({ extend: async () => true, release: async () => {} });
  return () => ({
    ...context,
    store: { ...context.store, lease },
    step: async (name) => {
      if (name !== point) return;
      arrived += 1;
      if (arrived === count) open();
      await all;
    },
  });
}

function readingSlowly(context: ServiceContext) {
  let go = () => {};
  let wasRead = () => {};
  const gate = new Promise<void>((resolve) => {
    go = resolve;
  });
  const read = new Promise<void>((resolve) => {
    wasRead = resolve;
  });
  const getCart: ServiceContext['fleet']['getCart'] = async (...asked) => {
    const answer = await context.fleet.getCart(...asked);
    wasRead();
    await gate;
    return answer;
  };
  return { context: { ...context, fleet: { ...context.fleet, getCart } }, read, go };
}
