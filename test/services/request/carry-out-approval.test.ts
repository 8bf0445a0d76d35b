import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/fleet/fault.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import type { Fleet, FleetResult } from '../../../src/fleet/fleet.ts';
import type { ServiceContext, SlackPeople } from '../../../src/services/context.ts';
import { checkMaySign } from '../../../src/services/people/approvers.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { lifetimesMs } from '../../../src/store/keys.ts';
import { aLine } from '../../domain/a-line.ts';
import { anna, clara, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

const approved = async (): Promise<void> => {
  const now = await bench.request(request.id);
  expect(await pressApprove(bench.context, bench.press(now, clara.slackUserId))).toMatchObject({ ok: true });
};
const carryOut = (context: ServiceContext = bench.context) => carryOutApproval(context, request.id);
const state = async () => (await bench.request(request.id)).state;
const commits = () => bench.fleet.validateCommits(request.fleetOrderId);
const add = (fault: Fault) => bench.fleet.faults.add(fault);

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
  await approved();
  bench.fleet.journal.clear();
});

describe('an approval that goes through', () => {
  it('reads, patches what was signed once more, and validates with both people named', async () => {
    expect(await carryOut()).toEqual({ kind: 'done' });

    expect(bench.fleet.journal.entries().map((one) => one.operation)).toEqual([
      ...['getCart', 'getUser', 'patchCart', 'validateCart'],
    ]);
    expect(bench.fleet.journal.of('patchCart')[0]?.body).toEqual({
      purchaser_id: anna.fleetUserId,
      acquisition_mode: 'LEASING',
      order_items: Array.from({ length: 2 }, () => ({
        product_id: 101,
        delivery_country: 'FR',
        keyboard_layout: 'FRENCH_AZERTY',
        user_id: anna.fleetUserId,
      })),
    });
    expect(bench.fleet.journal.of('validateCart')[0]?.body).toEqual({
      purchaser_id: anna.fleetUserId,
      signatory_id: clara.fleetUserId,
    });
    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: true });
    expect(await bench.store.draft(anna.slackUserId)).toBeNull();
    expect(await bench.told()).toEqual([expect.stringContaining('Ordered. Your order')]);
    expect(await bench.audit()).toEqual(['approval_pressed', 'validate_claimed', 'order_placed']);
  });

  it('puts back what Fleet does not return before it validates', async () => {
    bench.fleet.cockpit.setPurchaser(request.fleetOrderId, 12);
    await carryOut();
    expect(bench.fleet.order(request.fleetOrderId)).toMatchObject({ purchaserId: anna.fleetUserId });
  });

  it('does nothing for a request that is not being sent', async () => {
    await carryOut();
    bench.fleet.journal.clear();
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(await carryOutApproval(bench.context, 'nothing' as never)).toEqual({ kind: 'done' });
    expect(bench.fleet.journal.entries()).toEqual([]);
  });
});

it('an answer that is given up beside another change is given up by the next run', async () => {
  add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
  let isFirst = true;
  const store: ServiceContext['store'] = {
    ...bench.store,
    commit: async (change) => {
      if (change.request?.next.state.kind !== 'unconfirmed' || !isFirst) return bench.store.commit(change);
      isFirst = false;
      return 'conflict';
    },
  };
  const run = () => carryOut({ ...bench.context, store });
  expect(await run()).toMatchObject({ kind: 'later' });
  expect(await run()).toEqual({ kind: 'done' });
  expect(await state()).toMatchObject({ kind: 'unconfirmed' });
  expect(bench.fleet.journal.count('validateCart')).toBe(1);
});

