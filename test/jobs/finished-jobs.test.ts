import { expect, it, onTestFinished, vi } from 'vitest';
import { createWorkQueue, QUEUE_NAME } from '../../src/jobs/queue.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { aWorkspaceId, redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();
const TEN_MINUTES = 10 * 60 * 1000;

/** A queue with its worker, which does everything at once. */
function aQueue() {
  const workspaceId = aWorkspaceId();
  const prefix = `{finished:${workspaceId}}`;
  const connection = connectRedis(url, 'queue');
  const queue = createWorkQueue(connection, prefix, Date.now);
  const done: string[] = [];
  const worker = startWorker({
    connection,
    prefix,
    carryOut: async (_, jobId) => {
      done.push(jobId);
      return { kind: 'done' };
    },
    notifyStuckJob: async () => {},
    log: { info: () => {}, warn: () => {}, error: () => {} },
    failureOf: unavailable,
    now: Date.now,
    random: Math.random,
  });
  onTestFinished(async () => {
    await Promise.all([worker.close(), queue.close()]);
    connection.disconnect();
  });
  const doAll = async (...ids: string[]) => {
    await queue.add(ids.map((id) => ({ id, work: { kind: 'follow_orders', tenant: workspaceId } })));
    await vi.waitUntil(async () => (await queue.underWay()) === 0, { timeout: 10_000 });
  };
  return { doAll, done, prefix };
}

it("the queue's log of events, which nobody reads, stays short", async () => {
  const { doAll, prefix } = aQueue();

  await doAll(...Array.from({ length: 100 }, (_, index) => `job-${index}`));

  // Redis trims whole blocks of a hundred.
  expect(await redis.xlen(`${prefix}:${QUEUE_NAME}:events`)).toBeLessThan(300);
});

it('a finished job is known under its id for minutes, and after them the same id is done again', async () => {
  const { doAll, done, prefix } = aQueue();

  await doAll('approval');
  await doAll('approval', 'another');
  expect(done).toEqual(['approval', 'another']);

  await redis.zadd(`${prefix}:${QUEUE_NAME}:completed`, Date.now() - TEN_MINUTES, 'approval');
  await doAll('a third');
  await doAll('approval');
  expect(done).toEqual(['approval', 'another', 'a third', 'approval']);
});
