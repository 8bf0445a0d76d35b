import { beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../../../sandbox/fleet/fault.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { orderLease } from '../../../src/services/cart/session.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import {
  declineRequest,
  expireRequest,
  requestChanges,
  withdrawFromCard,
} from '../../../src/services/request/decide.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { anna, clara, dan, HOUR } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, eva, startBench } from './bench.ts';

const { redis } = await redisOfFile();
const MINUTE = 60_000;
let bench: Bench;
let request: DeviceRequest;
const current = () => bench.request(request.id);
const state = async () => (await current()).state;
const approve = async () => pressApprove(bench.context, bench.press(await current(), clara.slackUserId));
const carryOut = (context: ServiceContext = bench.context) => carryOutApproval(context, request.id);
const look = (context: ServiceContext = bench.context) => resolveUnconfirmed(context, request.id);
const add = (fault: Fault) => bench.fleet.faults.add(fault);
const commits = () => bench.fleet.validateCommits(request.fleetOrderId);
const validates = () => bench.fleet.journal.count('validateCart');

/** As when its holder stands still: another run may take it. */
const leaseRunsOut = () =>
  redis.del(bench.keys.lease(`request-${request.id}`), bench.keys.lease(orderLease(request.fleetOrderId)));

async function begin(timeoutsMs = { read: 5_000, write: 5_000 }): Promise<void> {
  bench = await startBench(redis, timeoutsMs);
  // A Fleet that would take a second validate finds every client out that leans on its 409.
  bench.fleet.rules.secondValidate = 'again';
  request = await bench.sent();
}
beforeEach(() => begin());

describe('an answer to a validate that does not say what became of it', () => {
  const refusals = [
    [409, { error: 'Another operation on this order is in progress' }],
    [404, { error: 'no healthy upstream' }],
    [403, '<html>Blocked by the gateway</html>'],
    [400, { statusCode: 400, message: 'Bad Request' }],
  ] as const;
  const timeouts = [
    [408, { error: 'Request Timeout' }],
    [408, { statusCode: 408, message: 'Request Timeout' }],
    [425, { error: 'Too Early' }],
    [499, { error: 'Client Closed Request' }],
  ] as const;
  const answered = async (status: number, body: unknown, stage: 'before_commit' | 'after_commit'): Promise<void> => {
    await approve();
    add({ operation: 'validateCart', kind: 'answer', status, body, stage, times: 1 });
    await carryOut();
  };

  it.each([...timeouts, ...refusals])('%i %o: is looked up, and found ordered', async (status, body) => {
    await answered(status, body, 'after_commit');
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    expect(await bench.told()).toEqual([]);

    await look();

    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: false });
    expect(commits()).toBe(1);
  });

  it.each(timeouts)('%i %o: is sent once more if it still is a cart a minute later', async (status, body) => {
    await answered(status, body, 'before_commit');
    bench.clock.now += MINUTE;
    await look();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
  });

  it.each(refusals)('%i %o: is told if it still is a cart a minute later, and not sent again', async (status, body) => {
    await answered(status, body, 'before_commit');
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    bench.clock.now += MINUTE;
    await look();
    expect(await current()).toMatchObject({
      state: { kind: 'pending' },
      problem: { operation: 'validateCart', status },
    });
    expect(validates()).toBe(1);
  });

  it('what the second validate was answered counts', async () => {
    await answered(408, {}, 'before_commit');
    bench.clock.now += MINUTE;
    add({ operation: 'validateCart', kind: 'answer', status: 404, body: { error: 'no route' }, times: 1 });
    await look();
    expect(await state()).toMatchObject({ kind: 'unconfirmed', refusal: { words: 'no route' } });
    bench.clock.now += MINUTE;
    await look();
    expect(await current()).toMatchObject({ state: { kind: 'pending' }, problem: { words: 'no route' } });
    expect(validates()).toBe(2);
  });
});

