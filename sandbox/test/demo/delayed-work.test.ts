import { Queue } from 'bullmq';
import { expect, it, onTestFinished } from 'vitest';
import type { WorkspaceId } from '../../../src/domain/ids.ts';
import { createWorkQueue, QUEUE_NAME } from '../../../src/jobs/queue.ts';
import { connectRedis } from '../../../src/store/connection.ts';
import { QUEUE_PREFIX } from '../../../src/store/keys.ts';
import { openDelayedWork } from '../../demo/delayed-work.ts';
import { startRedis } from '../../redis/start.ts';

const MINUTE = 60_000;

it('recurring work comes closer with the clock, then continues at its interval', async () => {
  const redis = await startRedis();
  const connection = connectRedis(redis.url, 'queue');
  const queue = createWorkQueue(connection, QUEUE_PREFIX, Date.now);
  const inQueue = new Queue(QUEUE_NAME, { connection, prefix: QUEUE_PREFIX });
  const delayed = openDelayedWork(redis.url);
  onTestFinished(async () => {
    await Promise.all([delayed.close(), queue.close(), inQueue.close()]);
    connection.disconnect();
    await redis.close();
  });
  const scheduler = () => inQueue.getJobScheduler('follow_orders.T1');
  await queue.repeat({ kind: 'follow_orders', tenant: 'T1' as WorkspaceId }, 10 * MINUTE);
  const first = (await scheduler())?.next ?? 0;

  await delayed.bringNearer(4 * MINUTE);
  expect((await scheduler())?.next).toBe(first - 4 * MINUTE);

  await delayed.bringNearer(24 * 60 * MINUTE);
  expect((await scheduler())?.next).toBeLessThanOrEqual(Date.now());
  expect(await inQueue.getWaiting()).toMatchObject([{ data: { kind: 'follow_orders', tenant: 'T1' } }]);
  expect(await scheduler()).toMatchObject({ every: 10 * MINUTE });
});
