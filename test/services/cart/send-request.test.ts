import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ChangeId, FleetOrderId, FleetProductGroupId } from '../../../src/domain/ids.ts';
import { type OrderLine, rowKeyOf } from '../../../src/domain/line.ts';
import { canonicalText } from '../../../src/domain/request/request.ts';
import { defaultSettings } from '../../../src/domain/settings/settings.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { withdrawRequest } from '../../../src/services/request/decide.ts';
import { all } from '../../store/support/all.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { aChoice, aScreen, BEN, CLARA, cartOf, cartWorld, EVA } from './cart-world.ts';

const { redis } = await redisOfFile();
const world = (options: Parameters<typeof cartWorld>[1] = {}) => cartWorld(redis, options);
const DAY = 24 * 60 * 60 * 1000;
/** As an hour later, when nothing is left of the price. */
const priceKey = (line: OrderLine | undefined) =>
  `catalog:price:${line?.productId}:${line?.deliveryCountry}:EUR:LEASING:${line?.keyboardLayout}`;

/** Ben withdraws what he sent last, to edit it. */
async function withdrawNewest({ store, context }: Pick<Awaited<ReturnType<typeof world>>, 'store' | 'context'>) {
  const [newest] = await store.requestsBy(BEN, 1);
  if (newest === undefined) throw new Error('no request');
  const withdrawal = { slackUserId: BEN, lines: 'kept', surface: 'modal', once: randomUUID() } as const;
  await withdrawRequest(context, { ...withdrawal, requestId: newest.id });
  return newest;
}

