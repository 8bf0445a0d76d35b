import { describe, expect, it } from 'vitest';
import { checkPriceLimit, type PriceLimit } from '../../src/domain/settings/settings.ts';
import type { AcquisitionMode } from '../../src/domain/vocabulary.ts';
import { currency } from './an-order-form.ts';

const euros = (amount: string) => ({ amount, currency: currency('EUR') });
const once: PriceLimit = { ...euros('2000'), mode: 'BUY' };
const monthly: PriceLimit = { ...euros('80'), mode: 'LEASING' };
const check = (amount: string | null, mode: AcquisitionMode, limits: readonly PriceLimit[], code = 'EUR') =>
  checkPriceLimit(amount === null ? null : { amount, currency: currency(code) }, {
    currency: currency(code),
    mode,
    limits,
  });

describe('a limit for one device', () => {
  it.each([
    ['2000.00', null],
    ['2000.01', { kind: 'over_limit', limit: once }],
    ['1999.99', null],
  ])('is exceeded by more than its amount: %s', (amount, trouble) => {
    expect(check(amount, 'BUY', [{ amount: '99', currency: currency('USD'), mode: 'BUY' }, once])).toEqual(trouble);
  });

  it('of a purchase says nothing about a monthly price, nor the other way round', () => {
    expect(check('1234', 'LEASING', [once, monthly])).toEqual({ kind: 'over_limit', limit: monthly });
    expect(check('1234', 'BUY', [once, monthly])).toBeNull();
    expect(check('1234', 'LEASING', [once])).toBeNull();
  });

  it('that an earlier release saved, without saying for which, is for both', () => {
    expect(check('60', 'LEASING', [euros('50')])).toEqual({ kind: 'over_limit', limit: euros('50') });
    expect(check('60', 'BUY', [euros('50')])).toEqual({ kind: 'over_limit', limit: euros('50') });
  });

  it('says nothing about another currency', () => {
    expect(check('5000', 'BUY', [once], 'GBP')).toBeNull();
    expect(check(null, 'BUY', [once], 'GBP')).toBeNull();
  });

  it.each([null, 'a lot', '1899.00000000001', '1234567890123456', '1e3', '-5'])(
    'is not known to be kept by a price of %s',
    (amount) => {
      expect(check(amount, 'BUY', [once])).toEqual({ kind: 'limit_unproven' });
    },
  );

  it('that is no number itself is not known to be kept', () => {
    expect(check('1', 'BUY', [{ ...euros('plenty'), mode: 'BUY' }])).toEqual({ kind: 'limit_unproven' });
  });
});