describe('a patch of an order that is refused by something else than ORDER_NOT_CART', () => {
  it.each([
    [409, 'ORDER_STATUS_TRANSITION_FORBIDDEN'],
    [409, 'VALIDATE_CART_CONFLICT'],
    [409, 'Order is not a cart'],
    [400, 'Order cannot be modified'],
    [409, 'ORDER_ALREADY_VALIDATED'],
  ])('%i %s: the order is asked for, where the route for carts answers for orders too', async (status, error) => {
    bench.fleet.rules.getMovedOnCart = 'the_cart';
    await approve();
    add({ operation: 'validateCart', kind: 'reset_after_commit', times: 1 });
    await carryOut();
    add({ operation: 'patchCart', kind: 'answer', status, body: { error } });
    bench.clock.now += MINUTE;

    await look();

    expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: false });
  });

  it('proves nothing while the order cannot be asked for', async () => {
    bench.fleet.rules.getMovedOnCart = 'the_cart';
    await approve();
    add({ operation: 'validateCart', kind: 'reset_after_commit', times: 1 });
    await carryOut();
    add({ operation: 'patchCart', kind: 'answer', status: 400, body: { error: 'Order cannot be modified' } });
    add({ operation: 'getOrder', kind: 'server_error_before_commit' });
    bench.clock.now += MINUTE;

    await look();

    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
  });
});

describe('a process that stands still between its claim and its validate', () => {
  function pausedAt(point: string) {
    let [arrive, wake] = [() => {}, () => {}];
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const woken = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const instance = bench.instance(async (name) => {
      if (name !== point) return;
      arrive();
      await woken;
    });
    return { instance, arrived, wake: () => wake() };
  }

  it('sends nothing when it wakes after others gave its claim up, and the request was declined', async () => {
    await approve();
    const { instance, arrived, wake } = pausedAt('approve.before_validate');
    const running = carryOut(instance);
    await arrived;
    await leaseRunsOut();
    bench.clock.now += 46_000;
    await carryOut(bench.instance());
    bench.clock.now += MINUTE;
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    await look(bench.instance());
    const back = await current();
    await declineRequest(bench.context, { ...bench.press(back, clara.slackUserId), reason: 'Too dear now' });

    wake();
    await running;

    expect(validates()).toBe(0);
    expect(await state()).toMatchObject({ kind: 'declined' });
  });

  it('sends nothing on a claim of some seconds ago, which is released and claimed again', async () => {
    await approve();
    const { instance, arrived, wake } = pausedAt('approve.before_validate');
    const running = carryOut(instance);
    await arrived;
    bench.clock.now += 5_000;
    wake();

    expect(await running).toMatchObject({ kind: 'later' });
    expect(validates()).toBe(0);
    expect(await state()).toMatchObject({ kind: 'validating', validateSentAt: null });
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
    expect(commits()).toBe(1);
  });

  it('clears no claim but its own, when Fleet had turned its validate away', async () => {
    await approve();
    add({ operation: 'validateCart', kind: 'rate_limited', seconds: 30, times: 1 });
    const first = pausedAt('approve.after_validate');
    const turnedAway = carryOut(first.instance);
    await first.arrived;
    // Meanwhile it is given up, comes back, is approved again and claimed by another run.
    await leaseRunsOut();
    await carryOut(bench.instance());
    bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
    bench.clock.now += MINUTE;
    await look(bench.instance());
    await approve();
    const second = pausedAt('approve.before_validate');
    const claimed = carryOut(second.instance);
    await second.arrived;
    expect(await state()).toMatchObject({ kind: 'validating', validateSentAt: bench.clock.now });

    first.wake();
    await turnedAway;

    expect(await state()).toMatchObject({ kind: 'validating', validateSentAt: bench.clock.now });
    second.wake();
    await claimed;
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
  });
});

