import { beforeEach, describe, expect, it } from 'vitest';
import type { FleetOperation } from '../../../src/domain/failures/failure.ts';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { whyCartIsOver } from '../../../src/services/cart/session.ts';
import { findInFleet } from '../../../src/services/fleet-orders.ts';
import { readStateInFleet, refreshStatus } from '../../../src/services/orders/fleet-status.ts';
import { readSignedCart, reapplySignedCart } from '../../../src/services/request/signed-cart.ts';
import { redisOfFile } from '../../store/support/redis-for-tests.ts';
import { type Bench, startBench } from '../request/bench.ts';
import { anOrder } from './records.ts';

const { redis } = await redisOfFile();
let bench: Bench;
let request: DeviceRequest;
const refuses = (operation: 'getCart' | 'getOrder' | 'patchCart', error: string) =>
  bench.fleet.faults.add({
    operation,
    kind: 'answer',
    status: error === 'ORDER_NOT_CART' ? 409 : 404,
    body: { error },
  });
const failure = (code: 'CART_NOT_FOUND' | 'ORDER_NOT_CART', operation: FleetOperation = 'patchCart') =>
  ({ operation, kind: 'rejected', code, status: 409 }) as const;

beforeEach(async () => {
  bench = await startBench(redis);
  request = await bench.sent();
});

describe('"not a cart" is said of what was ordered, also where the order itself is not told', () => {
  beforeEach(() => {
    for (const operation of ['getCart', 'patchCart'] as const) refuses(operation, 'ORDER_NOT_CART');
    refuses('getOrder', 'ORDER_NOT_FOUND');
  });

  it.each(['cart', 'order'] as const)('when it is looked up as %s', async (likely) => {
    const state = await readStateInFleet(bench.context, request.fleetOrderId, { likely });
    expect(state).toMatchObject({ kind: 'order', clientStatus: 'UNKNOWN' });
  });

  it('when a waiting request is followed', async () => {
    const found = await findInFleet(bench.context, request.fleetOrderId);
    expect(found).toMatchObject({ kind: 'order', order: { clientStatus: 'UNKNOWN' } });
  });

  it('when it is reapplied or read', async () => {
    expect(await reapplySignedCart(bench.context, request)).toEqual({ kind: 'moved_on', clientStatus: 'UNKNOWN' });
    expect(await readSignedCart(bench.context, request)).toEqual({ kind: 'moved_on', clientStatus: 'UNKNOWN' });
  });

  it('when a change finds its cart over', async () => {
    const over = await whyCartIsOver(bench.context, { fleetOrderId: request.fleetOrderId }, failure('ORDER_NOT_CART'));
    expect(over).toEqual({ kind: 'ordered_already', clientStatus: 'UNKNOWN' });
  });
});

it('an order keeps its last status while Fleet tells none', async () => {
  const order = await anOrder(bench, 'SHIPPED');
  refuses('getOrder', 'ORDER_NOT_FOUND');
  refuses('getCart', 'ORDER_NOT_CART');

  const { request: after, stateInFleet } = await refreshStatus(bench.context, order);

  expect(stateInFleet).toMatchObject({ kind: 'order', clientStatus: 'UNKNOWN' });
  expect(after).toEqual(order);
  expect(await bench.request(order.id)).toEqual(order);
});

it('what neither route knows is gone, everywhere', async () => {
  for (const operation of ['getCart', 'patchCart'] as const) refuses(operation, 'CART_NOT_FOUND');
  refuses('getOrder', 'ORDER_NOT_FOUND');
  const { context } = bench;
  expect(await findInFleet(context, request.fleetOrderId)).toEqual({ kind: 'gone' });
  expect(await readStateInFleet(context, request.fleetOrderId, { likely: 'order' })).toEqual({ kind: 'gone' });
  expect(await reapplySignedCart(context, request)).toEqual({ kind: 'gone' });
  const { fleetOrderId } = request;
  const gone = failure('CART_NOT_FOUND');
  expect(await whyCartIsOver(context, { fleetOrderId }, gone)).toEqual({ kind: 'gone_from_fleet' });
  const writtenAt = bench.clock.now;
  expect(await whyCartIsOver(context, { fleetOrderId, writtenAt }, gone)).toBeNull();
});

it.each(['cart', 'order'] as const)(
  'a refusal that says nothing of carts does not prove that the %s is gone',
  async (likely) => {
    refuses('getCart', 'PRODUCT_NOT_FOUND');
    refuses('getOrder', 'ORDER_NOT_FOUND');
    const found = await findInFleet(bench.context, request.fleetOrderId, { likely });
    expect(found).toMatchObject({ kind: 'unclear', failure: { code: 'PRODUCT_NOT_FOUND' } });
  },
);