describe('whoever pressed may not sign by the time it would be sent', () => {
  const unsigned = () => carryOutApproval(bench.context, request.id);

  it('nothing is sent: the requester chooses another approver, and everybody is told', async () => {
    await bench.settings({ approvers: { people: [eva.slackUserId], userGroups: [] } });
    expect(await unsigned()).toEqual({ kind: 'done' });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: true });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
    expect(await bench.told()).toEqual(
      expect.arrayContaining([
        'admins: approver_gone',
        expect.stringMatching(/^U0ANNA: .*needs another approver/),
        expect.stringMatching(/^U0CLARA: .*wasn't ordered: you can no longer approve it/),
      ]),
    );
  });

  it('nor does the requester purchase any more: nothing is sent, and the next press says why', async () => {
    const profile = bench.profiles.get(anna.slackUserId);
    if (profile === undefined) throw new Error('no profile');
    bench.profiles.set(anna.slackUserId, { ...profile, isDeactivated: true });
    expect(await unsigned()).toEqual({ kind: 'done' });
    const back = await bench.request(request.id);
    expect(back).toMatchObject({ state: { kind: 'pending' }, approverGone: false });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
    expect(await pressApprove(bench.context, bench.press(back, clara.slackUserId))).toMatchObject({
      refusal: { kind: 'requester_changed' },
    });
    expect(await bench.told()).toContainEqual(
      expect.stringMatching(/^U0CLARA: .*wasn't ordered: .*Anna Keller.* has left, or is a different person/),
    );
  });

  it.each([
    ['what Slack said of them an hour ago does not count', HOUR, 'pending', 0],
    ['what Slack said of them ten minutes ago counts', HOUR / 6, 'ordered', 1],
  ] as const)('Slack is silent about the requester: %s', async (_, agoMs, state, validates) => {
    const { profile } = bench.context.slackPeople;
    for (const known of bench.profiles.values()) await bench.store.putProfile(known);
    await redis.pexpire(bench.keys.profile(anna.slackUserId), lifetimesMs.profile - agoMs);
    const blind: SlackPeople['profile'] = async (id) => (id === anna.slackUserId ? { ok: false } : profile(id));
    const context = { ...bench.context, slackPeople: { ...bench.context.slackPeople, profile: blind } };

    await carryOutApproval(context, request.id);
    bench.clock.now += 3 * 60_000;
    await carryOutApproval(context, request.id);

    expect((await bench.request(request.id)).state.kind).toBe(state);
    expect(bench.fleet.journal.count('validateCart')).toBe(validates);
  });

  it('they are another Fleet user by now: nothing is sent, in neither name', async () => {
    await bench.settings({ approvers: { people: [clara.slackUserId], userGroups: [] } });
    const profile = bench.profiles.get(clara.slackUserId);
    const email = bench.profiles.get(eva.slackUserId)?.email ?? null;
    if (profile === undefined || email === null) throw new Error('no profile');
    bench.profiles.delete(eva.slackUserId);
    bench.profiles.set(clara.slackUserId, { ...profile, email });
    await bench.store.putProfile({ ...profile, email });
    expect(await checkMaySign(bench.context, { slackUserId: clara.slackUserId, requester: anna })).toMatchObject({
      person: { fleetUserId: eva.fleetUserId },
    });

    expect(await unsigned()).toEqual({ kind: 'done' });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: false });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
  });

  it('nobody can say: it waits, and is given back to the approver in the end', async () => {
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    const slackPeople = { ...bench.context.slackPeople, profile: async () => ({ ok: false }) as const };
    const blind = { ...bench.context, slackPeople };
    const run = () => carryOutApproval(blind, request.id);
    expect(await run()).toEqual({ kind: 'later', afterMs: 5_000 });
    expect(await state()).toMatchObject({ kind: 'validating' });
    bench.clock.now += 120_000;
    expect(await run()).toEqual({ kind: 'done' });
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, approverGone: false });
    expect(await bench.told()).toEqual([expect.stringMatching(/^U0CLARA: .*Press Approve again/)]);
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
  });
});

