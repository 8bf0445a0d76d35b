import { describe, expect, it, onTestFinished } from 'vitest';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { manyOrders } from '../../support/many-orders.ts';

const { redis } = await redisOfFile();

describe('500 open orders', () => {
  it('cost five requests a sweep, and only the records of orders that moved are read', async () => {
    const { fleet, context, close } = await manyOrders(redis, 500);
    onTestFinished(close);
    const moved = fleet.orders().slice(0, 25);
    for (const { id } of moved) fleet.cockpit.setStatus(id, 'A_STATUS_OF_TOMORROW');
    let reads = 0;
    const store = {
      ...context.store,
      request: async (id: Parameters<typeof context.store.request>[0]) => {
        reads += 1;
        return context.store.request(id);
      },
    };

    await followOrders({ ...context, store });

    expect(fleet.journal.countByRoute()).toEqual({ 'GET /orders': 5 });
    expect(reads).toBe(25);
    expect(
      (await context.store.followedOrders()).filter((one) => one.clientStatus === 'A_STATUS_OF_TOMORROW'),
    ).toHaveLength(25);
  });
});