describe('sending for approval', () => {
  it('creates the request, locks the cart and records the work, all in one', async () => {
    const { add, send, seen, draft, store, clock, context } = await world();
    await add(aChoice({ quantity: 2 }));
    await store.dropFromOutbox((await store.outbox(0)).map(({ id }) => id));

    const outcome = await send({ seen: await seen(), note: 'Please' });

    expect(outcome).toMatchObject({ kind: 'screen', screen: { kind: 'locked' }, news: { kind: 'sent' } });
    const [request] = await store.requestsBy(BEN, 10);
    expect(request).toMatchObject({
      fleetOrderId: 42,
      requester: { slackUserId: BEN, fleetUserId: 12 },
      approver: { slackUserId: CLARA, fleetUserId: 21, name: 'Clara Rossi' },
      mode: 'LEASING',
      note: 'Please',
      total: { fleet: { amount: '109.80', currency: 'EUR' } },
      expectedInFleet: { productIds: [101, 101], rent: '109.80' },
      createdAt: clock.now,
      expiresAt: clock.now + 7 * DAY,
      previousRequestId: null,
      state: { kind: 'pending' },
      revision: 1,
    });
    if (request === undefined) throw new Error('no request');
    const { lines, mode, total } = request;
    const text = canonicalText({ purchaserId: request.requester.fleetUserId, mode, lines, total });
    expect(request.fingerprint).toBe(context.seal.digest(text));
    expect(await draft()).toMatchObject({ lockedBy: request.id, fleetHolds: request.expectedInFleet });
    const accepted = (await store.outbox(0)).map(({ work, notBefore }) => [work.kind, notBefore]);
    expect(new Map(accepted as [string, number | undefined][])).toEqual(
      new Map([
        ['update_cards', undefined],
        ['expire', request.expiresAt],
        ['remind', clock.now + DAY],
      ]),
    );
    expect((await all(store.audit())).map(({ entry }) => entry.did)).toEqual(['cart_created', 'request_sent']);
    expect(await store.preferences(BEN)).toEqual({ lastApprover: CLARA, lastCountry: 'FR' });
  });

  it('is one request however often the job runs', async () => {
    const { add, send, seen, store } = await world();
    await add();
    const changeId = 'a'.repeat(32) as ChangeId;
    const shown = await seen();

    await Promise.all([send({ seen: shown, changeId }), send({ seen: shown, changeId })]);
    await send({ seen: shown, changeId });

    expect(await store.requestsBy(BEN, 10)).toHaveLength(1);
  });

  it('is not sent again by a late run of the job, when the request was withdrawn meanwhile', async () => {
    const { add, send, seen, store, context } = await world();
    await add();
    const again = { seen: await seen(), changeId: 'b'.repeat(32) as ChangeId };
    await send(again);
    await withdrawNewest({ store, context });

    expect(await send(again)).toMatchObject({ trouble: { kind: 'request_over' } });

    expect(await store.requestsBy(BEN, 10)).toMatchObject([{ state: { kind: 'withdrawn' } }]);
  });

  it('is one request when two windows send at once, and nothing is sent to Fleet while it is locked', async () => {
    const { add, send, seen, store, calls } = await world();
    await add();
    const shown = await seen();

    const outcomes = await Promise.all([send({ seen: shown }), send({ seen: shown })]);

    expect(outcomes).toMatchObject([{ screen: { kind: 'locked' } }, { screen: { kind: 'locked' } }]);
    expect(await store.requestsBy(BEN, 10)).toHaveLength(1);
    const before = calls('patchCart');
    expect(await add(aScreen())).toMatchObject({ screen: { kind: 'locked' } });
    expect(calls('patchCart')).toBe(before);
  });

  it('is not called done when another save of the cart came first', async () => {
    const { add, send, seen, draft, store, context } = await world();
    await add();
    const shown = await seen();
    const step: ServiceContext['step'] = async (name) => {
      const before = await draft();
      if (name !== 'send.before_commit' || before === null || before.mode === 'BUY') return;
      const next = { ...before, mode: 'BUY' as const, revision: before.revision + 1 };
      await store.commit({ draft: { slackUserId: BEN, expectedRevision: before.revision, next } });
    };

    const outcome = await send({ seen: shown }, { ...context, step });

    expect(outcome).toMatchObject({ screen: { kind: 'cart' }, trouble: { kind: 'not_as_seen' } });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
  });

  it('is not sent when this person has sent fifty within a day', async () => {
    const { add, send, seen, store, context, clock } = await world();
    await add();
    const again = async () => send({ seen: await seen() });
    for (let sent = 0; sent < 50; sent += 1) {
      clock.now += 1000;
      await again();
      await withdrawNewest({ store, context });
    }

    expect(await again()).toMatchObject({ trouble: { kind: 'sent_too_often' } });
    expect(await store.requestsBy(BEN, 60)).toHaveLength(50);
    clock.now += 24 * 60 * 60 * 1000;
    expect(await again()).toMatchObject({ screen: { kind: 'locked' } });
  });

  it('takes the place of the one before for the same cart, also when the process ends right after sending it', async () => {
    const { add, send, seen, store, context, clock } = await world();
    await add();
    await send({ seen: await seen() });
    const first = await withdrawNewest({ store, context });
    clock.now += 1000;
    const again = { seen: await seen(), changeId: 'c'.repeat(32) as ChangeId };
    const dies: ServiceContext['step'] = async (name) => {
      if (name === 'send.committed') throw new Error('the process ends here');
    };

    await expect(send(again, { ...context, step: dies })).rejects.toThrow();
    expect(await store.request(first.id)).not.toHaveProperty('isSuperseded');
    await send(again);

    const [newer, older] = await store.requestsBy(BEN, 2);
    expect(newer).toMatchObject({ fleetOrderId: 42, previousRequestId: first.id });
    expect(older).toMatchObject({ id: first.id, isSuperseded: true, state: { kind: 'withdrawn' } });
  });
});

