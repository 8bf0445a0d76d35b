import Big from 'big.js';

/** The decimal strings of `rent`: exact sum first, then two places, half up. */
export function rentString(amounts: readonly number[]): string {
  return amounts.reduce((sum, amount) => sum.plus(amount), new Big(0)).toFixed(2);
}

export function plus(left: number, right: number): number {
  return new Big(left).plus(right).toNumber();
}
