import { describe, expect, it } from 'vitest';
import { statedTotal } from '../../src/domain/cart/cart.ts';
import {
  applyDifference,
  compareCart,
  compareDevices,
  compareLines,
  countProducts,
  createdAs,
  expectedSnapshot,
  hasUnreadableTotalMoved,
  snapshotOf,
} from '../../src/domain/cart/compare.ts';
import type { CurrencyCode } from '../../src/domain/ids.ts';
import { followUpOf } from '../../src/domain/request/cart-after.ts';
import { aDraft, aLine, aSnapshot, euros, product } from './a-line.ts';
import { anna, aRequest, clara, states } from './a-request.ts';

describe('following a difference', () => {
  it('takes away as many as are missing and adds as many as came', () => {
    const held = aSnapshot([101, 101, null, 131]);
    const now = aSnapshot([101, null, 161, 161]);
    const difference = compareDevices(held, now);

    expect(difference && applyDifference(held, difference)).toMatchObject({
      productIds: [101, null, 161, 161],
      names: ['Device 101', 'Device null', 'Device 161', 'Device 161'],
    });
  });

  it('tells devices of one name or none apart, and misses none that was never there', () => {
    const held = aSnapshot([null, null], null, { names: ['Mouse'] });
    const gone = { productId: null, name: null, count: 1 };
    const never = { productId: product(900), name: null, count: 1 };

    expect(applyDifference(held, { missing: [gone, never], extra: [], total: null })).toMatchObject({
      productIds: [null],
      names: ['Mouse'],
    });
  });
});

describe('comparing Fleet with what we expect', () => {
  it.each([
    ['the same devices', aSnapshot([101, 102]), aSnapshot([101, 102])],
    ['another order', aSnapshot([101, 102, 101]), aSnapshot([101, 101, 102])],
    ['a decimal written otherwise', aSnapshot([101], '54.90'), aSnapshot([101], '54.9')],
    ['no total on either side', aSnapshot([101], null), aSnapshot([101], null)],
    ['no total here and a zero there', aSnapshot([101], null), aSnapshot([101], '0.00')],
    ['other names for the same product', aSnapshot([101]), aSnapshot([101], '54.90', { names: ['Renamed'] })],
    ['an unreadable total that stays', aSnapshot([101], 'on request'), aSnapshot([101], 'on request')],
  ])('finds nothing for %s', (_, expected, actual) => {
    expect(compareCart(expected, actual)).toBeNull();
  });

  it('counts identical devices: two are not one', () => {
    expect(compareCart(aSnapshot([101, 101]), aSnapshot([101]))).toMatchObject({
      missing: [{ productId: 101, count: 1 }],
      extra: [],
      total: null,
    });
    expect(compareCart(aSnapshot([101]), aSnapshot([101, 101, 131]))).toMatchObject({
      missing: [],
      extra: [
        { productId: 101, count: 1 },
        { productId: 131, name: 'Device 131', count: 1 },
      ],
    });
  });

  it('tells devices without a product apart by their names', () => {
    const expected = aSnapshot([null], '1', { names: ['Old chair'] });

    expect(compareCart(expected, aSnapshot([null], '1', { names: ['Old chair'] }))).toBeNull();
    expect(compareCart(expected, aSnapshot([null], '1', { names: [null] }))).toMatchObject({
      missing: [{ productId: null, name: 'Old chair', count: 1 }],
      extra: [{ productId: null, name: null, count: 1 }],
    });
  });

  it.each([
    ['amount', aSnapshot([101], '54.91')],
    ['currency', aSnapshot([101], '54.90', { currency: 'CHF' as CurrencyCode })],
    ['total that is gone', aSnapshot([101], null)],
    ['total that cannot be read', aSnapshot([101], 'on request')],
  ])('shows both totals for another %s', (_, actual) => {
    expect(compareCart(aSnapshot([101]), actual)).toEqual({
      missing: [],
      extra: [],
      total: { from: { amount: '54.90', currency: 'EUR' }, to: statedTotal(actual) },
    });
  });

  it('compares devices alone where prices may have moved', () => {
    expect(compareDevices(aSnapshot([101], '1'), aSnapshot([101], '2'))).toBeNull();
    expect(compareDevices(aSnapshot([101]), aSnapshot([102]))?.total).toBeNull();
  });

  it.each([
    ['109.80 €', '209.80 €', true],
    ['109.80 €', '109.80 €', false],
    ['109.80', '209.80 €', false],
    ['109.80 €', '209.80', false],
    [null, '209.80 €', false],
  ])('knows whether a total that no one can read has moved: %s to %s', (before, now, moved) => {
    expect(hasUnreadableTotalMoved(aSnapshot([101], before), aSnapshot([101], now))).toBe(moved);
  });

  it('states no total without an amount or a currency', () => {
    expect(statedTotal(aSnapshot([], null))).toBeNull();
    expect(statedTotal(aSnapshot([], '1', { currency: null }))).toBeNull();
  });
});