describe('what is not sent', () => {
  it('is an empty cart', async () => {
    const { send, seen, add, done, work, store } = await world();
    expect(await send({ seen: await seen() })).toMatchObject({ trouble: { kind: 'nothing_to_send' } });
    const { screen } = cartOf(await add());
    await done(work({ kind: 'remove', row: screen.rows[0]?.key ?? '' }));

    expect(await send({ seen: await seen() })).toMatchObject({ trouble: { kind: 'nothing_to_send' } });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
  });

  it('is a cart with devices that are not settled', async () => {
    const { add, send, seen, forgetDraft, open } = await world();
    await add();
    await forgetDraft();
    await open();

    expect(await send({ seen: await seen() })).toMatchObject({ trouble: { kind: 'found_left' } });
  });

  it.each([
    ['somebody who may not sign', EVA, 'approver_not_eligible'],
    ['oneself', BEN, 'own_approver'],
  ])('goes not to %s', async (_, approverSlackUserId, kind) => {
    const { add, send, seen, store } = await world();
    await add();

    expect(await send({ seen: await seen(), approverSlackUserId })).toMatchObject({ trouble: { kind } });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
  });

  it('is over a limit that came later', async () => {
    const { add, send, seen, settings } = await world();
    await add();
    await settings({ priceLimits: [{ amount: '10', currency: 'EUR' as never }] });

    expect(await send({ seen: await seen() })).toMatchObject({ trouble: { kind: 'over_limit' } });
  });

  it('is over a limit by what its devices cost by now', async () => {
    const { add, send, seen, settings, fleet, store, draft } = await world();
    await settings({ priceLimits: [{ amount: '55', currency: 'EUR' as never }] });
    await add();
    fleet.cockpit.changePrice(101, { EUR: { LEASING: 56, BUY: 2000 } });
    await store.cache.forget(priceKey((await draft())?.lines[0]));

    expect(await send({ seen: await seen() })).toMatchObject({
      trouble: { kind: 'over_limit', price: { amount: '56' }, limit: { amount: '55' } },
    });
  });

  it('is within a limit by what was said last, while Fleet does not say the price', async () => {
    const { add, send, seen, settings, fleet, store, draft } = await world();
    await settings({ priceLimits: [{ amount: '55', currency: 'EUR' as never }] });
    await add();
    await store.cache.forget(priceKey((await draft())?.lines[0]));
    fleet.faults.add({ operation: 'getPricing', kind: 'server_error_before_commit' });

    expect(await send({ seen: await seen() })).toMatchObject({ news: { kind: 'sent' } });
  });

  it.each([
    ['product', { productGroups: [4 as FleetProductGroupId] }],
    ['product', { categories: ['SCREEN'] }],
    ['delivery_country', { countries: defaultSettings.countries.filter(({ code }) => code !== 'FR') }],
  ] as const)('refuses a %s that the settings do not let people order any more: %j', async (field, change) => {
    const { add, send, seen, settings, draft } = await world();
    await add(aScreen());
    await add(aChoice());
    const shown = await seen();
    await settings(change);
    const row = (await draft())?.lines[field === 'product' ? 1 : 0];

    const outcome = await send({ seen: shown });

    expect(outcome).toMatchObject({
      screen: { kind: 'cart' },
      trouble: { kind: 'not_allowed', field, row: row && rowKeyOf(row), productName: row?.productName },
    });
    expect(await draft()).toMatchObject({ lockedBy: null });
  });

  it('sends what the settings let people order, also while Fleet does not say what category it is', async () => {
    const { add, send, seen, settings, fleet, store } = await world();
    await add(aChoice());
    const shown = await seen();
    await settings({ categories: ['SCREEN'], productGroups: [1 as FleetProductGroupId] });
    await store.cache.forget('catalog:groups:FR');
    fleet.faults.add({ operation: 'listProductGroups', kind: 'server_error_before_commit' });
    expect(await send({ seen: shown })).toMatchObject({ screen: { kind: 'locked' } });
  });

  it('is anything that did not stand on screen', async () => {
    const { add, send, seen, store } = await world();
    await add();
    const shown = await seen();
    await add(aScreen());

    expect(await send({ seen: shown })).toMatchObject({ trouble: { kind: 'not_as_seen' }, screen: { rows: [{}, {}] } });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
    await send({ seen: await seen() });
    expect(await store.requestsBy(BEN, 10)).toHaveLength(1);
  });
});

describe('a cart that nobody has read since it was created', () => {
  it('is sent as it was shown at once, and read only then', async () => {
    const { add, send, seenOn, store, calls } = await world();

    const shown = cartOf(await add()).screen;

    expect([calls('createCart'), calls('getCart')]).toEqual([1, 0]);
    expect(shown.total).toEqual({ fleet: null, ours: [{ amount: '54.9', currency: 'EUR' }], unpriced: 0 });
    await send({ seen: seenOn(shown) });
    expect(calls('getCart')).toBe(1);
    expect(await store.requestsBy(BEN, 10)).toMatchObject([
      { total: { fleet: { amount: '54.90' } }, expectedInFleet: { productIds: [101], rent: '54.90' } },
    ]);
  });

  it('is read at once where our sum does not say what it costs', async () => {
    const { add, fleet, calls } = await world();
    fleet.faults.add({ operation: 'getPricing', kind: 'server_error_before_commit' });

    const { screen } = cartOf(await add());

    expect(calls('getCart')).toBe(1);
    expect(screen.total).toMatchObject({ fleet: { amount: '54.90' }, ours: [], unpriced: 1 });
  });

  it('of which Fleet left out a line is shown with what is missing before anything is sent', async () => {
    const { add, send, seenOn, fleet, store } = await world();
    const shown = cartOf(await add(aChoice({ quantity: 2 }))).screen;
    fleet.cockpit.removeLine(42, 0);

    const outcome = cartOf(await send({ seen: seenOn(shown) }));

    expect(outcome).toMatchObject({
      trouble: { kind: 'not_as_seen' },
      screen: { difference: { missing: [{ productId: 101, count: 1 }] } },
    });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
  });

  it('is not overwritten by the next change when it was changed in Fleet', async () => {
    const { add, fleet, clock } = await world();
    await add();
    fleet.cockpit.addLine(42, { productId: 161 });
    clock.now += 61_000;

    expect(await add(aScreen())).toMatchObject({ kind: 'form', trouble: { kind: 'changed_elsewhere' } });

    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 161 }] }]);
  });

  it('still says what Fleet keeps once its only row is removed', async () => {
    const { add, done, work } = await world();
    const [row] = cartOf(await add()).screen.rows;

    const { screen } = cartOf(await done(work({ kind: 'remove', row: row?.key ?? '' })));

    expect(screen).toMatchObject({ rows: [], keptByFleet: [{ productId: 101, count: 1 }] });
  });
});

