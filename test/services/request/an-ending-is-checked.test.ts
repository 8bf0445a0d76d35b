import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/fleet/fault.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { renderCard } from '../../../src/services/request/cards.ts';
import {
  declineRequest,
  expireRequest,
  requestChanges,
  withdrawFromCard,
} from '../../../src/services/request/decide.ts';
import { rebuildRequest, remindApprover } from '../../../src/services/request/remind.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { stillCheckingText } from '../../../src/views/notice-message.ts';
import { requestCard } from '../../../src/views/request/card.ts';
import { checkingText, nothingOrderedText } from '../../../src/views/request/state.ts';
import { anna, clara, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from './bench.ts';

const { redis } = await redisOfFile();
const MINUTE = 60_000;
const DAY = 24 * HOUR;
let bench: Bench;
let request: DeviceRequest;
const current = () => bench.request(request.id);
const state = async () => (await current()).state;
const asClara = async () => bench.press(await current(), clara.slackUserId);
const add = (fault: Fault) => bench.fleet.faults.add(fault);
const sweep = (afterMs = 10 * MINUTE): Promise<void> => {
  bench.clock.now += afterMs;
  return followOrders(bench.context);
};
const cardText = async () => {
  const card = { side: 'requester', slackUserId: anna.slackUserId, otherCopy: null } as const;
  return JSON.stringify(requestCard(await renderCard(bench.context, await current(), card)));
};
const approve = async (): Promise<void> => {
  expect(await pressApprove(bench.context, await asClara())).toMatchObject({ ok: true });
};

const acts = {
  declined: async () => declineRequest(bench.context, { ...(await asClara()), reason: 'Too dear' }),
  changes_requested: async () => requestChanges(bench.context, { ...(await asClara()), wish: 'Smaller' }),
  withdrawn: async () => withdrawFromCard(bench.context, bench.press(await current(), anna.slackUserId, 'requester')),
  expired: async () => {
    bench.clock.now = (await current()).expiresAt;
    return expireRequest(bench.context, request.id);
  },
} as const;
const kinds = Object.keys(acts) as (keyof typeof acts)[];
const despiteWords = {
  declined: 'although Clara Rossi had declined it',
  changes_requested: 'although Clara Rossi had asked for changes',
  withdrawn: 'although Anna Keller had withdrawn it',
  expired: 'although it had expired without a decision',
} as const;
const bothAreTold = (words: string) => [
  expect.stringMatching(new RegExp(`^U0ANNA: Fleet ordered your request .*${words}.*cancel`, 'u')),
  expect.stringMatching(new RegExp(`^U0CLARA: Fleet ordered .*${words}.*cancel`, 'u')),
];

beforeEach(async () => {
  bench = await startBench(redis, { read: 5_000, write: 400 });
  request = await bench.sent();
});

describe.each(kinds)('a request that is %s', (kind) => {
  it('is said to be checked until Fleet was asked, and is told only then', async () => {
    await acts[kind]();
    expect(await state()).toMatchObject({ kind });
    expect(await cardText()).toContain(checkingText);
    expect(await cardText()).not.toContain(nothingOrderedText);
    expect(await bench.told()).toEqual([]);

    expect(await bench.checkEndings()).toBe(true);

    expect(await cardText()).not.toContain(checkingText);
    const told = await bench.told();
    expect(told.map((one) => one.slice(0, 7))).toEqual(
      {
        declined: ['U0ANNA:'],
        changes_requested: ['U0ANNA:'],
        withdrawn: ['U0CLARA'],
        expired: ['U0ANNA:', 'U0CLARA'],
      }[kind],
    );
    if (kind === 'declined' || kind === 'expired') {
      expect(await cardText()).toContain(nothingOrderedText);
      expect(told[0]).toContain(nothingOrderedText);
    }
    bench.fleet.journal.clear();
    await bench.checkEndings();
    expect(bench.fleet.journal.entries()).toEqual([]);
  });

  it('although it was ordered in the cockpit: that is found, recorded and told', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await acts[kind]();
    await bench.checkEndings();

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', despite: { kind } });
    expect(await bench.told()).toEqual(bothAreTold(despiteWords[kind]));
    expect(await cardText()).toContain(despiteWords[kind]);
    expect(await cardText()).not.toContain(nothingOrderedText);
    expect(await bench.store.draft(anna.slackUserId)).toBeNull();
  });

  it('is watched: an order that is placed a week later is told to both, and followed like any other', async () => {
    await acts[kind]();
    await bench.checkEndings();
    const before = await bench.told();
    await sweep(7 * DAY);
    expect(await bench.told()).toEqual(before);

    bench.fleet.cockpit.validate(request.fleetOrderId);
    await sweep();

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', despite: { kind } });
    expect((await bench.told()).slice(before.length)).toEqual(bothAreTold(despiteWords[kind]));
    expect(await bench.store.watchedOrders()).toEqual([]);
    expect(await bench.store.followedOrders()).toMatchObject([{ clientStatus: 'BEING_PROCESSED' }]);
  });
});

