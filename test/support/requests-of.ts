import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { FleetOrderId, FleetUserId, RequestId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { aLine } from '../domain/a-line.ts';
import { aRequest } from '../domain/a-request.ts';
import { storeOf } from './store-of.ts';
import { until, type World } from './world.ts';

let swept = 0;

/** What the clock would start by and by: the next sweep over Fleet's carts and orders. */
export async function sweepNow(world: World): Promise<void> {
  swept += 1;
  const work = { kind: 'follow_orders', tenant: world.workspaceId as WorkspaceId } as const;
  await storeOf(world).commit({ work: [{ id: `sweep-now-${swept}`, work }] });
}

/** As if a minute had passed since a look first found neither cart nor order: only the next look proves anything. */
export async function aMinuteAfterMissing(world: World, fleetOrderId: number): Promise<void> {
  const store = storeOf(world);
  await until(async () => {
    const request = await store.requestForOrder(fleetOrderId as FleetOrderId);
    if (typeof request?.missingSince !== 'number') return false;
    const next = { ...request, missingSince: Date.now() - 60_000, revision: request.revision + 1 };
    const { revision: expectedRevision, nonce: expectedNonce } = request;
    return (await store.commit({ request: { expectedRevision, expectedNonce, next } })) === 'committed';
  });
}

/** Requests that have been sent, as records only: a company has more of them than a test can type. */
export async function manyRequests(
  world: World,
  count: number,
  over: (index: number) => Partial<DeviceRequest> = () => ({}),
): Promise<readonly DeviceRequest[]> {
  // A sweep that comes round meanwhile does not find out that Fleet has none of them.
  for (const operation of ['getCart', 'getOrder'] as const)
    world.fleet.faults.add({ operation, kind: 'service_unavailable' });
  const store = storeOf(world);
  const made: DeviceRequest[] = [];
  for (let index = 0; index < count; index += 1) {
    const request = aRequest({
      ...{ id: `many${index}` as RequestId, tenant: world.workspaceId as WorkspaceId, revision: 1 },
      ...{ fleetOrderId: (7000 + index) as FleetOrderId, createdAt: Date.now() - (count - index) * 60_000 },
      expiresAt: Date.now() + 86_400_000,
      ...over(index),
    });
    await store.commit({ request: { expectedRevision: null, next: request } });
    made.push(request);
  }
  return made;
}

/** A draft of somebody with one line, which Fleet has not seen. */
export async function aDraftOf(world: World, slackUserId: string, purchaserId: number): Promise<void> {
  const draft: DraftCart = {
    ...{ purchaserId: purchaserId as FleetUserId, fleetOrderId: 6001 as FleetOrderId, mode: 'LEASING' },
    ...{ lines: [aLine({ productName: 'ThinkPad X1 Carbon' })], fleetHolds: null, standing: 'ours' },
    ...{ creatingSince: null, lockedBy: null, appliedChanges: [], revision: 1 },
  };
  await storeOf(world).commit({
    draft: { slackUserId: slackUserId as SlackUserId, expectedRevision: null, next: draft },
  });
}
