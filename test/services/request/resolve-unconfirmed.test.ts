import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/fleet/fault.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { resolveIfOrdered, resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { signatoryUnconfirmedText } from '../../../src/views/request/state.ts';
import { aLine } from '../../domain/a-line.ts';
import { clara, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;
const look = () => resolveUnconfirmed(bench.context, request.id);
const state = async () => (await bench.request(request.id)).state;
const add = (fault: Fault) => bench.fleet.faults.add(fault);
const nextLookAt = async () => (await bench.work('look_up_unconfirmed')).at(-1)?.notBefore;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
  await pressApprove(bench.context, bench.press(request, clara.slackUserId));
  add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
  await carryOutApproval(bench.context, request.id);
  expect(await state()).toMatchObject({ kind: 'unconfirmed' });
});

describe('what became of a validate without an answer', () => {
  it('is looked up soon, and again when a cart proves something', async () => {
    expect(await nextLookAt()).toBe(bench.clock.now + 1_000);
    const gaveUpAt = bench.clock.now;
    bench.clock.now += 50_000;
    expect(await look()).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1, gaveUpAt });
    // Thirty seconds would be next; the minute is over sooner.
    expect(await nextLookAt()).toBe(gaveUpAt + 60_000);
  });

  it('it was ordered meanwhile in the cockpit, or late by us: ordered, signatory not confirmed', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: false });
    expect(await bench.told()).toEqual([expect.stringContaining(signatoryUnconfirmedText)]);
  });

  it('neither a cart nor an order: for a minute that proves nothing, and it is found ordered after all', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    add({ operation: 'patchCart', kind: 'answer', status: 404, body: { error: 'CART_NOT_FOUND' }, times: 2 });
    add({ operation: 'getOrder', kind: 'answer', status: 404, body: { error: 'ORDER_NOT_FOUND' }, times: 1 });
    const gaveUpAt = bench.clock.now;
    bench.clock.now += 59_000;
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1 });
    expect(await nextLookAt()).toBe(gaveUpAt + 60_000);
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
  });

  describe('while ordering pauses', () => {
    beforeEach(async () => {
      await bench.store.setPause({ kind: 'insufficient_scope', since: bench.clock.now, keyId: 'key' });
      bench.clock.now += 60_000;
    });

    it('is found ordered by reading', async () => {
      bench.fleet.cockpit.validate(request.fleetOrderId);
      await look();
      expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    });

    it.each([
      ['a cart', () => {}],
      ['nothing', () => bench.fleet.cockpit.deleteCart(request.fleetOrderId)],
    ])('is not concluded from %s', async (_, happen) => {
      happen();
      await look();
      expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1 });
    });
  });

  it('the cart is gone for more than a minute: closed elsewhere', async () => {
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    bench.clock.now += 60_000;
    await look();
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'gone' });
  });

  it('an order whose status Fleet does not tell is one all the same', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    add({ operation: 'getOrder', kind: 'answer', status: 404, body: { error: 'ORDER_NOT_FOUND' }, times: 1 });
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', clientStatus: 'UNKNOWN' });
  });

  it('a refusal of the lines does not prove a cart: the purchaser alone is patched', async () => {
    add({ operation: 'patchCart', kind: 'answer', status: 404, body: { error: 'PRODUCT_NOT_FOUND' }, times: 1 });
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
  });

  it('Fleet no longer takes the lines: back to the approver, but not before the minute', async () => {
    bench.fleet.cockpit.withdrawProduct(101);
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    bench.clock.now += 60_000;
    await look();
    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'pending' },
      problem: { code: 'PRODUCT_NOT_FOUND' },
    });
    expect(bench.fleet.journal.count('validateCart')).toBe(1);
  });

  it('Fleet no longer takes the purchaser: the cart itself is read', async () => {
    bench.fleet.cockpit.blockPurchaser(11);
    bench.clock.now += 60_000;
    await look();
    expect(await bench.request(request.id)).toMatchObject({ problem: { code: 'INVALID_PURCHASER' } });
  });

  it.each([
    [404, 'Not Found'],
    [403, 'Forbidden'],
  ])(
    'a %i to everything proves no cart, not even after the minute: it is looked up until Fleet answers',
    async (status, error) => {
      bench.fleet.cockpit.validate(request.fleetOrderId);
      const away = (['patchCart', 'getCart', 'getOrder'] as const).map((operation) =>
        add({ operation, kind: 'answer', status, body: { error } }),
      );
      bench.clock.now += 60_000;
      await look();
      expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1 });
      for (const one of away) one.remove();
      await look();
      expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    },
  );

  it('the price moved meanwhile: nothing is sent, the approver decides anew', async () => {
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    bench.clock.now += 60_000;
    await look();
    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'pending' },
      total: { fleet: { amount: '120.00' } },
    });
    expect(bench.fleet.journal.count('validateCart')).toBe(1);
  });
});

