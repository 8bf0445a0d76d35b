import { type Job, Queue } from 'bullmq';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import type { Work } from '../../src/domain/work.ts';
import { createWorkQueue, QUEUE_NAME, type WorkQueue } from '../../src/jobs/queue.ts';
import { createSchedule } from '../../src/jobs/schedule.ts';
import { startWorker } from '../../src/jobs/worker.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../../src/services/context.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { peopleWorld } from '../services/people/people-world.ts';
import { redisOfFile } from '../store/support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();
const noLog = { info: () => {}, warn: () => {}, error: () => {} };

let world: ReturnType<typeof peopleWorld>;
let prefix: string;
let queue: WorkQueue;
/** BullMQ's own view of the same queue. */
let inQueue: Queue;

beforeEach(() => {
  world = peopleWorld(redis);
  prefix = `{schedule:${world.context.workspaceId}}`;
  const connection = connectRedis(url, 'queue');
  queue = createWorkQueue(connection, prefix, Date.now);
  inQueue = new Queue(QUEUE_NAME, { connection, prefix });
  onTestFinished(async () => {
    await Promise.all([queue.close(), inQueue.close()]);
    connection.disconnect();
  });
});

/** As a process does at its start. */
function startSchedule(
  over: Partial<ServiceContext> = {},
  every: { readonly retryEveryMs?: number; readonly renewEveryMs?: number } = {},
): void {
  const schedule = createSchedule({ queue, relaySoon: () => {}, log: noLog, ...every });
  schedule.keep({ ...world.context, ...over });
  onTestFinished(schedule.stop);
}

function startWorking(carryOut: (work: Work) => Promise<JobOutcome>): void {
  const connection = connectRedis(url, 'queue');
  const worker = startWorker({
    connection,
    prefix,
    carryOut,
    notifyStuckJob: async () => {},
    log: noLog,
    failureOf: unavailable,
    now: Date.now,
    random: Math.random,
  });
  onTestFinished(async () => {
    await worker.close();
    connection.disconnect();
  });
}

const scheduler = async (kind: string) => inQueue.getJobScheduler(`${kind}.${world.context.workspaceId}`);
const sweeps = () => vi.waitUntil(() => scheduler('follow_orders'));
const startItems = async () =>
  (await world.context.store.outbox(0)).filter(({ work }) => work.kind === 'follow_orders');

describe('at the start of a process', () => {
  it('one sweep is asked for at once, by one of many instances, and the next comes an interval later', async () => {
    const before = Date.now();
    for (let instance = 0; instance < 3; instance += 1) startSchedule();

    const { every, next } = await sweeps();
    expect(every).toBe(defaultSettings.pollEveryMs);
    expect(next).toBeGreaterThanOrEqual(before + defaultSettings.pollEveryMs);
    await vi.waitUntil(async () => (await inQueue.getJobSchedulersCount()) === 2);
    expect(await startItems()).toMatchObject([{ notBefore: world.clock.now }]);
    expect((await inQueue.getDelayed()).map(({ name }) => name).sort()).toEqual(['follow_orders', 'refresh_directory']);
  });

  it('the next run stays where it is', async () => {
    startSchedule();
    const { next } = await sweeps();

    await queue.repeat({ kind: 'follow_orders', tenant: world.context.workspaceId }, defaultSettings.pollEveryMs);

    expect((await sweeps()).next).toBe(next);
    expect(await inQueue.getDelayed()).toHaveLength(2);
  });

  it('the directory is refreshed every quarter of an hour', async () => {
    startSchedule();

    expect(await vi.waitUntil(() => scheduler('refresh_directory'))).toMatchObject({
      every: 15 * 60_000,
      template: { data: { kind: 'refresh_directory', tenant: world.context.workspaceId } },
    });
  });

  it('what Redis did not take is tried again', async () => {
    const settings = vi.fn(world.context.store.settings).mockRejectedValueOnce(new Error('away'));

    startSchedule({ store: { ...world.context.store, settings } }, { retryEveryMs: 20 });

    expect(await sweeps()).toBeDefined();
    expect(await startItems()).toHaveLength(1);
  });
});

