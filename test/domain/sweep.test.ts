import { describe, expect, it } from 'vitest';
import type { FollowedOrder } from '../../src/domain/orders/follow.ts';
import { firstMark, ordersToAsk, roundRobin } from '../../src/domain/orders/follow.ts';

const order = (number: number, clientStatus: string) =>
  ({ requestId: `r${number}`, fleetOrderId: number, clientStatus }) as FollowedOrder;
const numbers = (orders: readonly FollowedOrder[]) => orders.map(({ fleetOrderId }) => fleetOrderId);
const many = (from: number, count: number, clientStatus: string) =>
  Array.from({ length: count }, (_, index) => order(from + index, clientStatus));

it('takes turns from behind the last one on', () => {
  const all = [order(3, ''), order(1, ''), order(2, '')];

  expect(numbers(roundRobin(all, 0))).toEqual([1, 2, 3]);
  expect(numbers(roundRobin(all, 2))).toEqual([3, 1, 2]);
  expect(numbers(roundRobin(all, 9))).toEqual([1, 2, 3]);
});

describe('whom to ask one by one', () => {
  it.each([
    { moving: 100, resting: 100, asked: [30, 10] },
    { moving: 100, resting: 4, asked: [36, 4] },
    { moving: 100, resting: 0, asked: [40, 0] },
    { moving: 5, resting: 100, asked: [5, 35] },
    { moving: 0, resting: 100, asked: [0, 40] },
    { moving: 20, resting: 20, asked: [20, 20] },
  ])('of $moving on their way and $resting in use are $asked', ({ moving, resting, asked }) => {
    const unseen = [...many(1, moving, 'PROCESSING'), ...many(1001, resting, 'ONGOING_ORDER')];

    const shares = ordersToAsk(unseen, firstMark, 40);

    expect([shares.moving.length, shares.resting.length]).toEqual(asked);
  });

  it('counts what nobody was told of yet as on its way, and what Fleet does not place as at rest', () => {
    const shares = ordersToAsk([order(1, ''), order(2, 'UNKNOWN'), order(3, 'OF_TOMORROW')], firstMark, 40);

    expect(numbers(shares.moving)).toEqual([1]);
    expect(numbers(shares.resting)).toEqual([2, 3]);
  });
});
