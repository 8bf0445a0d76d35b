import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { RequestId } from '../../../src/domain/ids.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import type { ServiceContext } from '../../../src/services/context.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { clara } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from './bench.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

/** A lease guards nothing here: it runs out while a process stands still. What must hold holds without it. */
const withoutLease = (context: ServiceContext): ServiceContext => ({
  ...context,
  store: { ...context.store, lease: async () => ({ extend: async () => true, release: async () => {} }) },
});
const carryOut = (context: ServiceContext) => carryOutApproval(context, request.id);
const commits = () => bench.fleet.validateCommits(request.fleetOrderId);
const validates = () => bench.fleet.journal.count('validateCart');
const state = async () => (await bench.request(request.id)).state;

class Killed extends Error {}

/** The process ends at this point: whatever comes after it never runs. */
const killedAt = (point: string): ServiceContext =>
  bench.instance(async (name) => {
    if (name === point) throw new Killed(name);
  });

/** Everybody who comes to this point waits until `count` have. */
function meetAt(point: string, count: number): () => ServiceContext {
  let arrived = 0;
  let open = () => {};
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () =>
    bench.instance(async (name) => {
      if (name !== point) return;
      arrived += 1;
      if (arrived === count) open();
      await all;
    });
}

beforeEach(async () => {
  bench = await startBench(redis);
  // A Fleet that would take a second validate finds every client out that leans on its 409.
  bench.fleet.rules.secondValidate = 'again';
  request = await bench.sent();
  await pressApprove(bench.context, bench.press(request, clara.slackUserId));
});

describe('one approval, one order', () => {
  it('the job runs on two instances side by side, past any lease: one claims the right to send', async () => {
    const instance = meetAt('approve.before_claim', 2);
    const outcomes = await Promise.all([carryOut(withoutLease(instance())), carryOut(withoutLease(instance()))]);

    expect(validates()).toBe(1);
    expect(commits()).toBe(1);
    expect(outcomes.map((one) => one.kind).sort()).toEqual(['done', 'later']);
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
  });

  it('two open requests for one order, as the previous release allowed: one is carried out after the other', async () => {
    const older = await bench.request(request.id);
    const newer = { ...older, id: 'newer' as RequestId, revision: 1 };
    await redis.zrem(bench.keys.openRequests, request.id);
    expect(await bench.store.commit({ request: { expectedRevision: null, next: newer } })).toBe('committed');
    await redis.zadd(bench.keys.openRequests, older.createdAt, request.id);
    const instance = meetAt('approve.before_claim', 2);
    const first = carryOut(instance());

    await vi.waitFor(() => expect(bench.fleet.journal.count('patchCart')).toBe(1));
    expect(await carryOutApproval(bench.context, newer.id)).toMatchObject({ kind: 'later' });
    await instance().step?.('approve.before_claim');
    await first;
    expect(commits()).toBe(1);
  });

  it('a second run while the first waits for its answer looks, and the 200 still counts', async () => {
    const gate = bench.fleet.hold('validateCart', 'after_commit');
    const first = carryOut(withoutLease(bench.instance()));
    await gate.arrived();

    await carryOut(withoutLease(bench.instance()));
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    gate.release();
    await first;

    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
    expect(validates()).toBe(1);
  });

  it('with its lease the second run waits', async () => {
    const gate = bench.fleet.hold('getCart');
    const first = carryOut(bench.instance());
    await gate.arrived();
    expect(await carryOut(bench.instance())).toMatchObject({ kind: 'later' });
    gate.release();
    await first;
    expect(commits()).toBe(1);
  });

  it.each([
    ['before it patches', 1, 0],
    ['before it claims', 2, 1],
  ])('a run whose lease is lost %s goes no further', async (_, lostAt, patches) => {
    let extended = 0;
    const extend = async () => {
      extended += 1;
      return extended !== lostAt;
    };
    const lost: ServiceContext = {
      ...bench.instance(),
      store: { ...bench.store, lease: async () => ({ extend, release: async () => {} }) },
    };
    expect(await carryOut(lost)).toMatchObject({ kind: 'later' });
    expect(bench.fleet.journal.count('patchCart')).toBe(patches);
    expect(await state()).toMatchObject({ kind: 'validating', validateSentAt: null });
    expect(validates()).toBe(0);
  });
});

describe('the process ends', () => {
  it.each(['approve.before_read', 'approve.before_patch', 'approve.before_claim'])(
    '%s: the next run orders once',
    async (point) => {
      await expect(carryOut(killedAt(point))).rejects.toThrow(Killed);
      await carryOut(bench.instance());
      expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
      expect(commits()).toBe(1);
    },
  );

  it('between the claim and the validate: nobody sends before a minute of looking', async () => {
    await expect(carryOut(killedAt('approve.before_validate'))).rejects.toThrow(Killed);
    await carryOut(bench.instance());
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
    await resolveUnconfirmed(bench.context, request.id);
    expect(validates()).toBe(0);

    bench.clock.now += 60_000;
    await resolveUnconfirmed(bench.context, request.id);
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: true });
    expect(commits()).toBe(1);
  });

  it("between Fleet's 200 and its record: it is found out, and not ordered again", async () => {
    await expect(carryOut(killedAt('approve.after_validate'))).rejects.toThrow(Killed);
    expect(commits()).toBe(1);
    expect(await state()).toMatchObject({ kind: 'validating' });

    await carryOut(bench.instance());
    await resolveUnconfirmed(bench.instance(), request.id);
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    expect(commits()).toBe(1);
    expect(validates()).toBe(1);
  });
});

describe('the second validate', () => {
  beforeEach(async () => {
    bench.fleet.faults.add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
    await carryOut(bench.context);
    expect(await state()).toMatchObject({ kind: 'unconfirmed' });
  });

  it('is sent by one of two that look side by side, past any lease', async () => {
    bench.clock.now += 60_000;
    const instance = meetAt('look.before_claim', 2);
    const look = () => resolveUnconfirmed(withoutLease(instance()), request.id);
    await Promise.all([look(), look()]);
    expect(commits()).toBe(1);
    expect(validates()).toBe(2);
  });

  it('is not sent a millisecond early', async () => {
    bench.clock.now += 59_999;
    await resolveUnconfirmed(bench.context, request.id);
    expect(validates()).toBe(1);
    bench.clock.now += 1;
    await resolveUnconfirmed(bench.context, request.id);
    expect(commits()).toBe(1);
  });

  it('is not followed by a third before another minute is over, also when its process ends', async () => {
    bench.clock.now += 60_000;
    await expect(resolveUnconfirmed(killedAt('approve.after_validate'), request.id)).rejects.toThrow(Killed);
    expect(commits()).toBe(1);
    bench.clock.now += 59_000;
    await resolveUnconfirmed(bench.instance(), request.id);
    expect(await state()).toMatchObject({ kind: 'ordered', signatoryConfirmed: false });
    expect(commits()).toBe(1);
  });
});
