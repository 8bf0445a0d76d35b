import { expect, it, onTestFinished } from 'vitest';
import { createWorkQueue } from '../../src/jobs/queue.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { aWorkspaceId, redisOfFile } from '../store/support/redis-for-tests.ts';

const { url } = await redisOfFile();
const noLog = { info: () => {}, warn: () => {}, error: () => {} };

it('work for an open modal begins after the acknowledgement had its time, and counts as under way until then', async () => {
  const workspaceId = aWorkspaceId();
  const prefix = `{waits:${workspaceId}}`;
  const connection = connectRedis(url, 'queue');
  const queue = createWorkQueue(connection, prefix, Date.now);
  const begun = new Promise<number>((resolve) => {
    const carryOut = async () => {
      resolve(Date.now());
      return { kind: 'done' } as const;
    };
    const notifyStuckJob = async () => {};
    const worker = startWorker({
      ...{ connection, prefix, carryOut, notifyStuckJob, log: noLog },
      ...{ failureOf: unavailable, now: Date.now, random: Math.random },
    });
    onTestFinished(async () => {
      await worker.close();
      await queue.close();
      connection.disconnect();
    });
  });

  const accepted = Date.now();
  const work = { kind: 'follow_orders', tenant: workspaceId } as const;
  await queue.add([{ id: 'change', work, notBefore: accepted + 300 }]);

  // Twice where it moves between the two counts; never not at all.
  expect(await queue.underWay()).toBeGreaterThan(0);
  expect((await begun) - accepted).toBeGreaterThanOrEqual(300);
});
