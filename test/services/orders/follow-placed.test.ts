import { describe, expect, it } from 'vitest';
import type { Call } from '../../../sandbox/fleet/world.ts';
import { clientStatuses } from '../../../src/domain/vocabulary.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import type { WorkspaceStore } from '../../../src/store/store.ts';
import { clara } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from '../request/bench.ts';
import { anOrder, aRecord, aWaitingRequest, orderedAs } from './records.ts';

const { redis } = await redisOfFile();
const sweepOf = (bench: Bench) => followOrders(bench.context);
const statusOf = async (bench: Bench, id: Parameters<WorkspaceStore['request']>[0]) => {
  const { state } = await bench.request(id as never);
  return 'clientStatus' in state ? state.clientStatus : null;
};
/** Nothing is in the list, so that each has to be asked for. */
const hideFromList = (bench: Bench) =>
  bench.fleet.faults.add({
    operation: 'listOrders',
    ...{ kind: 'answer', status: 200, body: { data: [], meta: { total: 0, limit: 100, offset: 0 } } },
  });

describe('an order that Fleet moves', () => {
  it('is recorded in one commit, with who decided, the audit entry and the cards', async () => {
    const bench = await startBench(redis);
    const request = await anOrder(bench, 'BEING_PROCESSED', 'PROCESSING');

    await sweepOf(bench);

    expect(await bench.request(request.id)).toMatchObject({
      state: { kind: 'ordered', by: clara, clientStatus: 'PROCESSING', at: orderedAs('').at },
      revision: 2,
    });
    expect(await bench.audit()).toEqual(['status_changed']);
    expect(await bench.work('update_cards')).toHaveLength(1);
    expect(await bench.told()).toEqual([]);
  });

  it.each([
    { clientStatus: 'SIGNING', told: ['U0CLARA: order_status'] },
    ...['DOC_REQUIRED', 'PENDING_DECISION', 'FINANCING_REQUEST', 'FAILED'].map((clientStatus) => {
      return { clientStatus, told: ['U0ANNA: order_status', 'admins: order_status'] };
    }),
    ...['SHIPPED', 'RECEPTION_TO_CONFIRM'].map((clientStatus) => ({ clientStatus, told: ['U0ANNA: order_status'] })),
    ...['PROCESSING', 'ONGOING_ORDER', 'EQUIPMENT_TO_SEND', 'ARCHIVED', 'RECEIVED', 'A_STATUS_OF_TOMORROW'].map(
      (clientStatus) => ({ clientStatus, told: [] }),
    ),
  ])('to $clientStatus is told to exactly $told', async ({ clientStatus, told }) => {
    const bench = await startBench(redis);
    const request = await anOrder(bench, 'BEING_PROCESSED', clientStatus);

    await sweepOf(bench);
    await sweepOf(bench);

    expect(await statusOf(bench, request.id)).toBe(clientStatus);
    expect([...(await bench.told())].sort()).toEqual(told);
  });

  it('is seen in a list whose pages are shorter than Fleet says', async () => {
    const bench = await startBench(redis);
    const requests = [];
    for (let count = 0; count < 6; count += 1) requests.push(await anOrder(bench, 'BEING_PROCESSED', 'PROCESSING'));
    bench.fleet.faults.add({ operation: 'listOrders', kind: 'page_capped', rows: 2 });
    const asked = bench.fleet.journal.count('getOrder');

    await sweepOf(bench);

    expect(await Promise.all(requests.map(({ id }) => statusOf(bench, id)))).toEqual(Array(6).fill('PROCESSING'));
    expect(bench.fleet.journal.count('getOrder')).toBe(asked);
  });

  it('that stays as it is for years is not forgotten while it is followed', async () => {
    const bench = await startBench(redis);
    const DAY = 24 * 60 * 60 * 1000;
    const request = await anOrder(bench, 'ONGOING_ORDER');
    const copy = { kind: 'requester', channel: 'D1', ts: '1.1', shows: 1 } as const;
    await bench.store.putCopy(request.id, { ...copy, slackUserId: request.requester.slackUserId } as never);
    const kept = [
      bench.keys.request(request.id),
      bench.keys.copies(request.id),
      bench.keys.newestForOrder(request.fleetOrderId),
    ];
    const daysLeft = async () => Math.ceil(Math.min(...(await Promise.all(kept.map((key) => redis.pttl(key))))) / DAY);
    const age = async () => {
      for (const key of kept) await redis.pexpire(key, DAY);
      await sweepOf(bench);
      return daysLeft();
    };
    expect(await age()).toBe(365);
    // Each day is enough.
    expect(await age()).toBe(1);
    bench.clock.now += DAY;
    expect(await age()).toBe(365);
    expect(await bench.request(request.id)).toMatchObject({ revision: 1 });
  });

  it('is told once, however often Fleet comes back to the same status', async () => {
    const bench = await startBench(redis);
    const request = await anOrder(bench, 'BEING_PROCESSED', 'SHIPPED');
    await sweepOf(bench);
    await bench.store.dropFromOutbox((await bench.store.outbox(0)).map(({ id }) => id));
    for (const status of ['PROCESSING', 'SHIPPED']) {
      bench.fleet.cockpit.setStatus(request.fleetOrderId, status);
      await sweepOf(bench);
    }

    expect(await statusOf(bench, request.id)).toBe('SHIPPED');
    expect(await bench.told()).toEqual([]);
  });

  it('is told also when it had this status from the moment it was ordered', async () => {
    const bench = await startBench(redis);
    await anOrder(bench, 'SIGNING');

    await sweepOf(bench);
    await sweepOf(bench);

    expect(await bench.told()).toEqual(['U0CLARA: order_status']);
  });

  it.each(['ARCHIVED', 'FAILED'])('is not followed any more once it is %s and everybody knows', async (over) => {
    const bench = await startBench(redis);
    await anOrder(bench, 'BEING_PROCESSED', over);
    await sweepOf(bench);
    bench.fleet.journal.clear();

    await sweepOf(bench);

    expect(await bench.store.followedOrders()).toEqual([]);
    expect(bench.fleet.journal.countByRoute()).toEqual({});
  });

  it('moves side by side: two sweeps at once tell and record once', async () => {
    const bench = await startBench(redis);
    const request = await anOrder(bench, 'BEING_PROCESSED', 'SHIPPED');

    await Promise.all([followOrders(bench.instance()), followOrders(bench.instance())]);

    expect((await bench.request(request.id)).revision).toBe(2);
    expect(await bench.told()).toEqual(['U0ANNA: order_status']);
  });
});

