import { beforeEach, describe, expect, it } from 'vitest';
import { type DeviceRequest, shownOf } from '../../../src/domain/request/request.ts';
import type { WorkItem } from '../../../src/domain/work.ts';
import { followOrders } from '../../../src/services/orders/follow.ts';
import { carryOutApproval, pressApprove } from '../../../src/services/request/approve.ts';
import { expireRequest, withdrawFromCard } from '../../../src/services/request/decide.ts';
import { resolveUnconfirmed } from '../../../src/services/request/resolve-unconfirmed.ts';
import { anna, clara } from '../../domain/a-request.ts';
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

describe('a card', () => {
  const cards = async () => ids(await bench.work('update_cards'));
  const sent = async () => {
    const request = await bench.sent();
    await sweep();
    await loseQueue();
    return request;
  };
  const drawn = async (request: DeviceRequest, owners = [anna, clara]) => {
    for (const [index, { slackUserId }] of owners.entries()) {
      const kind = index === 0 ? 'requester' : 'approver';
      const place = { channel: `D${index}` as never, ts: '1.0' as never };
      await bench.store.putCopy(request.id, { kind, slackUserId, ...place, ...shownOf(request) });
    }
  };

  it.each([
    ['nobody has', async () => {}],
    ['the approver lacks', async (request: DeviceRequest) => drawn(request, [anna])],
    ['shows something older', async (request: DeviceRequest) => drawn({ ...request, revision: 0 })],
    ['shows something that Redis has forgotten', async (request: DeviceRequest) => drawn({ ...request, nonce: 'x' })],
  ])('that %s is asked for again', async (_, happened) => {
    const request = await sent();
    await happened(request);

    await sweep();

    expect(await cards()).toHaveLength(1);
  });

  describe('of a request that has ended', () => {
    const ended = async () => {
      const request = await sent();
      await drawn(request);
      await withdrawFromCard(bench.context, bench.press(request, anna.slackUserId, 'requester'));
      await bench.checkEndings();
      const over = await bench.request(request.id);
      expect(over.state.kind).toBe('withdrawn');
      await loseQueue();
      return over;
    };

    it('is drawn again when it shows something else', async () => {
      const over = await ended();
      await sweep();
      expect(await cards()).toHaveLength(1);

      await loseQueue();
      await drawn(over);
      await sweep();
      expect(await cards()).toEqual([]);
    });

    it('is drawn again when another Redis process answers than before', async () => {
      const over = await ended();
      await drawn(over);
      await bench.store.putSweepMark({ ...(await bench.store.sweepMark()), redisRun: 'another' });
      Object.assign(bench.store, { redisRun: async () => 'this run' });

      await sweep();

      expect((await bench.store.copies(over.id)).map(({ shows }) => shows)).toEqual([0, 0]);
      expect(await cards()).toHaveLength(1);
    });
  });

  it('that is as it should be is left alone', async () => {
    await drawn(await sent());
    await sweep();
    expect(await cards()).toEqual([]);
  });

  it('is drawn again when another Redis process answers than before: it may lack what was shown last', async () => {
    const request = await sent();
    await drawn(request);
    // The embedded Redis doesn't name its run.
    Object.assign(bench.store, { redisRun: async () => 'this run' });
    await sweep();
    const mark = await bench.store.sweepMark();
    expect(mark.redisRun).toBe('this run');
    await bench.store.putSweepMark({ ...mark, redisRun: 'another' });

    await sweep();

    expect((await bench.store.copies(request.id)).map(({ shows }) => shows)).toEqual([0, 0]);
    expect(await cards()).toHaveLength(1);
    expect(await bench.store.sweepMark()).toEqual(mark);
  });
});
