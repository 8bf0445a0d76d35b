import Big from 'big.js';

const DECIMAL = /^-?\d{1,15}(\.\d{1,10})?$/;

/** Null: not a decimal. Fleet's totals are free text, and big.js throws on other text. */
export function decimalOf(text: string | null): Big | null {
  return text !== null && DECIMAL.test(text.trim()) ? new Big(text.trim()) : null;
}

/** `54.90` and `54.9` are the same amount. Text that is no decimal is compared literally. */
export function isSameAmount(one: string | null, other: string | null): boolean {
  const [left, right] = [decimalOf(one), decimalOf(other)];
  return left !== null && right !== null ? left.eq(right) : one === other;
}

/** Null: not a decimal. */
export function multiplyAmount(amount: string, by: number): string | null {
  return decimalOf(amount)?.times(by).toFixed() ?? null;
}