describe('while Fleet cannot be asked', () => {
  it('people hear of the end after a while, that it is not checked yet, and the card shows the rest', async () => {
    const away = add({ operation: 'getOrder', kind: 'server_error_before_commit' });
    await acts.declined();
    expect(await bench.checkEndings()).toBe(false);
    expect(await bench.told()).toEqual([]);
    bench.clock.now += 20_000;
    expect(await bench.checkEndings()).toBe(false);

    const told = await bench.told();
    expect(told).toEqual([expect.stringContaining(`Clara Rossi declined`)]);
    expect(told[0]).toContain(stillCheckingText);
    bench.clock.now += 10 * MINUTE;
    expect(await bench.checkEndings()).toBe(false);
    expect(await bench.told()).toEqual(told);

    away.remove();
    expect(await bench.checkEndings()).toBe(true);
    expect(await bench.told()).toEqual(told);
    expect(await cardText()).toContain(nothingOrderedText);
  });

  it('a check that the queue lost is queued again by a sweep', async () => {
    await acts.withdrawn();
    for (const { id } of await bench.work('check_ending')) await bench.store.dropFromOutbox([id]);
    await sweep(MINUTE);
    expect(await bench.work('check_ending')).toEqual([]);
    await sweep();
    expect(await bench.checkEndings()).toBe(true);
    expect(await cardText()).not.toContain(checkingText);
    await sweep();
    expect(await bench.work('check_ending')).toEqual([]);
  });

  it('an order that reads do not show yet is found by the second look', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    add({ operation: 'getOrder', kind: 'lag', times: 1 });
    await acts.declined();
    expect(await bench.checkEndings()).toBe(false);
    expect(await bench.told()).toEqual([]);

    bench.clock.now += MINUTE;
    expect(await bench.checkEndings()).toBe(true);

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', despite: { kind: 'declined' } });
  });

  it('a cart that stays missing for a minute was not ordered', async () => {
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    await acts.declined();
    expect(await bench.checkEndings()).toBe(false);
    bench.clock.now += MINUTE;
    expect(await bench.checkEndings()).toBe(true);
    expect(await bench.told()).toEqual([expect.stringContaining(nothingOrderedText)]);
  });
});

