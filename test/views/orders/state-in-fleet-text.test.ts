import { expect, it } from 'vitest';
import type { StateInFleet } from '../../../src/domain/screens.ts';
import { besideOurs, stateInFleetText } from '../../../src/views/orders/status-text.ts';
import { aSnapshot } from '../../domain/a-line.ts';

const order = { kind: 'order', clientStatus: 'SHIPPED', orderNumber: 'FL-<7>', deviceNames: [] } as const;
const cart = (...names: (string | null)[]): StateInFleet => ({
  ...{ kind: 'cart', purchaserId: null },
  holds: { ...aSnapshot(names.map((_, index) => 101 + index)), names },
});
const way = 'Received → Paperwork → Preparing → *On its way* → In use';

it.each<[StateInFleet, string, string]>([
  [order, `🚚 Shipped · Fleet's order number FL-&lt;7&gt;\n${way}`, "Fleet's order number FL-&lt;7&gt;"],
  [{ ...order, orderNumber: null }, `🚚 Shipped\n${way}`, ''],
  [{ ...order, orderNumber: null, clientStatus: 'UNKNOWN' }, '❔ Fleet gives no status', ''],
])(
  'an order says where it stands and its number, beside our own request only the number: %j',
  (stateInFleet, whole, beside) => {
    expect(stateInFleetText(stateInFleet)).toBe(whole);
    expect(besideOurs(stateInFleet)).toBe(beside);
  },
);

it.each<[StateInFleet, string]>([
  [cart('MacBook', null, 'Mouse'), 'Still a cart in Fleet (MacBook, Mouse), not ordered.'],
  [cart(null), 'Still a cart in Fleet, not ordered.'],
  [{ kind: 'gone' }, 'Fleet no longer has anything under this number.'],
  [{ kind: 'not_asked' }, ''],
])('what is no order says the same beside our own request and alone: %j', (stateInFleet, said) => {
  expect(stateInFleetText(stateInFleet)).toBe(said);
  expect(besideOurs(stateInFleet)).toBe(said);
});
