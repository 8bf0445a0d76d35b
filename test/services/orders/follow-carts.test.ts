import { describe, expect, it } from 'vitest';
import type { Call } from '../../../sandbox/fleet/world.ts';
import { firstMark } from '../../../src/domain/orders/follow.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { carryOut } from '../../../src/jobs/run.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { anna, clara } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from '../request/bench.ts';
import { aWaitingRequest } from './records.ts';

const { redis } = await redisOfFile();
const sweepOf = (bench: Awaited<ReturnType<typeof startBench>>) => followOrders(bench.context);
/** A minute after the first look, so that a cart that is still missing is gone. */
const sweepAgain = (bench: Awaited<ReturnType<typeof startBench>>) => {
  bench.clock.now += 60_000;
  return sweepOf(bench);
};

/** Asked for by the last change, not by the sweep that finds no cards. */
const drawing = async (bench: Bench, { id }: DeviceRequest) => {
  const { nonce = '' } = await bench.request(id);
  return (await bench.work('update_cards')).filter((item) => item.id.endsWith(`.${nonce}`));
};

describe("carts that were settled in Fleet's own cockpit", () => {
  it('closes a request whose cart was validated there, in one commit with the draft, and tells both', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.validate(request.fleetOrderId);

    await sweepOf(bench);

    const { state } = await bench.request(request.id);
    expect(state).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered', clientStatus: 'BEING_PROCESSED' });
    expect(await bench.store.draft(anna.slackUserId)).toBeNull();
    expect(await bench.told()).toEqual([
      expect.stringMatching(/^U0ANNA: .*ordered in Fleet/),
      expect.stringMatching(/^U0CLARA: .*ordered in Fleet/),
    ]);
    expect(await drawing(bench, request)).toHaveLength(1);
    expect(await bench.audit()).toEqual(['closed_elsewhere']);
  });

  it('closes a request whose cart was removed there', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);

    await sweepOf(bench);
    await sweepAgain(bench);

    expect((await bench.request(request.id)).state).toMatchObject({ kind: 'closed_elsewhere', how: 'gone' });
    expect(await bench.store.followedOrders()).toEqual([]);
  });

  it('keeps a changed cart pending, shows how it differs, and a card from before signs nothing any more', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 121 });

    await sweepOf(bench);

    const changed = await bench.request(request.id);
    expect(changed.state.kind).toBe('pending');
    expect(changed.difference?.extra).toMatchObject([{ productId: 121, count: 1 }]);
    expect(changed.total).toEqual(request.total);
    expect(await drawing(bench, request)).toHaveLength(1);
    const press = await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    expect(press).toMatchObject({ ok: false, refusal: { kind: 'card_outdated' } });
  });

  it('orders exactly what stands on the card when that is approved with the difference in view', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 121 });
    await sweepOf(bench);

    const press = bench.press(await bench.request(request.id), clara.slackUserId);
    expect(await pressApprove(bench.context, press)).toMatchObject({ ok: true });
    await carryOutApproval(bench.context, request.id);

    expect(bench.fleet.order(request.fleetOrderId)?.lines.map(({ productId }) => productId)).toEqual([101, 101]);
    expect((await bench.request(request.id)).state.kind).toBe('ordered');
  });

  it('says nothing more of a difference that is put back, and the first card signs again', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 121 });
    await sweepOf(bench);
    bench.fleet.cockpit.removeLine(request.fleetOrderId);

    await sweepOf(bench);

    expect(await bench.request(request.id)).toMatchObject({ difference: null, fingerprint: request.fingerprint });
  });

  it("shows today's price on each row, too, where only the total changed", async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 61.5, BUY: 2000 } });

    await sweepOf(bench);

    const changed = await bench.request(request.id);
    expect(changed.difference?.total).toMatchObject({ to: { amount: '123.00' } });
    expect(changed.lines.map((line) => line.price?.amount)).toEqual(['61.5', '61.5']);
  });

  it('keeps the prices that were sent where Fleet names no new ones', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 61.5, BUY: 2000 } });
    bench.fleet.faults.add({ operation: 'getPricing', kind: 'service_unavailable' });

    await sweepOf(bench);

    expect(await bench.request(request.id)).toMatchObject({ lines: request.lines, difference: { missing: [] } });
  });

  it('does not come back to what it has recorded', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 121 });
    await sweepOf(bench);
    const once = await bench.request(request.id);

    await sweepOf(bench);

    expect(await bench.request(request.id)).toEqual(once);
  });

  it('is not overruled by what it read before somebody pressed', async () => {
    const bench = await startBench(redis);
    const request = await bench.sent();
    bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    const gate = bench.fleet.hold('getCart');
    const sweeping = sweepOf(bench);
    await gate.arrived(1);
    await pressApprove(bench.context, bench.press(request, clara.slackUserId));
    gate.release();
    await sweeping;

    expect((await bench.request(request.id)).state.kind).toBe('validating');
  });

  it('leaves what is unconfirmed to the look-up, which it hurries', async () => {
    const bench = await startBench(redis);
    const at = bench.clock.now;
    const state = { kind: 'unconfirmed', by: clara, at, gaveUpAt: at, looks: 3 } as const;
    const request = await bench.sent(undefined, { state });
    bench.fleet.cockpit.validate(request.fleetOrderId);

    await sweepOf(bench);
    await sweepOf(bench);

    expect((await bench.request(request.id)).state).toEqual(state);
    expect(await bench.work('look_up_unconfirmed')).toHaveLength(1);
  });

  it('starts no chain of looks besides the one that is planned, however often it does not find the cart', async () => {
    const bench = await startBench(redis);
    const at = bench.clock.now;
    const state = { kind: 'unconfirmed', by: clara, at, gaveUpAt: at, looks: 3 } as const;
    await bench.sent(undefined, { state });
    bench.fleet.faults.add({ operation: 'patchCart', kind: 'server_error_before_commit' });

    for (let sweep = 0; sweep < 4; sweep += 1) {
      await sweepOf(bench);
      for (const { id, work } of await bench.work('look_up_unconfirmed')) {
        await bench.store.dropFromOutbox([id]);
        if (work.kind === 'look_up_unconfirmed') await carryOut(work, { context: bench.context } as never, 'job');
      }
    }

    expect(await bench.work('look_up_unconfirmed')).toEqual([]);
  });
});