describe('the interval', () => {
  it('is the one of the environment where there is one', async () => {
    startSchedule({ pollEveryMs: 30_000 });

    expect((await sweeps()).every).toBe(30_000);
  });

  it('follows the settings while the process runs', async () => {
    startSchedule({}, { renewEveryMs: 20 });
    await sweeps();

    await world.context.store.commit({
      settings: { expectedRevision: null, next: { ...defaultSettings, pollEveryMs: 60_000 } },
    });

    const { next } = await vi.waitUntil(async () => {
      const found = await scheduler('follow_orders');
      return found?.every === 60_000 && found;
    });
    expect(next).toBeLessThanOrEqual(Date.now() + 60_000);
    expect((await inQueue.getDelayed()).filter(({ name }) => name === 'follow_orders')).toHaveLength(1);
  });
});

describe('a scheduler that Redis lost', () => {
  it('comes back', async () => {
    startSchedule({}, { renewEveryMs: 20 });
    await sweeps();

    await inQueue.removeJobScheduler(`follow_orders.${world.context.workspaceId}`);

    expect(await sweeps()).toMatchObject({ every: defaultSettings.pollEveryMs });
  });

  it('comes back when only its next run was lost', async () => {
    startSchedule({}, { renewEveryMs: 20 });
    const { next } = await sweeps();
    const id = `repeat:follow_orders.${world.context.workspaceId}:${next}`;
    await redis.del(`${prefix}:${QUEUE_NAME}:${id}`);
    await redis.zrem(`${prefix}:${QUEUE_NAME}:delayed`, id);

    await vi.waitUntil(async () =>
      (await inQueue.getDelayed()).some((job: Job | undefined) => job?.name === 'follow_orders'),
    );
  });
});

describe('as time passes', () => {
  it('there is one run an interval over all instances', async () => {
    const runs: number[] = [];
    const carried = async ({ kind }: Work) => {
      if (kind === 'follow_orders') runs.push(Date.now());
      return jobDone;
    };
    for (let instance = 0; instance < 2; instance += 1) {
      startSchedule({ pollEveryMs: 300 });
      startWorking(carried);
    }
    const startedAt = Date.now();

    await vi.waitUntil(() => runs.length >= 3, 10_000);

    expect(runs.length).toBeLessThanOrEqual((Date.now() - startedAt) / 300);
  });

  it('runs that wait for a stopped workspace do not pile up', async () => {
    let refused = 0;
    startSchedule({ pollEveryMs: 200 });
    startWorking(async ({ kind }) => {
      if (kind !== 'follow_orders') return jobDone;
      refused += 1;
      return retryAfter(150);
    });

    await vi.waitUntil(() => refused >= 12, 10_000);

    const waiting = (await inQueue.getDelayed()).filter(({ name }) => name === 'follow_orders');
    expect(waiting.length).toBeLessThanOrEqual(2);
  });

  it('a run that keeps failing gives way to the next one', async () => {
    let failed = 0;
    startSchedule({ pollEveryMs: 200 });
    startWorking(async ({ kind }) => {
      if (kind !== 'follow_orders') return jobDone;
      failed += 1;
      throw new Error('a bug');
    });

    await vi.waitUntil(() => failed >= 12, 15_000);

    // A first try waits for a second before its next one.
    expect((await inQueue.getDelayed()).filter(({ name }) => name === 'follow_orders').length).toBeLessThanOrEqual(7);
  });
});

describe('a workspace that is erased', () => {
  it('takes its schedulers with it, and they do not come back', async () => {
    const { store, workspaceId } = world.context;
    const stop = vi.fn(store.stop);
    startSchedule({ store: { ...store, stop } }, { renewEveryMs: 20 });
    await vi.waitUntil(async () => (await inQueue.getJobSchedulersCount()) === 2);
    await store.commit({ stop: { why: 'app_uninstalled', since: 1 } });

    await vi.waitUntil(async () => {
      await queue.cancel(workspaceId);
      return (await inQueue.getJobSchedulersCount()) === 0;
    });
    const renewals = stop.mock.calls.length;
    await vi.waitUntil(() => stop.mock.calls.length > renewals + 3);

    expect(await inQueue.getJobSchedulersCount()).toBe(0);
    expect(await inQueue.getDelayed()).toEqual([]);
  });
});
