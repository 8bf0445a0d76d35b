import { beforeEach, expect, it } from 'vitest';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { withdrawFromCard } from '../../../src/services/request/decide.ts';
import { anna, clara } from '../../domain/a-request.ts';
import { redisOfFile, snapshotHashes } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from './bench.ts';

// A promoted replica or a restarted host lacks what was acknowledged last.

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
});

/** Call the result: everything but the outbox is as it is now. */
async function replica(): Promise<() => Promise<void>> {
  const keys = [bench.keys.request(request.id), bench.keys.copies(request.id), bench.keys.draft(anna.slackUserId)];
  return snapshotHashes(redis, keys);
}

const press = (of: DeviceRequest, by = clara) => bench.press(of, by.slackUserId);
const jobs = async () => (await bench.work('carry_out_approval')).map(({ id }) => id);

it('an approval under way sends nothing once its request came back and was withdrawn at the same revision', async () => {
  const goBack = await replica();
  await pressApprove(bench.context, press(request));
  const withdrawn = bench.instance(async (step) => {
    if (step !== 'approve.before_claim') return;
    await goBack();
    expect(await withdrawFromCard(bench.context, bench.press(request, anna.slackUserId, 'requester'))).toMatchObject({
      ok: true,
    });
  });

  await carryOutApproval(withdrawn, request.id);

  expect((await bench.request(request.id)).state).toMatchObject({ kind: 'withdrawn' });
  expect(bench.fleet.journal.count('validateCart')).toBe(0);
});

it('an approval that was forgotten and pressed again is another job, which the queue has not carried out', async () => {
  const goBack = await replica();
  await pressApprove(bench.context, press(request));
  const [forgotten] = await jobs();
  await goBack();

  await pressApprove(bench.context, press(request));

  const [, again] = await jobs();
  expect((await bench.request(request.id)).revision).toBe(2);
  expect(again).toBeDefined();
  expect(again).not.toBe(forgotten);
});
