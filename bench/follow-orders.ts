/**
 * How many requests a sweep over 2,000 open orders sends to Fleet, and how long it takes within the real budget:
 *
 *   npx tsx bench/follow-orders.ts [orders]
 */
import { once } from 'node:events';
import { startRedis } from '../sandbox/redis/start.ts';
import { followOrders } from '../src/services/orders/follow.ts';
import { createFleetBudget } from '../src/store/budget.ts';
import { connectRedis } from '../src/store/connection.ts';
import { aWorkspaceId } from '../test/store/support/redis-for-tests.ts';
import { manyOrders } from '../test/support/many-orders.ts';

const orders = Number(process.argv[2] ?? 2_000);
const server = await startRedis();
const redis = connectRedis(server.url, 'commands');
await once(redis, 'ready');
const { fleet, context, logged, close } = await manyOrders(
  redis,
  orders,
  createFleetBudget(redis, aWorkspaceId(), { perMinute: 100 }),
);

const sweep = async (what: string): Promise<void> => {
  fleet.journal.clear();
  const before = logged.length;
  const startedAt = performance.now();
  await followOrders(context);
  const took = Math.round(performance.now() - startedAt);
  console.log(`${what}: ${took} ms`, fleet.journal.countByRoute(), ...logged.slice(before));
};

console.log(`${orders} open orders, 100 requests a minute, at most 40 of them in the background`);
await sweep('nothing changed');
for (const { id } of fleet.orders().slice(0, 200)) fleet.cockpit.advance(id);
await sweep('200 orders changed');
const hidden = fleet.faults.add({
  operation: 'listOrders',
  ...{ kind: 'answer', status: 200, body: { data: [], meta: { total: 0, limit: 100, offset: 0 } } },
});
await sweep('the list is empty (waits for the budget)');
hidden.remove();

redis.disconnect();
await close();
await server.close();