describe('what ended is watched', () => {
  it('a validate of ours that Fleet carries out late is told to both, with who approved it', async () => {
    await approve();
    const gate = bench.fleet.hold('validateCart');
    await carryOutApproval(bench.instance(), request.id);
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    bench.clock.now += MINUTE;
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    await resolveUnconfirmed(bench.instance(), request.id);
    await acts.declined();
    await bench.checkEndings();
    const before = await bench.told();
    gate.release();
    await expect.poll(() => bench.fleet.validateCommits(request.fleetOrderId)).toBe(1);

    await sweep();

    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: false });
    expect((await bench.told()).slice(before.length)).toEqual(bothAreTold(despiteWords.declined));
  });

  it('while it waits again after such a validate, an order is ours', async () => {
    await approve();
    const gate = bench.fleet.hold('validateCart');
    await carryOutApproval(bench.instance(), request.id);
    bench.clock.now += MINUTE;
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    await resolveUnconfirmed(bench.instance(), request.id);
    expect(await state()).toMatchObject({ kind: 'pending' });
    gate.release();
    await expect.poll(() => bench.fleet.validateCommits(request.fleetOrderId)).toBe(1);

    await sweep();

    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, despite: { kind: 'pending' } });
  });

  it('costs no call while the list that is read anyway shows the cart', async () => {
    bench.fleet.rules.oneActiveCart = false;
    await acts.declined();
    await bench.checkEndings();
    await redis.del(bench.keys.draft(anna.slackUserId));
    await bench.sent();
    bench.fleet.journal.clear();

    await sweep();

    expect(bench.fleet.journal.entries().map(({ operation }) => operation)).toEqual(['listCarts']);
  });

  it('asks for a few at most in one sweep, and each has its turn', async () => {
    bench.fleet.rules.oneActiveCart = false;
    const ended = [request];
    for (let count = 1; count < 15; count += 1) {
      await redis.del(bench.keys.draft(anna.slackUserId));
      ended.push(await bench.sent());
    }
    for (const one of ended) {
      request = one;
      await acts.declined();
    }
    await bench.checkEndings();
    for (const { fleetOrderId } of ended) bench.fleet.cockpit.validate(fleetOrderId);
    const found = async () => {
      const states = await Promise.all(ended.map(async ({ id }) => (await bench.request(id)).state.kind));
      return states.filter((kind) => kind === 'closed_elsewhere').length;
    };

    await sweep();
    expect(await found()).toBe(10);
    await sweep();
    expect(await found()).toBe(15);
  });

  it('ends once a newer request has the cart: what becomes of it is not told of the old one', async () => {
    await acts.declined();
    await bench.checkEndings();
    const newer = { ...request, id: `${request.id}2` as never, createdAt: request.createdAt + 1 };
    await bench.store.commit({ request: { expectedRevision: null, next: { ...newer, revision: 1 } } });
    expect(await bench.store.watchedOrders()).toEqual([]);
    const before = await bench.told();
    bench.fleet.cockpit.validate(request.fleetOrderId);

    await sweep();

    expect(await state()).toMatchObject({ kind: 'declined' });
    expect((await bench.request(newer.id)).state).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered' });
    expect((await bench.told()).slice(before.length).join()).not.toContain('although');
  });

  it('a late check of an old request does not take what its successor ordered for its own', async () => {
    await acts.declined();
    const newer = { ...request, id: `${request.id}2` as never, createdAt: request.createdAt + 1 };
    await bench.store.commit({ request: { expectedRevision: null, next: { ...newer, revision: 1 } } });
    bench.fleet.cockpit.validate(request.fleetOrderId);
    const before = await bench.told();
    await bench.checkEndings();
    expect(await state()).toMatchObject({ kind: 'declined' });
    // Whoever reads "Nothing was ordered" now would take it for the order's number.
    expect((await bench.told()).slice(before.length)).toEqual([]);
    await sweep();
    await sweep();
    expect(await bench.store.watchedOrders()).toEqual([]);
  });

  it('ends when the cart has been gone for a day, and starts again when it is shown', async () => {
    await acts.declined();
    await bench.checkEndings();
    const hidden = (['getCart', 'listCarts'] as const).map((operation) =>
      add({ operation, kind: 'answer', status: 404, body: { error: 'CART_NOT_FOUND' } }),
    );
    await sweep();
    expect(await current()).toMatchObject({ missingSince: bench.clock.now });
    await sweep(DAY - 1);
    for (const one of hidden) one.remove();
    await sweep();
    expect(await current()).toMatchObject({ missingSince: null });
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    await sweep();
    await sweep(DAY - 1);
    expect(await bench.store.watchedOrders()).toEqual([request.fleetOrderId]);
    await sweep();
    expect(await bench.store.watchedOrders()).toEqual([]);
  });

  it('goes on after a failure that is about one of them', async () => {
    await acts.declined();
    await bench.checkEndings();
    add({ operation: 'getOrder', kind: 'answer', status: 403, body: { error: 'Forbidden' }, times: 1 });
    await sweep();
    expect(await bench.store.watchedOrders()).toEqual([request.fleetOrderId]);
  });
});