describe('what it costs Fleet to follow carts', () => {
  it('is one page for many, and nothing for each of them', async () => {
    const bench = await startBench(redis);
    for (let count = 0; count < 12; count += 1) await aWaitingRequest(bench);
    bench.fleet.journal.clear();

    await sweepOf(bench);

    expect(bench.fleet.journal.countByRoute()).toEqual({ 'GET /carts': 1 });
  });

  it('is nothing at all while nobody waits for anything', async () => {
    const bench = await startBench(redis);
    bench.fleet.journal.clear();

    await sweepOf(bench);

    expect(bench.fleet.journal.countByRoute()).toEqual({});
  });

  it('is bounded where the list shows none, and every cart has its turn', async () => {
    const bench = await startBench(redis);
    const requests = [];
    for (let count = 0; count < 70; count += 1) requests.push(await aWaitingRequest(bench));
    for (const request of requests) bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    const last = requests.at(-1);
    bench.fleet.journal.clear();
    await sweepOf(bench);
    expect(bench.fleet.journal.count('getCart')).toBe(30);
    expect((await bench.store.sweepMark()).askedCart).toBe(requests[29]?.fleetOrderId);

    await sweepOf(bench);
    await sweepOf(bench);
    for (let sweeps = 0; sweeps < 3; sweeps += 1) await sweepAgain(bench);

    expect(await bench.store.openRequests()).toEqual([]);
    expect(last && (await bench.request(last.id)).state.kind).toBe('closed_elsewhere');
  });

  it('is nothing more once another instance has taken over', async () => {
    const bench = await startBench(redis);
    for (let count = 0; count < 2; count += 1) {
      const request = await aWaitingRequest(bench);
      bench.fleet.cockpit.deleteCart(request.fleetOrderId);
    }
    const lease = async () => ({ extend: async () => false, release: async () => {} });
    bench.fleet.journal.clear();

    await followOrders({ ...bench.context, store: { ...bench.store, lease } });

    expect(bench.fleet.journal.countByRoute()).toEqual({ 'GET /carts': 1 });
  });

  it('goes on with the other carts when one answer cannot be read', async () => {
    const bench = await startBench(redis);
    const [first, second] = [await aWaitingRequest(bench), await aWaitingRequest(bench)];
    bench.fleet.cockpit.deleteCart(first.fleetOrderId);
    bench.fleet.cockpit.deleteCart(second.fleetOrderId);
    // However often it is asked for.
    const when = ({ params }: Call) => Object.values(params).includes(String(first.fleetOrderId));
    bench.fleet.faults.add({ operation: 'getCart', kind: 'answer', status: 200, body: {}, when });

    await sweepOf(bench);
    await sweepAgain(bench);

    expect((await bench.request(first.id)).state.kind).toBe('pending');
    expect((await bench.request(second.id)).state.kind).toBe('closed_elsewhere');
  });

  it('stops at once when Fleet takes no requests, and concludes nothing from it', async () => {
    const bench = await startBench(redis);
    const request = await aWaitingRequest(bench);
    bench.fleet.cockpit.revokeKey();

    await sweepOf(bench);

    expect((await bench.request(request.id)).state.kind).toBe('pending');
    expect(await bench.store.sweepMark()).toMatchObject(firstMark);
    expect(bench.logged).toContainEqual(['the sweep over orders is incomplete', expect.anything()]);
  });
});