describe("Fleet's cart is not what was signed", () => {
  const differing = async () => {
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(commits()).toBe(0);
    const now = await bench.request(request.id);
    expect(now.state.kind).toBe('pending');
    expect(now.fingerprint).not.toBe(request.fingerprint);
    return now;
  };

  it('a device more: nothing is patched or ordered; the approver decides anew, and then exactly the signed lines go', async () => {
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    const now = await differing();
    expect(now.difference?.extra).toMatchObject([{ productId: 131, count: 1 }]);
    expect(now.total).toEqual(request.total);
    expect(bench.fleet.journal.count('patchCart')).toBe(0);
    expect(await bench.told()).toEqual([expect.stringContaining('has changed in Fleet')]);

    // The card from before, which does not show the difference, signs nothing.
    expect(await pressApprove(bench.context, bench.press(request, clara.slackUserId))).toMatchObject({
      refusal: { kind: 'card_outdated' },
    });
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101, 101]);
  });

  it('what our own patch put back is no change made in Fleet, when a run starts again after it', async () => {
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    await differing();
    await approved();
    add({ operation: 'patchCart', kind: 'reset_after_commit', times: 1 });
    expect(await carryOut()).toMatchObject({ kind: 'later' });
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101, 101]);
  });

  it('a device less', async () => {
    bench.fleet.cockpit.removeLine(request.fleetOrderId);
    expect((await differing()).difference?.missing).toMatchObject([{ productId: 101, count: 1 }]);
  });

  it('another price: the new total is what is signed next', async () => {
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    const now = await differing();
    expect(now.difference).toMatchObject({ missing: [], extra: [], total: { to: { amount: '120.00' } } });
    expect(now.total.fleet).toMatchObject({ amount: '120.00' });
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('another price only once the lines are patched', async () => {
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } }, { repriceCarts: false });
    const now = await differing();
    expect(bench.fleet.journal.count('patchCart')).toBe(1);
    expect(now.difference?.total).toMatchObject({ from: { amount: '109.80' }, to: { amount: '120.00' } });
  });

  it('other devices only in the answer to the patch', async () => {
    const body = {
      data: {
        id: request.fleetOrderId,
        purchaser_id: 11,
        num_devices: 0,
        rent: '109.80',
        currency: 'EUR',
        devices: [],
      },
    };
    add({ operation: 'patchCart', kind: 'answer', status: 200, body, times: 1 });
    expect((await differing()).difference?.missing).toMatchObject([{ productId: 101, count: 2 }]);
  });

  it('another total than our sum, where Fleet stated none', async () => {
    request = await startBuying();
    bench.fleet.rules.rentForBuy = 'amount';
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });
    expect((await differing()).difference?.total).toMatchObject({ from: null, to: { amount: '1700.00' } });
  });

  it.each([
    ['zero', '0'],
    ['zero to the cent', '0.00'],
    ['no decimal', '1,649.00'],
    ['only a part', '19.90'],
  ])('a price that moved where Fleet states a total that is %s: it is asked again', async (_, rent) => {
    request = await startBuying(undefined, { read: rent, patch: rent });
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 4999 } });
    const now = await differing();
    expect(now.lines[0]?.price?.amount).toBe('4999');
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('a price that moved in a second currency, which the total leaves out', async () => {
    const pounds = aLine({ deliveryCountry: 'GB' as never, price: { amount: '17.91', currency: 'GBP' as never } });
    bench.fleet.rules.mixedCurrencies = 'first_currency';
    request = await startBuying([aLine(), pounds], null, 'LEASING');
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 54.9, BUY: 1649 }, GBP: { LEASING: 999, BUY: 1 } });
    expect((await differing()).lines.map((line) => line.price?.amount)).toEqual(['54.90', '999']);
  });

  it('a total that no one can read says something else', async () => {
    request = await startBuying([aLine(), aLine()], { read: '109.80 €', patch: 'EUR 109.80' }, 'LEASING');
    stating({ read: '209.80 €', patch: 'EUR 209.80' });
    expect((await differing()).difference?.total).toMatchObject({ to: { amount: '209.80 €' } });
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('a price that moved is found where only the answer to the patch states no total', async () => {
    request = await startBuying([aLine(), aLine()], { read: '109.80', patch: null }, 'LEASING');
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    expect((await differing()).lines[0]?.price?.amount).toBe('60');
  });

  it('a device that is added while prices are asked after the patch is not ordered with the rest', async () => {
    request = await startBuying([aLine(), aLine()], { read: '109.80', patch: null }, 'LEASING');
    const gate = bench.fleet.hold('getPricing');
    const running = carryOut();
    await gate.arrived();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    gate.release();
    await running;
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101, 101]);
  });

  it('a total that is no longer stated, and was not the sum of the prices', async () => {
    request = await startBuying([aLine(), aLine()], { read: '150.00', patch: '150.00' }, 'LEASING');
    stating({ read: null, patch: null });
    expect((await differing()).difference?.total).toMatchObject({ from: { amount: '150.00' }, to: null });
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it.each([
    ['nothing and zero', null, '0.00'],
    ['nothing and a total', null, '1649.00'],
    ['a total and nothing', '1649.00', null],
  ])('is what was signed when reading and patching state %s', async (_, read, patch) => {
    request = await startBuying(undefined, { read, patch });
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('a price that moved where Fleet states no total: our sum was signed, so it is asked again', async () => {
    request = await startBuying();
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });
    const now = await differing();
    expect(now.difference?.total).toMatchObject({ from: { amount: '1649' }, to: { amount: '1700' } });
    expect(now.lines[0]?.price?.amount).toBe('1700');
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('a device that is added while prices are asked once more is not ordered with the rest', async () => {
    request = await startBuying();
    const gate = bench.fleet.hold('getPricing');
    const running = carryOut();
    await gate.arrived();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    gate.release();
    await running;
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101]);
  });

  it('nor one that is added while it is looked up who may sign', async () => {
    await bench.redis.del(bench.keys.profile(clara.slackUserId));
    const profile: ServiceContext['slackPeople']['profile'] = async (slackUserId) => {
      bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
      return bench.context.slackPeople.profile(slackUserId);
    };
    await carryOut({ ...bench.context, slackPeople: { ...bench.context.slackPeople, profile } });
    expect(bench.fleet.order(request.fleetOrderId)?.lines.map((line) => line.productId)).toEqual([101, 101]);
  });

  it('a price that moved after it was asked, while Fleet could not be patched, is asked again', async () => {
    request = await startBuying();
    add({ operation: 'patchCart', kind: 'server_error_before_commit', times: 1 });
    expect(await carryOut()).toMatchObject({ kind: 'later' });
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });
    expect((await differing()).lines[0]?.price?.amount).toBe('1700');
  });

  it('a price that moved after all were asked, while the last patch failed, is asked again', async () => {
    request = await startBuying();
    let patches = 0;
    const second = () => {
      patches += 1;
      return patches === 2;
    };
    add({ operation: 'patchCart', kind: 'server_error_before_commit', when: second });
    expect(await carryOut()).toMatchObject({ kind: 'later' });
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 1700 } });
    expect((await differing()).lines[0]?.price?.amount).toBe('1700');
  });

  it('a device that is added while the process stands still before its claim is not ordered with the rest', async () => {
    const standsStill: ServiceContext['step'] = async (name) => {
      if (name !== 'approve.before_claim') return;
      bench.clock.now += 60_000;
      bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    };
    expect(await carryOut({ ...bench.context, step: standsStill })).toMatchObject({ kind: 'later' });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
    expect((await differing()).difference?.extra).toMatchObject([{ productId: 131 }]);
  });

  it('a price that cannot be had just now, or not any more, is not taken for the signed one', async () => {
    request = await startBuying();
    const away = add({ operation: 'getPricing', kind: 'server_error_before_commit' });
    expect(await carryOut()).toMatchObject({ kind: 'later' });
    away.remove();
    add({
      operation: 'getPricing',
      kind: 'answer',
      status: 404,
      body: { error: 'PRODUCT_PRICING_UNAVAILABLE' },
      times: 1,
    });
    await carryOut();
    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'pending' },
      problem: { code: 'PRODUCT_PRICING_UNAVAILABLE' },
    });
    expect(commits()).toBe(0);
  });

  it('a large cart that waits for Fleet in the middle is priced on, not from the start', async () => {
    const euros = { amount: '1649', currency: 'EUR' as never };
    const products = [101, 102, 103].map((productId) => aLine({ productId: productId as never, price: euros }));
    request = await startBuying([...products, aLine({ price: euros, fleetUserId: 12 as never })]);
    bench.fleet.journal.clear();
    let asked = 0;
    const third = () => {
      asked += 1;
      return asked === 3;
    };
    add({ operation: 'getPricing', kind: 'rate_limited', seconds: 30, when: third });
    await carryOut();
    const before = bench.fleet.journal.count('getPricing');
    await carryOut();
    expect([before, bench.fleet.journal.count('getPricing')]).toEqual([3, 4]);
  });

  it('a price in several currencies moved: nothing is added up', async () => {
    const swiss = aLine({ deliveryCountry: 'CH' as never, price: { amount: '58', currency: 'CHF' as never } });
    request = await startBuying([
      { ...aLine(), price: { amount: '1649', currency: 'EUR' as never } },
      swiss,
      aLine({ price: null, productId: 131 as never, keyboardLayout: null }),
    ]);
    const now = await differing();
    expect(now.difference?.total).toEqual({ from: null, to: null });
    expect(now.lines[2]?.price).toBeNull();
  });

  interface Stated {
    readonly read: string | null;
    readonly patch: string | null;
  }

  /** Fleet's own idea of a cart's total, in each of its two answers. */
  function stating({ read, patch }: Stated): void {
    const { fleet } = bench.context;
    const total = <T>(answer: FleetResult<T>, rent: string | null): FleetResult<T> =>
      answer.ok ? { ok: true, value: { ...answer.value, rent, currency: 'EUR' } } : answer;
    Object.assign(bench.context, {
      fleet: {
        ...fleet,
        getCart: async (...asked: Parameters<Fleet['getCart']>) => total(await fleet.getCart(...asked), read),
        patchCart: async (...asked: Parameters<Fleet['patchCart']>) => total(await fleet.patchCart(...asked), patch),
      },
    });
  }

  async function startBuying(
    lines = [aLine({ price: { amount: '1649', currency: 'EUR' as never } })],
    stated: Stated | null = null,
    mode: DeviceRequest['mode'] = 'BUY',
  ): Promise<DeviceRequest> {
    bench.fleet.rules.oneActiveCart = false;
    await bench.redis.del(bench.keys.draft(anna.slackUserId));
    if (stated !== null) stating({ read: stated.patch, patch: stated.patch });
    const buying = await bench.sent(lines, { mode });
    if (stated !== null) stating(stated);
    else if (mode === 'BUY') expect(buying.total.fleet).toBeNull();
    await pressApprove(bench.context, bench.press(buying, clara.slackUserId));
    return buying;
  }
});

