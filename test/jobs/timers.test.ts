import { Queue } from 'bullmq';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import type { WorkItem } from '../../src/domain/work.ts';
import { createWorkQueue, QUEUE_NAME } from '../../src/jobs/queue.ts';
import { createRelay } from '../../src/jobs/relay.ts';
import { reminderItem } from '../../src/services/request/remind.ts';
import { cardUpdateItem, expiryItem } from '../../src/services/request/update.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { aStore } from '../store/support/a-store.ts';
import { ana, aRequest } from '../store/support/records.ts';
import { redisOfFile, snapshotHashes } from '../store/support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();
const noLog = { info: () => {}, warn: () => {}, error: () => {} };
const DAY = 24 * 60 * 60_000;

let a: ReturnType<typeof aStore>;
let inQueue: Queue;
/** One round of the relay. */
let round: () => Promise<void>;

beforeEach(() => {
  a = aStore(redis);
  const prefix = `{timers:${a.workspaceId}}`;
  const connection = connectRedis(url, 'queue');
  const queue = createWorkQueue(connection, prefix, Date.now);
  inQueue = new Queue(QUEUE_NAME, { connection, prefix });
  const relay = createRelay({ outboxes: () => [a.store], queue, log: noLog, failureOf: unavailable });
  round = () => relay.stop();
  onTestFinished(async () => {
    await Promise.all([queue.close(), inQueue.close()]);
    connection.disconnect();
  });
});

const pending = (over: Partial<DeviceRequest> = {}) =>
  aRequest({ tenant: a.workspaceId, expiresAt: Date.now() + 7 * DAY, ...over });
const timersOf = (request: DeviceRequest) => [expiryItem(request), reminderItem(request, Date.now() + DAY)];
const next = (request: DeviceRequest, over: Partial<DeviceRequest> = {}) => ({
  ...{ ...request, ...over, revision: request.revision + 1 },
});

async function save(request: DeviceRequest, work: readonly WorkItem[], expectedRevision: number | null = null) {
  expect(await a.store.commit({ request: { expectedRevision, next: request }, work })).toBe('committed');
}

/** A request whose timers are in the queue, as after it was sent. */
async function sent(): Promise<DeviceRequest> {
  const request = pending();
  await save(request, timersOf(request));
  await round();
  expect(await queued()).toHaveLength(2);
  return request;
}

const withdrawn = (request: DeviceRequest) =>
  next(request, { state: { kind: 'withdrawn', by: ana, at: Date.now() }, ending: 'checked' });
const queued = async () => (await inQueue.getDelayed()).map(({ id }) => id).toSorted();
const inOutbox = async () => (await redis.hkeys(a.keys.outbox)).toSorted();

it('leave the queue and the outbox with the decision', async () => {
  const request = await sent();
  const decided = withdrawn(request);
  await save(decided, [cardUpdateItem(decided)], request.revision);
  expect(await inOutbox()).toEqual([cardUpdateItem(decided).id]);

  await round();

  expect(await queued()).toEqual([]);
  expect(await redis.exists(a.keys.outboxCancelled)).toBe(0);
  expect(await redis.hmget(a.keys.request(request.id), 'expire', 'remind')).toEqual([null, null]);
});

it('that were not queued yet are never queued', async () => {
  const request = pending();
  await save(request, timersOf(request));
  await save(withdrawn(request), [], request.revision);

  await round();

  expect([await queued(), await inOutbox()]).toEqual([[], []]);
});

it('stay as long as the request is open: one of each kind, the newest', async () => {
  const request = await sent();
  const sending = next(request, {
    state: { kind: 'validating', by: ana, at: Date.now(), validateSentAt: null },
  });
  await save(sending, [], request.revision);
  await round();
  expect(await queued()).toHaveLength(2);

  const back = next(sending, { state: { kind: 'pending' } });
  await save(back, [expiryItem(back)], sending.revision);
  await round();

  expect(await queued()).toEqual([expiryItem(back).id, timersOf(request)[1]?.id].toSorted());
});

it('come back if Redis forgets the decision: the outbox still has them, and the queue is asked for them', async () => {
  const request = await sent();
  const { keys } = a;
  const restore = await snapshotHashes(redis, [keys.outbox, keys.request(request.id)]);
  const queuedUntil = await redis.zrange(keys.outboxQueued, 0, '-1', 'WITHSCORES');
  await save(withdrawn(request), [], request.revision);
  await round();
  expect(await queued()).toEqual([]);

  await restore();
  for (let at = 0; at < queuedUntil.length; at += 2)
    await redis.zadd(keys.outboxQueued, String(Date.now() - 1), queuedUntil[at] ?? '');
  await round();

  expect(await queued()).toEqual(
    timersOf(request)
      .map(({ id }) => id)
      .toSorted(),
  );
});

it('are removed by any instance, and again if that was cut short', async () => {
  const request = await sent();
  await save(withdrawn(request), [], request.revision);
  const ids = timersOf(request).map(({ id }) => id);
  expect((await a.store.beginRound(0, [])).cancelled.toSorted()).toEqual(ids.toSorted());
  await inQueue.remove(ids[0] ?? '');

  await round();

  expect(await queued()).toEqual([]);
  expect((await a.store.beginRound(0, [])).cancelled).toEqual([]);
});
