import type { CartScreen } from './cart-screen.ts';

/**
 * What a person saw of their cart, as text to be digested: sending goes through only for exactly this. Who is asked and
 * the note are not part of it, since they are sent as they stand in the fields.
 */
export function seenText(screen: Extract<CartScreen, { kind: 'cart' }>): string {
  const { mode, rows, found, total, difference } = screen;
  return JSON.stringify([
    'v1',
    mode,
    rows.map(({ key, quantity, line }) => [key, quantity, line.price?.amount ?? null, line.price?.currency ?? null]),
    found.map(({ productId, name, count }) => [productId, name, count]),
    [total.fleet, ...total.ours].map((money) => (money === null ? null : [money.amount, money.currency])),
    total.unpriced,
    difference === null ? null : [counted(difference.missing), counted(difference.extra), difference.total !== null],
  ]);
}

function counted(products: NonNullable<Extract<CartScreen, { kind: 'cart' }>['difference']>['missing']): unknown {
  return products.map(({ productId, name, count }) => [productId, name, count]);
}