describe('Fleet refuses', () => {
  const refused = async (context = bench.context) => {
    expect(await carryOut(context)).toEqual({ kind: 'done' });
    expect(commits()).toBe(0);
    const now = await bench.request(request.id);
    expect(now.state.kind).toBe('pending');
    return now.problem;
  };

  it('for want of a payment method: admins are told, and the next Approve is the probe', async () => {
    bench.fleet.cockpit.removePaymentMethod();
    expect(await refused()).toMatchObject({ code: 'PAYMENT_METHOD_REQUIRED' });
    expect(await bench.told()).toContain('admins: fleet_needs_admin');
    expect(await bench.work('expire')).toHaveLength(1);

    bench.fleet.cockpit.addPaymentMethod();
    await approved();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('this purchaser', async () => {
    bench.fleet.cockpit.blockPurchaser(anna.fleetUserId);
    expect(await refused()).toMatchObject({ operation: 'patchCart', code: 'INVALID_PURCHASER' });
    expect(bench.fleet.journal.count('validateCart')).toBe(0);
  });

  it('this signatory: it is the signatory that admins hear of', async () => {
    const removed = bench.instance(async (name) => {
      if (name === 'approve.before_validate') bench.fleet.cockpit.removeUser(clara.fleetUserId);
    });
    expect(await refused(removed)).toMatchObject({ operation: 'validateCart', code: 'INVALID_USER' });
    const [tell] = (await bench.work('notify')).filter(
      ({ work }) => work.kind === 'notify' && work.to.kind === 'admins',
    );
    expect(tell?.work).toMatchObject({ notice: { about: { fleetUserId: clara.fleetUserId } } });
  });

  it('a product that it no longer sells there', async () => {
    bench.fleet.cockpit.withdrawProduct(101);
    expect(await refused()).toMatchObject({ operation: 'patchCart', code: 'PRODUCT_NOT_FOUND' });
  });

  it('in words of its own', async () => {
    add({ operation: 'validateCart', kind: 'answer', status: 400, body: { error: 'Please call us.' }, times: 1 });
    expect(await refused()).toMatchObject({ kind: 'rejected_in_words', words: 'Please call us.' });
  });

  it('because somebody works on it in the cockpit: looked at first, still a cart', async () => {
    bench.fleet.cockpit.lockCart(request.fleetOrderId);
    expect(await refused()).toMatchObject({ code: 'VALIDATE_CART_CONFLICT' });
    expect(bench.fleet.journal.count('patchCart')).toBe(2);
  });

  it('the key: ordering pauses for everybody, with one message to admins', async () => {
    bench.fleet.cockpit.revokeKey();
    expect(await refused()).toEqual({ operation: 'getCart', kind: 'unauthorized' });
    expect(await bench.store.pause()).toMatchObject({ kind: 'unauthorized' });
    const tells = async () => (await bench.told()).filter((one) => one.startsWith('admins'));
    expect(await tells()).toHaveLength(1);
    await bench.store.clearPause();
    await approved();
    await bench.store.setPause({ kind: 'unauthorized', since: 1 });
    await carryOut();
    expect(await tells()).toHaveLength(1);
  });
});

describe('it moved on past us', () => {
  it.each([
    ['before we read', 'getCart'],
    ['before we patched', 'patchCart'],
    ['before we validated', 'validateCart'],
  ] as const)('%s: closed elsewhere, with its status', async (_, operation) => {
    const gate = bench.fleet.hold(operation);
    const running = carryOut();
    await gate.arrived();
    bench.fleet.cockpit.validate(request.fleetOrderId);
    gate.release();
    expect(await running).toEqual({ kind: 'done' });

    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', clientStatus: 'BEING_PROCESSED' });
    expect(commits()).toBe(0);
    expect(await bench.store.draft(anna.slackUserId)).toBeNull();
  });

  it('was validated elsewhere and archived: ORDER_STATUS_TRANSITION_FORBIDDEN', async () => {
    const gate = bench.fleet.hold('validateCart');
    const running = carryOut();
    await gate.arrived();
    bench.fleet.cockpit.setStatus(request.fleetOrderId, 'ARCHIVED');
    gate.release();
    await running;
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', clientStatus: 'ARCHIVED' });
  });

  it.each(['getCart', 'patchCart', 'validateCart'] as const)('is gone at %s', async (operation) => {
    const gate = bench.fleet.hold(operation);
    const running = carryOut();
    await gate.arrived();
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    gate.release();
    await running;
    expect(await state()).not.toMatchObject({ kind: 'closed_elsewhere' });
    // One look proves nothing, least of all right after our own validate.
    bench.clock.now += 60_000;
    await (operation === 'validateCart' ? resolveUnconfirmed(bench.context, request.id) : carryOut());
    expect(await state()).toMatchObject({ kind: 'closed_elsewhere', how: 'gone' });
  });

  it('is refused to be looked at after the refusal: that proves no cart either', async () => {
    bench.fleet.cockpit.lockCart(request.fleetOrderId);
    const gate = bench.fleet.hold('validateCart');
    const running = carryOut();
    await gate.arrived();
    const forbidden = { kind: 'answer', status: 403, body: { error: 'Forbidden' } } as const;
    for (const operation of ['patchCart', 'getCart'] as const) add({ operation, ...forbidden });
    gate.release();
    await running;
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
  });

  it('cannot be looked at after the refusal: it is not guessed, it is looked up', async () => {
    bench.fleet.cockpit.lockCart(request.fleetOrderId);
    const gate = bench.fleet.hold('validateCart');
    const running = carryOut();
    await gate.arrived();
    add({ operation: 'patchCart', kind: 'reset_before_commit', times: 1 });
    gate.release();
    await running;
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    expect(await bench.work('look_up_unconfirmed')).toHaveLength(1);
  });
});

describe('no clear answer to the validate', () => {
  const faults: readonly Fault[] = [
    { operation: 'validateCart', kind: 'reset_after_commit' },
    { operation: 'validateCart', kind: 'hang_after_commit' },
    { operation: 'validateCart', kind: 'server_error_after_commit' },
    { operation: 'validateCart', kind: 'html' },
    { operation: 'validateCart', kind: 'html', status: 200 },
    { operation: 'validateCart', kind: 'broken_json' },
    { operation: 'validateCart', kind: 'wrong_shape' },
    { operation: 'validateCart', kind: 'reset_mid_body' },
  ];

  it.each(faults)('$kind: unconfirmed, looked up, ordered without a confirmed signatory, one commit', async (fault) => {
    add({ ...fault, times: 1 });
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'unconfirmed', by: clara, looks: 0 });
    expect(await bench.work('look_up_unconfirmed')).toHaveLength(1);
    // Whatever runs the same job again looks and does not send.
    await carryOut();
    expect(bench.fleet.journal.count('validateCart')).toBe(1);

    await resolveUnconfirmed(bench.context, request.id);
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    expect(commits()).toBe(1);
    expect(bench.fleet.journal.count('validateCart')).toBe(1);
  });

  it('does not put up with a Fleet that would order twice', async () => {
    bench.fleet.rules.secondValidate = 'again';
    add({ operation: 'validateCart', kind: 'reset_after_commit', times: 1 });
    for (let run = 0; run < 3; run += 1) await carryOut();
    expect(commits()).toBe(1);
  });
});