describe('differences', () => {
  it('of devices are shown with both versions, and put right by the second Send', async () => {
    const { add, send, seen, fleet, store } = await world();
    await add();
    const before = await seen();
    fleet.cockpit.addLine(42, { productId: 161 });

    const first = cartOf(await send({ seen: before }));

    expect(first).toMatchObject({
      trouble: { kind: 'not_as_seen' },
      screen: {
        difference: { extra: [{ productId: 161 }], missing: [], total: null },
        total: { fleet: { amount: '82.80' } },
      },
    });
    await send({ seen: await seen() });
    const [request] = await store.requestsBy(BEN, 1);
    expect(request).toMatchObject({
      lines: [{ productId: 101 }],
      expectedInFleet: { productIds: [101], rent: '54.90' },
    });
    expect(fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });

  it('of the total alone are shown before sending', async () => {
    const { add, send, seen, fleet, store } = await world();
    await add();
    await add();
    const before = await seen();
    fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });

    const first = cartOf(await send({ seen: before }));

    expect(first.screen.difference).toMatchObject({ missing: [], extra: [], total: { from: { amount: '109.80' } } });
    await send({ seen: await seen() });
    expect((await store.requestsBy(BEN, 1))[0]?.total).toMatchObject({
      fleet: { amount: '120.00' },
      ours: [{ amount: '109.8' }],
    });
  });

  it('from our sum, which was seen before Fleet stated a total, are shown with both before sending', async () => {
    const { add, send, seenOn, seen, fleet, store } = await world();
    const before = seenOn(cartOf(await add()).screen);
    fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });

    const first = cartOf(await send({ seen: before }));

    expect(first).toMatchObject({
      trouble: { kind: 'not_as_seen' },
      screen: { total: { fleet: { amount: '60.00' }, ours: [{ amount: '54.9' }] } },
    });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
    await send({ seen: await seen() });
    expect(await store.requestsBy(BEN, 10)).toHaveLength(1);
  });

  it('show again when Fleet does not take back what stands here', async () => {
    const { add, send, seen, fleet, store } = await world();
    await add();
    fleet.cockpit.addLine(42, { productId: 161 });
    const shown = await seen();
    fleet.faults.add({
      ...{ operation: 'patchCart', kind: 'answer', status: 404, times: 1 },
      body: { error: 'PRODUCT_NOT_FOUND' },
    });

    expect(await send({ seen: shown })).toMatchObject({
      trouble: { kind: 'fleet', failure: { code: 'PRODUCT_NOT_FOUND' } },
    });
    fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } }, { repriceCarts: false });
    expect(await send({ seen: shown })).toMatchObject({ trouble: { kind: 'not_as_seen' } });
    expect(await store.requestsBy(BEN, 10)).toEqual([]);
  });

  it('cannot be looked for while Fleet is away: nothing is sent', async () => {
    const { add, send, seen, fleet, store } = await world();
    await add();
    const shown = await seen();
    fleet.faults.add({ operation: 'getCart', kind: 'server_error_before_commit' });

    expect(await send({ seen: shown })).toMatchObject({ trouble: { kind: 'fleet', failure: { kind: 'unavailable' } } });
    expect(await store.requestForOrder(42 as FleetOrderId)).toBeNull();
  });
});