describe('one look that finds neither a cart nor an order proves nothing', () => {
  const hidden = () => add({ operation: 'getOrder', kind: 'lag', times: 1 });

  it('of a pending request: the next sweep finds the order', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    hidden();
    await sweep();
    expect(await state()).toMatchObject({ kind: 'pending' });
    expect(await bench.told()).toEqual([]);

    await sweep();

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', clientStatus: 'BEING_PROCESSED' });
  });

  it('of a pending request whose cart is there again: the search starts anew', async () => {
    const away = (['getCart', 'getOrder'] as const).map((operation) =>
      add({ operation, kind: 'answer', status: 404, body: { error: 'ORDER_NOT_FOUND' } }),
    );
    await sweep();
    for (const one of away) one.remove();
    await sweep();
    expect(await current()).toMatchObject({ state: { kind: 'pending' }, missingSince: null });
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    await sweep();
    expect(await state()).toMatchObject({ kind: 'pending' });
    await sweep();
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'gone' });
  });

  it('of an approval: it waits a minute for the second look', async () => {
    await approve();
    bench.fleet.cockpit.validate(request.fleetOrderId);
    hidden();
    const first = await carryOutApproval(bench.context, request.id);
    expect(first).toEqual({ kind: 'later', afterMs: MINUTE });
    expect(await carryOutApproval(bench.context, request.id)).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered' });
  });

  it('of our own second validate: it is looked up', async () => {
    await approve();
    add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await carryOutApproval(bench.context, request.id);
    bench.clock.now += MINUTE;
    const gate = bench.fleet.hold('validateCart');
    const running = resolveUnconfirmed(bench.context, request.id);
    await gate.arrived();
    bench.fleet.cockpit.validate(request.fleetOrderId);
    const notThere = { kind: 'answer', status: 404, body: { error: 'CART_NOT_FOUND' } } as const;
    add({ operation: 'validateCart', ...notThere, stage: 'after_commit', times: 1 });
    add({ operation: 'patchCart', ...notThere, times: 2 });
    hidden();
    gate.release();
    await running;
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });

    await resolveUnconfirmed(bench.context, request.id);

    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
  });

  it('after a loss of Redis: the request is restored by the second look', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await redis.del(bench.keys.request(request.id), bench.keys.newestForOrder(request.fleetOrderId));
    const side = ({ slackUserId, fleetUserId }: typeof anna) => ({ slackUserId, fleetUserId });
    const { fleetOrderId, expiresAt, fingerprint } = request;
    const card = {
      ...{ tenant: bench.workspaceId, requestId: request.id, fleetOrderId, expiresAt, fingerprint, otherCopy: null },
      ...{ requester: side(anna), approver: side(clara) },
    };
    const work = { kind: 'rebuild_request', tenant: bench.workspaceId, card, pressedBy: clara.slackUserId } as const;
    hidden();

    const since = bench.clock.now;
    expect(await rebuildRequest(bench.context, { ...work, since })).toEqual({ kind: 'later', afterMs: MINUTE });
    bench.clock.now += MINUTE;
    await rebuildRequest(bench.context, { ...work, since });

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered' });
  });

  it('told as gone, and shown as an order afterwards: both are told', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    const lag = add({ operation: 'getOrder', kind: 'answer', status: 404, body: { error: 'ORDER_NOT_FOUND' } });
    await sweep();
    await sweep();
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'gone' });
    const before = await bench.told();
    lag.remove();

    await sweep();

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', despite: { kind: 'gone' } });
    expect((await bench.told()).slice(before.length)).toEqual(
      bothAreTold('although Fleet had no longer shown its cart'),
    );
  });
});

describe.each(['ARCHIVED', 'FAILED'])('a cart that was put away in the cockpit as %s', (clientStatus) => {
  const notSaid = /was closed in Fleet, which doesn't say whether it was ordered/u;

  it('while it waited: nobody is told that it was ordered', async () => {
    bench.fleet.cockpit.setStatus(request.fleetOrderId, clientStatus);
    await sweep();
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', clientStatus, isPutAway: true });
    expect(await bench.told()).toEqual([expect.stringMatching(notSaid), expect.stringMatching(notSaid)]);
    expect(await cardText()).not.toMatch(/ordered directly|\*Ordered/u);
    await sweep();
    expect(await bench.told()).toHaveLength(2);
  });

  it('after a validate without an answer: nor is that said to be an order', async () => {
    await approve();
    add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await carryOutApproval(bench.context, request.id);
    bench.fleet.cockpit.setStatus(request.fleetOrderId, clientStatus);
    await resolveUnconfirmed(bench.context, request.id);
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', clientStatus, isPutAway: true });
    expect(await bench.told()).toEqual([expect.stringMatching(notSaid), expect.stringMatching(notSaid)]);
  });
});

it('a press after the deadline ends the request in the words of its end, whatever was pressed', async () => {
  bench.clock.now = request.expiresAt;
  const press = bench.press(request, anna.slackUserId, 'requester');
  expect(await remindApprover(bench.context, press)).toMatchObject({ refusal: { kind: 'expired' } });
  expect(await bench.told()).toEqual([]);
  await bench.checkEndings();
  expect(await bench.told()).toEqual([
    expect.stringMatching(/^U0ANNA: .*expired without a decision/u),
    expect.stringMatching(/^U0CLARA: .*expired without a decision/u),
  ]);
});