describe('turned away before anything happened', () => {
  it('a rate limit at the validate gives the right to send back, and it goes on by itself', async () => {
    const busy = add({ operation: 'validateCart', kind: 'rate_limited', seconds: 30 });
    expect(await carryOut()).toEqual({ kind: 'later', afterMs: 30_000 });
    expect(await state()).toMatchObject({ kind: 'validating', validateSentAt: null });

    busy.remove();
    bench.clock.now += 60 * 60_000;
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
    expect(commits()).toBe(1);
  });

  it('a wait that people notice is said on the card, once, and ends with the order', async () => {
    const busy = add({ operation: 'getCart', kind: 'rate_limited', seconds: 30 });
    await carryOut();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'validating', isBusy: true });
    expect((await bench.audit()).filter((did) => did === 'approval_waits')).toHaveLength(1);
    busy.remove();
    expect(await carryOut()).toEqual({ kind: 'done' });
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('a rate limit before it: the same', async () => {
    const busy = add({ operation: 'getCart', kind: 'rate_limited', seconds: 30 });
    expect(await carryOut()).toMatchObject({ kind: 'later' });
    busy.remove();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it.each(['getCart', 'patchCart'] as const)(
    '%s without an answer: waits a while, then goes back to the approver',
    async (operation) => {
      const away = add({ operation, kind: 'reset_before_commit' });
      expect(await carryOut()).toMatchObject({ kind: 'later' });
      expect(await state()).toMatchObject({ kind: 'validating' });

      bench.clock.now += 120_000;
      expect(await carryOut()).toEqual({ kind: 'done' });
      expect(await bench.request(request.id)).toMatchObject({
        state: { kind: 'pending' },
        problem: { kind: 'no_answer' },
      });
      away.remove();
      await approved();
      await carryOut();
      expect(commits()).toBe(1);
    },
  );

  it('a Fleet that cannot be reached at all at the validate', async () => {
    const { fleet } = bench.context;
    const failure = { operation: 'validateCart', kind: 'unreachable' } as const;
    const cut: ServiceContext = {
      ...bench.context,
      fleet: { ...fleet, validateCart: async () => ({ ok: false, failure }) },
    };
    expect(await carryOut(cut)).toMatchObject({ kind: 'later' });
    bench.clock.now += 120_000;
    await carryOut(cut);
    expect(await bench.request(request.id)).toMatchObject({ state: { kind: 'pending' }, problem: failure });
  });
});
