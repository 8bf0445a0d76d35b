import { beforeEach, expect, it } from 'vitest';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { withdrawFromCard } from '../../../src/services/request/decide.ts';
import { stateText, unknownSignerText } from '../../../src/views/request/state.ts';
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

it('an order whose approval was forgotten is told as ordered, and not as ordered by somebody', async () => {
  const goBack = await replica();
  await pressApprove(bench.context, press(request));
  await carryOutApproval(bench.context, request.id);
  await goBack();
  await redis.zadd(bench.keys.openRequests, request.createdAt, request.id);
  await redis.del(bench.keys.followed);

  await followOrders(bench.context);

  const { state } = await bench.request(request.id);
  expect(state).toMatchObject({ kind: 'closed_elsewhere', how: 'ordered' });
  expect(stateText({ ...request, state }, 'requester')).toContain(unknownSignerText);
  expect(await bench.told()).toContainEqual(
    expect.stringMatching(`^U0ANNA: .*was ordered in Fleet. ${unknownSignerText}`),
  );
  const entries: unknown[] = [];
  for await (const { entry } of bench.store.audit()) entries.push(entry);
  expect(entries.at(-1)).toMatchObject({ did: 'closed_elsewhere', outcome: 'ordered_signer_unknown' });
  expect(bench.fleet.journal.count('validateCart')).toBe(1);
});

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