describe('of a request whose total is our sum', () => {
  const buying = async () => {
    await bench.redis.del(bench.keys.draft('U0ANNA' as never));
    bench.fleet.rules.oneActiveCart = false;
    request = await bench.sent([aLine({ price: { amount: '1649', currency: 'EUR' as never } })], { mode: 'BUY' });
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await carryOutApproval(bench.context, request.id);
    bench.clock.now += 60_000;
  };

  it('a device that is added while prices are asked once more is not ordered with the rest', async () => {
    await buying();
    const gate = bench.fleet.hold('getPricing');
    const running = look();
    await gate.arrived();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    gate.release();
    await running;
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101]);
  });

  it('nor one that is added while the process stands still before its claim', async () => {
    await buying();
    const standsStill: ServiceContext['step'] = async (name) => {
      if (name !== 'look.before_claim') return;
      bench.clock.now += 60_000;
      bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    };
    bench.fleet.journal.clear();
    expect(await resolveUnconfirmed({ ...bench.context, step: standsStill }, request.id)).toMatchObject({
      kind: 'later',
    });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
  });

  it('a price that cannot be asked for is asked for again, and refused is refused', async () => {
    await buying();
    const away = add({ operation: 'getPricing', kind: 'server_error_before_commit' });
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1 });
    away.remove();
    add({ operation: 'getPricing', kind: 'answer', status: 404, body: { error: 'PRODUCT_NOT_FOUND' }, times: 1 });
    await look();
    expect(await bench.request(request.id)).toMatchObject({ problem: { code: 'PRODUCT_NOT_FOUND' } });
    expect(bench.fleet.validateCommits(request.fleetOrderId)).toBe(0);
  });
});

describe('the second validate', () => {
  beforeEach(() => {
    bench.clock.now += 60_000;
  });

  it('goes through', async () => {
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
  });

  it('is refused: back to pending with the reason', async () => {
    bench.fleet.cockpit.removePaymentMethod();
    await look();
    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'pending' },
      problem: { code: 'PAYMENT_METHOD_REQUIRED' },
    });
  });

  it.each([
    [
      'ordered',
      () => bench.fleet.cockpit.validate(request.fleetOrderId),
      { kind: 'ordered', signatoryConfirmed: false },
    ],
    // So soon after our own validate, that proves nothing yet.
    ['gone', () => bench.fleet.cockpit.deleteCart(request.fleetOrderId), { kind: 'unconfirmed' }],
  ] as const)('meets a cart that is %s by then', async (_, happen, expected) => {
    const gate = bench.fleet.hold('validateCart');
    const running = look();
    await gate.arrived();
    happen();
    gate.release();
    await running;
    expect(await state()).toMatchObject(expected);
  });

  it('is not sent for somebody who may not sign any more: the requester chooses another', async () => {
    await bench.settings({ approvers: { people: [eva.slackUserId], userGroups: [] } });
    bench.fleet.journal.clear();
    await resolveUnconfirmed(bench.context, request.id);
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: true });
    expect(await bench.told()).toEqual(
      expect.arrayContaining([
        'admins: approver_gone',
        expect.stringMatching(/^U0ANNA: .*needs another approver/),
        expect.stringMatching(/^U0CLARA: .*wasn't ordered: you can no longer approve it/),
      ]),
    );
  });

  it("is not sent when the last patch leaves other devices in Fleet's cart", async () => {
    let patches = 0;
    const isLast = () => {
      patches += 1;
      return patches === 2;
    };
    const { fleetOrderId: id } = request;
    const data = { id, purchaser_id: 11, num_devices: 0, rent: '109.80', currency: 'EUR', devices: [] };
    add({ operation: 'patchCart', kind: 'answer', status: 200, body: { data }, when: isLast });
    await look();
    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'pending' },
      difference: { missing: [{ productId: 101, count: 2 }] },
    });
    expect(bench.fleet.journal.count('validateCart')).toBe(1);
  });

  it('waits while nobody can say whether they may', async () => {
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    const slackPeople = { ...bench.context.slackPeople, profile: async () => ({ ok: false }) as const };
    bench.fleet.journal.clear();
    await resolveUnconfirmed({ ...bench.context, slackPeople }, request.id);
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
    expect(await state()).toMatchObject({ kind: 'unconfirmed', looks: 1 });
  });

  it('has no clear answer either: the minute counts anew', async () => {
    add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed', gaveUpAt: bench.clock.now });
    expect(await nextLookAt()).toBeGreaterThan(bench.clock.now);
  });

  it('is turned away by a rate limit: it goes on by itself', async () => {
    add({ operation: 'validateCart', kind: 'rate_limited', seconds: 30, times: 1 });
    expect(await look()).toEqual({ kind: 'later', afterMs: 30_000 });
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
  });
});

