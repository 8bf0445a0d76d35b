import { Queue, Worker } from 'bullmq';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { WorkItem } from '../../src/domain/work.ts';
import { createWorkQueue, QUEUE_NAME, type WorkQueue } from '../../src/jobs/queue.ts';
import { createRelay, type Relay } from '../../src/jobs/relay.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { type JobOutcome, jobDone, retryAfter } from '../../src/services/context.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { aStore } from '../store/support/a-store.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

// A failover of the queue's slot, or the loss of its database, makes it forget what it has answered.

const { redis, url } = await redisOfFile();
const noLog = { info: () => {}, warn: () => {}, error: () => {} };
const MINUTE = 60_000;
const until = (probe: () => boolean | Promise<boolean>) => vi.waitUntil(probe, 10_000);
const DAY = 24 * 60 * MINUTE;

let accepted: ReturnType<typeof aStore>;
let prefix: string;
let queue: WorkQueue;
/** BullMQ's own view of the same queue. */
let inQueue: Queue;
let relay: Relay;
let done: string[];
let dropsDone: boolean;

beforeEach(() => {
  accepted = aStore(redis);
  prefix = `{lost:${accepted.workspaceId}}`;
  done = [];
  dropsDone = true;
  const connection = connectRedis(url, 'queue');
  queue = createWorkQueue(connection, prefix, Date.now);
  inQueue = new Queue(QUEUE_NAME, { connection, prefix });
  relay = createRelay({ outboxes: () => [accepted.store], queue, log: noLog, failureOf: unavailable });
  onTestFinished(async () => {
    await Promise.all([queue.close(), inQueue.close()]);
    connection.disconnect();
  });
});

const anItem = (id: string, more: Partial<WorkItem> = {}): WorkItem => ({
  ...{ id, work: { kind: 'person_changed', tenant: accepted.workspaceId, slackUserId: 'U0ANNA' as never } },
  ...more,
});

/** As `start.ts` does it: what is done is dropped from the outbox. */
function startWorking(carryOut: () => JobOutcome = () => jobDone): void {
  const connection = connectRedis(url, 'queue');
  const worker = startWorker({
    ...{ connection, prefix, log: noLog, failureOf: unavailable, now: Date.now, random: Math.random },
    carryOut: async (_, jobId) => {
      done.push(jobId);
      const outcome = carryOut();
      if (outcome.kind === 'done' && dropsDone) relay.done(accepted.store, jobId);
      return outcome;
    },
    notifyStuckJob: async () => {},
  });
  onTestFinished(async () => {
    await worker.close();
    connection.disconnect();
  });
}

const inOutbox = () => redis.hkeys(accepted.keys.outbox);
const jobsLeft = () => inQueue.getJobCountByTypes('waiting', 'active', 'delayed');
/** One round of the relay, and all before it. */
const round = () => relay.stop();
/** So much time passes for the outbox. */
const pass = async (ms: number, id: string) => redis.zincrby(accepted.keys.outboxQueued, -ms, id);

it('what the queue took and forgot is done all the same', async () => {
  await accepted.store.commit({ work: [anItem('press'), anItem('press.later', { notBefore: Date.now() + 50 })] });
  await round();
  await inQueue.obliterate();
  startWorking();
  await round();
  expect(await jobsLeft()).toBe(0);
  await Promise.all([pass(MINUTE, 'press'), pass(MINUTE, 'press.later')]);

  await round();

  await until(() => done.length > 1);
  expect(done.toSorted()).toEqual(['press', 'press.later']);
  await round();
  expect(await inOutbox()).toEqual([]);
});

it('what the queue still has is not added to it again, and stays in the outbox until it is done', async () => {
  let isReady = false;
  startWorking(() => (isReady ? jobDone : retryAfter(10)));
  await accepted.store.commit({ work: [anItem('press'), anItem('later', { notBefore: Date.now() + DAY })] });
  await round();
  await pass(MINUTE, 'press');
  await round();
  expect(await jobsLeft()).toBe(2);
  expect((await inOutbox()).toSorted()).toEqual(['later', 'press']);

  isReady = true;

  await until(async () => (await inQueue.getJobState('press')) === 'completed');
  await round();
  expect(await inOutbox()).toEqual(['later']);
});

/** The queue has done it, and the workspace's records are from before that. */
async function doneAndForgotten({ ago }: { readonly ago: number }): Promise<void> {
  dropsDone = false;
  startWorking();
  await queue.add([anItem('press')]);
  await until(async () => (await inQueue.getJobState('press')) === 'completed');
  dropsDone = true;
  await redis.hset(`${prefix}:${QUEUE_NAME}:press`, 'returnvalue', JSON.stringify(`done ${Date.now() - ago}`));
  await accepted.store.commit({ work: [anItem('press')] });
  await round();
  await pass(MINUTE, 'press');
}