describe('snapshots', () => {
  it('keep no device ids, since these change with every patch', () => {
    const devices = [{ fleetDeviceId: 7, name: 'A', productId: product(101), rent: '1' }];

    expect(snapshotOf({ rent: '1', currency: null, devices })).toEqual({
      productIds: [101],
      names: ['A'],
      rent: '1',
      currency: null,
    });
  });

  it('expect our lines at the total that Fleet last stated', () => {
    expect(expectedSnapshot([aLine()], aSnapshot([101], '9'))).toMatchObject({ productIds: [101], rent: '9' });
    expect(expectedSnapshot([aLine()], null)).toMatchObject({ rent: null, currency: null });
  });

  it('are counted by product, with the first name that is known', () => {
    const holds = aSnapshot([101, 131, 101], '1', { names: [null, 'Screen', 'MacBook'] });

    expect(countProducts(holds)).toEqual([
      { productId: 101, name: 'MacBook', count: 2 },
      { productId: 131, name: 'Screen', count: 1 },
    ]);
    expect(countProducts({ ...holds, names: [] })[0]?.name).toBeNull();
  });
});

describe('what changed since the cart was last sent', () => {
  const total = (amount: string | null, ours: readonly string[] = []) => ({
    ...{ fleet: amount === null ? null : euros(amount), ours: ours.map((one) => euros(one)), unpriced: 0 },
  });
  const mac = aLine();
  const screen = aLine({ productId: product(131), productName: 'UltraSharp 27' });
  const sent = { lines: [mac, mac], mode: 'LEASING', total: total('109.80') } as const;
  const nothing = { removed: [], added: [], hasOtherChanges: false, mode: null, total: null };

  it('is nothing for the same devices, in whatever order', () => {
    expect(compareLines(sent, sent)).toEqual(nothing);
    const two = { ...sent, lines: [mac, screen] };
    expect(compareLines(two, { ...two, lines: [screen, mac] })).toEqual(nothing);
  });

  it('is what came, what went, the mode and the total', () => {
    expect(compareLines(sent, { lines: [mac, screen], mode: 'BUY', total: total('1200') })).toEqual({
      removed: [{ productId: 101, name: 'MacBook Pro 14', count: 1 }],
      added: [{ productId: 131, name: 'UltraSharp 27', count: 1 }],
      ...{ hasOtherChanges: false, mode: 'LEASING' },
      total: { from: euros('109.80'), to: euros('1200') },
    });
  });

  it('notices the same device for somebody else', () => {
    const other = aLine({ fleetUserId: 12 as never, assigneeName: 'Ben' });
    expect(compareLines(sent, { ...sent, lines: [mac, other] })).toEqual({ ...nothing, hasOtherChanges: true });
    expect(compareLines(sent, { ...sent, lines: [other] })).toMatchObject({
      removed: [{ count: 1 }],
      hasOtherChanges: true,
    });
  });

  it('compares our sums where Fleet gives no total, and never adds up currencies', () => {
    const ours = (...sums: readonly string[]) => ({ ...sent, total: total(null, sums) });
    expect(compareLines(ours('10'), ours('12')).total).toEqual({ from: euros('10'), to: euros('12') });
    expect(compareLines(ours('10', '5'), ours('12', '5')).total).toBeNull();
    expect(compareLines(ours(), ours('5')).total).toEqual({ from: null, to: euros('5') });
  });

  it('is told with how the earlier request ended, if it did and its lines are known', () => {
    const next = aRequest();
    const change = nothing;
    expect(followUpOf(aRequest({ state: states.declined }), next)).toEqual({ end: 'declined', by: clara, change });
    expect(followUpOf(aRequest({ state: states.withdrawn }), next)).toEqual({ end: 'withdrawn', by: anna, change });
    expect(followUpOf(aRequest({ state: states.expired }), next)).toEqual({ end: 'expired', by: null, change });
    expect(followUpOf(aRequest({ state: states.changes_requested }), next)).toMatchObject({ end: 'changes_requested' });
    expect(followUpOf(aRequest({ state: states.ordered }), next)).toBeNull();
    expect(followUpOf(aRequest({ state: states.declined, lines: [] }), next)).toBeNull();
  });
});

describe('what a cart was created with', () => {
  it('is what Fleet should hold until the cart is read', () => {
    expect(createdAs(aDraft({ isUnread: true, fleetHolds: null }))).toEqual(expectedSnapshot([aLine()], null));
    expect(createdAs(aDraft())).toBeNull();
  });
});
