import { describe, expect, it } from 'vitest';
import { cartTotal, provesPrices, readsMayLag, totalsDiffer } from '../../src/domain/cart/cart.ts';
import type { CurrencyCode } from '../../src/domain/ids.ts';
import { aLine, aSnapshot, euros } from './a-line.ts';

const francs = (amount: string) => ({ amount, currency: 'CHF' as CurrencyCode });

describe('the total of a cart', () => {
  it('adds decimals exactly and keeps Fleet’s own beside them', () => {
    const lines = [aLine({ price: euros('0.1') }), aLine({ price: euros('0.2') })];

    expect(cartTotal(lines, aSnapshot([101, 101], '0.30'))).toEqual({
      fleet: euros('0.30'),
      ours: [euros('0.3')],
      unpriced: 0,
    });
  });

  it('never adds across currencies', () => {
    const lines = [aLine(), aLine({ price: francs('60') }), aLine()];

    expect(cartTotal(lines, null)).toEqual({ fleet: null, ours: [euros('109.8'), francs('60')], unpriced: 0 });
  });

  it('counts what has no price, or none that can be read', () => {
    expect(cartTotal([aLine({ price: null }), aLine({ price: euros('free') })], null)).toEqual({
      fleet: null,
      ours: [],
      unpriced: 2,
    });
  });

  it('takes no total from Fleet that is no decimal or has no currency', () => {
    expect(cartTotal([], aSnapshot([], 'NaN')).fleet).toBeNull();
    expect(cartTotal([], aSnapshot([], '1', { currency: null })).fleet).toBeNull();
  });

  it('takes a zero from Fleet only for devices that cost nothing', () => {
    expect(cartTotal([aLine()], aSnapshot([101], '0.00')).fleet).toBeNull();
    expect(cartTotal([aLine({ price: euros('0') })], aSnapshot([101], '0.00')).fleet).toEqual(euros('0.00'));
    expect(cartTotal([], aSnapshot([], '0')).fleet).toEqual(euros('0'));
  });
});

describe('Fleet’s total against ours', () => {
  it.each([
    ['the same', euros('109.80'), [euros('109.8')], 0, false],
    ['one cent more', euros('109.81'), [euros('109.8')], 0, true],
    ['Fleet states none', null, [euros('1')], 0, false],
    ['Fleet states what cannot be read', euros('?'), [euros('1')], 0, false],
    ['we have none', euros('5'), [], 0, false],
    ['ours cannot be read', euros('5'), [euros('?')], 0, false],
    ['another currency', euros('5'), [francs('5')], 0, true],
    ['several currencies of ours', euros('5'), [euros('5'), francs('5')], 0, true],
    ['ours has a fraction of a cent, as Fleet rounds it', euros('1234.01'), [euros('1234.005')], 0, false],
    ['ours is a lower bound below', euros('9'), [euros('5')], 1, false],
    ['ours is a lower bound above', euros('4'), [euros('5')], 1, true],
  ])('%s', (_, fleet, ours, unpriced, expected) => {
    expect(totalsDiffer({ fleet, ours, unpriced })).toBe(expected);
  });
});

describe('Fleet’s total as a proof of the prices shown', () => {
  it.each([
    ['their sum', euros('109.80'), [euros('109.8')], 0, true],
    ['another amount', euros('109.81'), [euros('109.8')], 0, false],
    ['none', null, [euros('109.8')], 0, false],
    ['a total for devices of which one has no price', euros('109.80'), [euros('54.9')], 1, false],
    ['a total in one currency of two', euros('5'), [euros('5'), francs('5')], 0, false],
    ['a total for devices that have no price', euros('5'), [], 2, false],
  ])('%s', (_, fleet, ours, unpriced, expected) => {
    expect(provesPrices({ fleet, ours, unpriced })).toBe(expected);
  });
});

it('a read may lag behind our own write for a minute', () => {
  expect(readsMayLag({}, 60_000)).toBe(false);
  expect(readsMayLag({ writtenAt: 1 }, 60_000)).toBe(true);
  expect(readsMayLag({ writtenAt: 1 }, 60_001)).toBe(false);
});