describe("Fleet's 200 comes when the request is over", () => {
  const acts = {
    pending: async () => {},
    declined: async () =>
      declineRequest(bench.context, { ...bench.press(await current(), clara.slackUserId), reason: 'No' }),
    changes_requested: async () =>
      requestChanges(bench.context, { ...bench.press(await current(), clara.slackUserId), wish: 'Smaller' }),
    withdrawn: async () => withdrawFromCard(bench.context, bench.press(await current(), anna.slackUserId, 'requester')),
    expired: async () => {
      bench.clock.now = (await current()).expiresAt;
      await expireRequest(bench.context, request.id);
    },
  } as const;
  const words = {
    pending: "although we'd said that it didn't go through",
    declined: 'although Clara Rossi had declined it',
    changes_requested: 'although Clara Rossi had asked for changes',
    withdrawn: 'although Anna Keller had withdrawn it',
    expired: 'although it had expired without a decision',
  } as const;

  it.each(Object.keys(acts) as (keyof typeof acts)[])(
    '%s: it counts, and both are told what happened',
    async (kind) => {
      await begin({ read: 5_000, write: 20_000 });
      await approve();
      const gate = bench.fleet.hold('validateCart');
      const sent = carryOut(bench.instance());
      await gate.arrived();
      await leaseRunsOut();
      await carryOut(bench.instance());
      bench.fleet.cockpit.changePrice(101, { EUR: { LEASING: 60, BUY: 2000 } });
      bench.clock.now += MINUTE;
      await look(bench.instance());
      await acts[kind]();
      expect(await state()).toMatchObject({ kind });
      const before = await bench.told();

      gate.release();
      await sent;

      expect(await state()).toMatchObject({ kind: 'ordered', by: clara, signatoryConfirmed: true, despite: { kind } });
      expect((await bench.told()).slice(before.length)).toEqual([
        expect.stringMatching(new RegExp(`^U0ANNA: Fleet ordered your request .*${words[kind]}.*cancel`, 'u')),
        expect.stringMatching(new RegExp(`^U0CLARA: Fleet ordered .*${words[kind]}.*cancel`, 'u')),
      ]);
      expect((await bench.audit()).at(-1)).toBe('order_placed');
      expect(await bench.store.draft(anna.slackUserId)).toBeNull();
    },
  );
});

describe('an approval that was pressed in time', () => {
  it('is not said to be decided by nobody when Fleet was away: it comes back with a day to press again', async () => {
    const deadline = request.expiresAt;
    bench.clock.now = deadline - MINUTE;
    await approve();
    add({ operation: 'getCart', kind: 'server_error_before_commit' });
    for (let turn = 0; turn < 40 && (await state()).kind === 'validating'; turn += 1) {
      await carryOut();
      bench.clock.now += 5_000;
    }

    const back = await current();
    expect(back).toMatchObject({ state: { kind: 'pending' }, problem: { kind: 'unavailable' } });
    expect(bench.clock.now).toBeGreaterThan(deadline);
    expect(back.expiresAt - bench.clock.now).toBeGreaterThan(23 * HOUR);
    expect(await expireRequest(bench.context, request.id)).toMatchObject({ kind: 'later' });
    expect((await bench.told()).join()).not.toMatch(/reject|refus|expired/u);
    bench.fleet.faults.clear();
    await approve();
    await carryOut();
    expect(await state()).toMatchObject({ kind: 'ordered' });
  });

  it('by somebody who may no longer sign: the requester is told, whatever else the card shows', async () => {
    bench.fleet.cockpit.addLine(request.fleetOrderId, { productId: 131 });
    await approve();
    await carryOut();
    expect((await current()).difference).not.toBeNull();
    await bench.settings({ approvers: { people: [eva.slackUserId, dan.slackUserId], userGroups: [] } });

    expect(await approve()).toMatchObject({ ok: false, refusal: { kind: 'not_eligible' } });

    expect(await current()).toMatchObject({ approverGone: true });
    expect(await bench.told()).toEqual(
      expect.arrayContaining([expect.stringMatching(/^U0ANNA: .*needs another approver/u), 'admins: approver_gone']),
    );
  });
});