it('what was done, but forgotten by the slot of the records, is done again', async () => {
  await doneAndForgotten({ ago: MINUTE });

  await round();

  await until(() => done.length > 1);
  await round();
  expect(await inOutbox()).toEqual([]);
});

it('what was done a moment ago is left to its worker, which drops it', async () => {
  await doneAndForgotten({ ago: 0 });

  await round();

  expect(await inQueue.getJobState('press')).toBe('completed');
  expect(await inOutbox()).toEqual(['press']);
});

it('so it is if its machine is an hour behind', async () => {
  await doneAndForgotten({ ago: 0 });
  await redis.hset(`${prefix}:${QUEUE_NAME}:press`, 'finishedOn', Date.now() - 60 * MINUTE);

  await round();

  expect(await inOutbox()).toEqual(['press']);
  expect(await inQueue.getJobState('press')).toBe('completed');
});

it('what an instance delayed by a clock that was ahead is done when it is due', async () => {
  const connection = connectRedis(url, 'queue');
  const ahead = createWorkQueue(connection, prefix, () => Date.now() - 60 * MINUTE);
  const item = anItem('press', { notBefore: Date.now() });
  await accepted.store.commit({ work: [item] });
  await ahead.add([item]);
  await accepted.store.markQueued([item]);
  await pass(MINUTE, 'press');
  expect(await inQueue.getJobState('press')).toBe('delayed');

  await round();

  expect(await inQueue.getJobState('press')).toBe('waiting');
  await ahead.close();
  connection.disconnect();
});

it('what a worker of the previous release has done is dropped', async () => {
  await doneAndForgotten({ ago: MINUTE });
  await redis.hset(`${prefix}:${QUEUE_NAME}:press`, 'returnvalue', 'null');

  await round();

  expect(await inQueue.getJobState('press')).toBe('completed');
  expect(await inOutbox()).toEqual([]);
});

describe('after a weekend without this release', () => {
  const WEEKEND = 60 * 60 * MINUTE;

  /** A worker of the previous release: it says nothing of the outbox. */
  async function previousReleaseDoes(ids: readonly string[], ago: number): Promise<void> {
    const connection = connectRedis(url, 'queue');
    const worker = new Worker(QUEUE_NAME, async () => null, { connection, prefix });
    for (const id of ids) {
      await until(async () => (await inQueue.getJobState(id)) === 'completed');
      await redis.hset(`${prefix}:${QUEUE_NAME}:${id}`, 'finishedOn', Date.now() - ago);
      await redis.zadd(`${prefix}:${QUEUE_NAME}:completed`, Date.now() - ago, id);
    }
    await queue.add([anItem('later.work')]);
    await until(async () => (await inQueue.getJobState('later.work')) === 'completed');
    await worker.close();
    connection.disconnect();
  }

  it('what the queue has lost meanwhile is done, however much it is', async () => {
    const ids = Array.from({ length: 150 }, (_, at) => `press.${at}`);
    await accepted.store.commit({ work: ids.map((id) => anItem(id)) });
    await round();
    await inQueue.obliterate();
    for (const id of ids) await pass(WEEKEND, id);

    await round();

    expect(await jobsLeft()).toBe(150);
  });

  it('what the previous release did meanwhile is not repeated', async () => {
    await accepted.store.commit({ work: [anItem('press')] });
    await round();
    await previousReleaseDoes(['press'], WEEKEND);
    await pass(WEEKEND, 'press');

    await round();
    startWorking();

    expect(await inOutbox()).toEqual([]);
    expect(await jobsLeft()).toBe(0);
    expect(done).toEqual([]);
  });

  it('after more than a week, what the queue still has is kept, and the rest may have been done', async () => {
    await accepted.store.commit({ work: [anItem('kept', { notBefore: Date.now() + DAY }), anItem('unknown')] });
    await round();
    await inQueue.remove('unknown');
    await Promise.all([pass(10 * DAY, 'kept'), pass(10 * DAY, 'unknown')]);

    await round();

    expect(await inOutbox()).toEqual(['kept']);
    expect(await jobsLeft()).toBe(1);
  });

  it('what a worker of this release does is not kept as long', async () => {
    startWorking();
    await queue.add([anItem('press')]);
    await until(async () => (await inQueue.getJobState('press')) === 'completed');
    await redis.zadd(`${prefix}:${QUEUE_NAME}:completed`, Date.now() - 6 * MINUTE, 'press');

    await queue.add([anItem('next')]);
    await until(async () => (await inQueue.getJobState('next')) === 'completed');

    expect(await inQueue.getJobState('press')).toBe('unknown');
  });
});
