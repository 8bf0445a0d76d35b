import { beforeEach, expect, it } from 'vitest';
import type { WorkItem } from '../../../src/domain/work.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { expireRequest } from '../../../src/services/request/decide.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { clara } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from '../request/bench.ts';

const MINUTE = 60_000;
const { redis } = await redisOfFile();
let bench: Bench;
const sweep = () => followOrders(bench.context);
const ids = (items: readonly WorkItem[]) => items.map(({ id }) => id);
const loseQueue = async () => bench.store.dropFromOutbox(ids(await bench.store.outbox(0)));

beforeEach(async () => {
  bench = await startBench(redis);
});

it('an approval whose job the queue lost is carried out all the same', async () => {
  const request = await bench.sent();
  await pressApprove(bench.context, bench.press(request, clara.slackUserId));
  const first = ids(await bench.work('carry_out_approval'));
  await loseQueue();
  bench.clock.now += 4 * MINUTE;
  await sweep();
  expect(await bench.work('carry_out_approval')).toEqual([]);
  bench.clock.now += MINUTE;

  await sweep();

  // Under the same name: a queue that lost nothing ignores it.
  expect(ids(await bench.work('carry_out_approval'))).toEqual(first);
  await carryOutApproval(bench.context, request.id);
  expect((await bench.request(request.id)).state).toMatchObject({ kind: 'ordered' });
});

it('what is unconfirmed goes on being looked up', async () => {
  const request = await bench.sent();
  await pressApprove(bench.context, bench.press(request, clara.slackUserId));
  bench.fleet.faults.add({ operation: 'validateCart', kind: 'reset_before_commit', times: 1 });
  await carryOutApproval(bench.context, request.id);
  const first = ids(await bench.work('look_up_unconfirmed'));
  await loseQueue();
  bench.clock.now += 5 * MINUTE;

  await sweep();

  expect(ids(await bench.work('look_up_unconfirmed'))).toEqual(expect.arrayContaining(first));
  await resolveUnconfirmed(bench.context, request.id);
  expect((await bench.request(request.id)).state).toMatchObject({ kind: 'ordered' });
});

it('what is past its deadline expires', async () => {
  const request = await bench.sent();
  bench.clock.now = request.expiresAt - 1;
  await sweep();
  expect(await bench.work('expire')).toEqual([]);
  bench.clock.now += 1;

  await sweep();

  expect(await bench.work('expire')).toHaveLength(1);
  await expireRequest(bench.context, request.id);
  expect((await bench.request(request.id)).state).toMatchObject({ kind: 'expired' });
});