describe('one look besides the planned ones', () => {
  const lookOnce = () => resolveIfOrdered(bench.context, request.id);

  it('of what proves nothing changes nothing and plans nothing', async () => {
    const before = await bench.request(request.id);
    const planned = await bench.work('look_up_unconfirmed');
    bench.clock.now += 60_000;
    expect(await lookOnce()).toEqual({ kind: 'done' });
    add({ operation: 'patchCart', kind: 'rate_limited', seconds: 40, times: 1 });
    expect(await lookOnce()).toEqual({ kind: 'later', afterMs: 40_000 });
    expect(await bench.request(request.id)).toEqual(before);
    expect(await bench.work('look_up_unconfirmed')).toEqual(planned);
  });

  it('finds what was ordered, once', async () => {
    bench.fleet.cockpit.validate(request.fleetOrderId);
    await lookOnce();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    bench.fleet.journal.clear();
    expect(await lookOnce()).toEqual({ kind: 'done' });
    expect(bench.fleet.journal.entries()).toEqual([]);
  });
});

describe('Fleet does not answer the looks', () => {
  it('looks again after growing times, and after a day not in silence', async () => {
    add({ operation: 'patchCart', kind: 'server_error_before_commit' });
    const waits: number[] = [];
    for (let turn = 0; turn < 34; turn += 1) {
      await look();
      const next = (await nextLookAt()) ?? 0;
      waits.push((next - bench.clock.now) / 1000);
      bench.clock.now = next;
    }
    expect(waits.slice(0, 9)).toEqual([10, 30, 60, 120, 300, 600, 1800, 3600, 3600]);
    expect(bench.clock.now - request.createdAt).toBeGreaterThan(24 * HOUR);
    expect((await bench.told()).filter((one) => one.startsWith('admins'))).toHaveLength(1);
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    expect(bench.fleet.journal.count('validateCart')).toBe(1);
  });

  it('waits as long as Fleet asks for', async () => {
    add({ operation: 'patchCart', kind: 'rate_limited', seconds: 40, times: 1 });
    expect(await look()).toEqual({ kind: 'later', afterMs: 40_000 });
  });

  it('stops when its lease is lost, and does nothing for what is decided', async () => {
    const lost = { ...bench.store, lease: async () => ({ extend: async () => false, release: async () => {} }) };
    expect(await resolveUnconfirmed({ ...bench.context, store: lost }, request.id)).toMatchObject({
      kind: 'later',
    });
    bench.clock.now += 60_000;
    await look();
    bench.fleet.journal.clear();
    expect(await look()).toEqual({ kind: 'done' });
    expect(bench.fleet.journal.entries()).toEqual([]);
  });
});
