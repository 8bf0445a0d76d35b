import { expect, it } from 'vitest';
import { recordStatusFromFleet } from '../../../src/services/orders/fleet-status.ts';
import { keepSharedCopy } from '../../../src/services/orders/status.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { startBench } from '../request/bench.ts';
import { anOrder } from './records.ts';

const { redis } = await redisOfFile();
const place = { channel: 'C0GENERAL', ts: '1.1' } as never;

it('brings a shared copy up to date that was overtaken while it was posted', async () => {
  const bench = await startBench(redis);
  const shown = await anOrder(bench, 'PROCESSING');
  await recordStatusFromFleet(bench.context, shown.id, 'SHIPPED');
  const before = (await bench.work('update_cards')).length;

  await keepSharedCopy(bench.context, shown, place);

  expect(await bench.store.copies(shown.id)).toMatchObject([{ kind: 'shared', shows: shown.revision }]);
  expect(await bench.work('update_cards')).toHaveLength(before + 1);
});

it('asks for nothing when nothing moved meanwhile', async () => {
  const bench = await startBench(redis);
  const shown = await anOrder(bench, 'PROCESSING');

  await keepSharedCopy(bench.context, shown, place);

  expect(await bench.work('update_cards')).toEqual([]);
});