describe('where Fleet’s list does not show an order', () => {
  it('it is asked for by its number', async () => {
    const bench = await startBench(redis);
    const requests = [await anOrder(bench, 'BEING_PROCESSED', 'PROCESSING'), await anOrder(bench, 'PROCESSING')];
    hideFromList(bench);
    bench.fleet.journal.clear();

    await sweepOf(bench);

    expect(await statusOf(bench, requests[0]?.id as never)).toBe('PROCESSING');
    expect(bench.fleet.journal.countByRoute()).toEqual({ 'GET /orders': 1, 'GET /orders/{order_id}': 2 });
  });

  it('none waits for ever, and what is on its way is asked most', async () => {
    const bench = await startBench(redis);
    const all = clientStatuses.flatMap((status) => Array.from({ length: 10 }, () => status));
    for (const [index, status] of all.entries())
      await aRecord(bench, 5001 + index, status === 'ARCHIVED' ? 'PROCESSING' : status);
    hideFromList(bench);
    bench.fleet.journal.clear();
    for (let sweeps = 0; sweeps < 4; sweeps += 1) await sweepOf(bench);

    const asked = bench.fleet.journal.of('getOrder').map(({ path }) => path);
    expect(asked).toHaveLength(4 * 40);
    expect(new Set(asked).size).toBe(all.length);
  });

  it('a list without statuses says nothing', async () => {
    const bench = await startBench(redis);
    const [one, other] = [await anOrder(bench, 'SHIPPED'), await anOrder(bench, 'PROCESSING')];
    const data = [one, other].map(({ fleetOrderId }) => ({ id: fleetOrderId }));
    const body = { data, meta: { total: 2, limit: 100, offset: 0 } };
    bench.fleet.faults.add({ operation: 'listOrders', kind: 'answer', status: 200, body });

    await sweepOf(bench);

    expect(await statusOf(bench, one.id)).toBe('SHIPPED');
    expect(await statusOf(bench, other.id)).toBe('PROCESSING');
  });

  it('one answer that cannot be read does not keep the others waiting', async () => {
    const bench = await startBench(redis);
    const requests = [await anOrder(bench, 'RECEIVED', 'PROCESSING'), await anOrder(bench, 'RECEIVED', 'PROCESSING')];
    hideFromList(bench);
    // However often it is asked for.
    const when = ({ params }: Call) => Object.values(params).includes(String(requests[0]?.fleetOrderId));
    bench.fleet.faults.add({ operation: 'getOrder', kind: 'wrong_shape', when });

    await sweepOf(bench);

    expect(await statusOf(bench, requests[0]?.id as never)).toBe('RECEIVED');
    expect(await statusOf(bench, requests[1]?.id as never)).toBe('PROCESSING');
  });

  it('forgets an order whose record is gone', async () => {
    const bench = await startBench(redis);
    const request = await anOrder(bench, 'RECEIVED', 'PROCESSING');
    await redis.del(bench.keys.request(request.id));

    await sweepOf(bench);

    expect(await bench.store.followedOrders()).toEqual([]);
  });
});

describe('a sweep', () => {
  it('asks for no other one: the queue has a scheduler for that', async () => {
    const bench = await startBench(redis);

    await sweepOf(bench);

    expect(await bench.work('follow_orders')).toEqual([]);
  });

  it('gives its lease back when it fails', async () => {
    const bench = await startBench(redis);
    await aWaitingRequest(bench);
    const store = {
      ...bench.store,
      openRequests: async () => {
        throw new Error('away');
      },
    };

    await expect(followOrders({ ...bench.context, store })).rejects.toThrow('away');

    const lease = await bench.store.lease('follow-orders', 1_000);
    expect(lease).not.toBeNull();
  });

  it('does nothing beside another, also one whose instance died', async () => {
    const bench = await startBench(redis);
    await aWaitingRequest(bench);
    const asked = bench.fleet.journal.entries().length;
    await bench.store.lease('follow-orders', 60_000);

    await sweepOf(bench);

    expect(bench.fleet.journal.entries()).toHaveLength(asked);
  });
});
