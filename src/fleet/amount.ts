const DECIMAL = /^\d+(\.\d+)?$/;
/** No currency has more than four decimals; what a float shows past them is an artefact. */
const MOST_DECIMALS = 4;

/** A price as decimal text: 54.9 and 54.900000000000006 are both "54.9". Null when it is not a price at all. */
export function amountText(amount: number | string): string | null {
  if (typeof amount === 'string') return DECIMAL.test(amount.trim()) ? withoutTrailingZeros(amount.trim()) : null;
  if (!(amount >= 0 && amount <= Number.MAX_SAFE_INTEGER)) return null;
  return withoutTrailingZeros(amount.toFixed(MOST_DECIMALS));
}

function withoutTrailingZeros(decimal: string): string {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}
