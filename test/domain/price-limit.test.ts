import { expect, it } from 'vitest';
import { exceededLimit } from '../../src/domain/settings/settings.ts';
import { currency } from './an-order-form.ts';

const euros = (amount: string) => ({ amount, currency: currency('EUR') });
const limits = [{ amount: '99', currency: currency('USD') }, euros('1000')];

it.each([
  ['1000.00', null],
  ['1000.01', euros('1000')],
  ['999.99', null],
  ['a lot', null],
])('a device for %s is over %j', (amount, limit) => {
  expect(exceededLimit(euros(amount), limits)).toEqual(limit);
});

it('says nothing about an unknown price, another currency or a limit that is no number', () => {
  expect(exceededLimit(null, limits)).toBeNull();
  expect(exceededLimit({ amount: '5000', currency: currency('GBP') }, limits)).toBeNull();
  expect(exceededLimit(euros('5000'), [euros('plenty')])).toBeNull();
});
