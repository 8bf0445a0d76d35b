import { expect, it, vi } from 'vitest';
import type { FleetOrderId } from '../../../src/domain/ids.ts';
import { refreshOrderStatus } from '../../../src/services/orders/status.ts';
import { aDraft } from '../../domain/a-line.ts';
import { anna } from '../../domain/a-request.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { eva, startBench } from '../request/bench.ts';
import { aWaitingRequest } from './records.ts';

const { redis } = await redisOfFile();
const bench = await startBench(redis);

it("a stranger's look at an order, at a cart and at an unknown number cost the same commands as one's own request", async () => {
  const { store } = bench.context;
  const request = await aWaitingRequest(bench);
  const next = aDraft({ fleetOrderId: 77 as FleetOrderId, lockedBy: null, revision: 1 });
  await store.commit({ draft: { slackUserId: anna.slackUserId, expectedRevision: null, next } });
  const look = async (who: typeof anna, order: number) => {
    const sent = vi.spyOn(redis, 'sendCommand');
    const status = await refreshOrderStatus(bench.context, who.slackUserId, order as FleetOrderId);
    const commands = sent.mock.calls.length;
    sent.mockRestore();
    return { kind: status.kind, commands };
  };
  for (const who of [anna, eva]) await look(who, 1);

  const own = await look(anna, request.fleetOrderId);
  const others = [await look(eva, request.fleetOrderId), await look(eva, 77), await look(eva, 78)];

  expect(own.kind).toBe('request');
  expect(others).toEqual(others.map(() => ({ kind: 'not_found', commands: own.commands })));
});
