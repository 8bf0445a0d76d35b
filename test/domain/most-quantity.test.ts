import { expect, it } from 'vitest';
import { maxQuantity } from '../../src/domain/cart/cart.ts';
import { rowKeyOf } from '../../src/domain/line.ts';
import { editingOf } from '../../src/domain/order-form/choice.ts';
import { aDraft, aLine, aSnapshot, product } from './a-line.ts';

const row = rowKeyOf(aLine());
const forty = Array.from({ length: 40 }, () => aLine());
const found = (count: number) =>
  aDraft({ standing: 'found', lines: [], fleetHolds: aSnapshot([...Array(count).fill(101), 102, null]) });
const completing = editingOf({ kind: 'complete_found', productId: product(101) });

it.each([
  ['a new device', null, null, 20],
  ['a new device beside forty', aDraft({ lines: forty }), null, 20],
  ['a row of one', aDraft(), row, 20],
  ['a row of forty', aDraft({ lines: forty }), row, 40],
  ['a row that is gone', aDraft({ lines: forty }), 'another', 20],
  ['thirty that were found', found(30), completing, 30],
  ['what was found, of which Fleet says nothing', aDraft({ standing: 'found', fleetHolds: null }), completing, 20],
  ['three that were found', found(3), completing, 20],
])('%s: at most so many at once', (_, draft, editing, most) => {
  expect(maxQuantity(draft, editing)).toBe(most);
});
