import { describe, expect, it } from 'vitest';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import { cartTotal } from '../../src/domain/cart/cart.ts';
import { type AcceptedChange, withPending } from '../../src/domain/cart/pending.ts';
import type { ChangeId } from '../../src/domain/ids.ts';
import { type OrderLine, rowKeyOf } from '../../src/domain/line.ts';
import type { CartChange } from '../../src/domain/work.ts';
import { pendingText, yourCartModal } from '../../src/views/cart/modal.ts';
import { markTexts } from '../../src/views/cart/rows.ts';
import { aDraft, aLine, aSnapshot, product } from '../domain/a-line.ts';
import { aChoice } from '../domain/an-order-form.ts';
import { aCartScreen, buttons, buttonTexts, faultsOf, inputOf, manyLines, textOf } from './a-cart-screen.ts';

const accepted = (change: CartChange, line: OrderLine | null = null, id = 'c1'): AcceptedChange => ({
  changeId: id as ChangeId,
  change,
  line,
});
const adding = (line: OrderLine | null, id?: string, quantity = 1) =>
  accepted({ kind: 'add', choice: aChoice({ quantity }) }, line, id);

function drawn(draft: DraftCart, changes: readonly AcceptedChange[], page = 0) {
  const { mode, rows, found, pending, lines } = withPending(draft, changes);
  return yourCartModal(aCartScreen({ mode, rows, found, pending, total: cartTotal(lines, null) }), '', page);
}

const screen = aLine({ productId: product(131), productName: 'UltraSharp 27', configuration: '' });
const empty = aDraft({ lines: [], fleetOrderId: null, fleetHolds: null });

describe('a row that Fleet does not have yet', () => {
  it('says so, has no buttons, and the cart cannot be sent meanwhile', () => {
    const view = drawn(aDraft(), [adding(screen, 'c1', 2)]);

    expect(textOf(view)).toContain(
      `*UltraSharp 27* × 2\nFrance · French (AZERTY) · for Anna Keller · €54.90/month each\n${markTexts.adding}`,
    );
    expect(textOf(view)).toContain(pendingText);
    expect(textOf(view)).toContain('*Total once Fleet has all of this:* €164.70/month (our sum)');
    expect(buttonTexts(view)).toEqual(['Edit', 'Remove', 'Add another device', 'Refresh']);
    expect(view.submit).toBeUndefined();
    expect(inputOf(view, 'approver')).toBeUndefined();
    expect(faultsOf(view)).toEqual([]);
  });

  it.each([
    ['is being saved', 'saving', { kind: 'edit', row: rowKeyOf(aLine()), choice: aChoice() }],
    ['is being removed', 'removing', { kind: 'remove', row: rowKeyOf(aLine()) }],
  ] as const)('%s', (_, mark, change) => {
    const view = drawn(aDraft(), [accepted(change, aLine())]);

    expect(textOf(view)).toContain(markTexts[mark]);
    expect(buttonTexts(view)).toEqual(['Add another device', 'Refresh']);
  });

  it('may be one that Fleet did not confirm', () => {
    expect(textOf(drawn(aDraft({ creatingSince: 1 }), []))).toContain(markTexts.unconfirmed);
  });

  it('may be one found in Fleet, while the others keep their buttons', () => {
    const draft = aDraft({ lines: [], standing: 'found', fleetHolds: aSnapshot([131, 161]) });
    const view = drawn(draft, [accepted({ kind: 'remove_found', productId: product(131) })]);

    expect(textOf(view)).toContain(`*Device 131*\n${markTexts.removing}`);
    expect(buttonTexts(view)).toEqual(['Complete', 'Remove', 'Add another device', 'Refresh']);
    expect(faultsOf(view)).toEqual([]);
  });

  it('is counted where its name is not known', () => {
    const view = drawn(empty, [adding(null, 'c1', 2)]);

    expect(textOf(view)).toBe(`2 devices being added. ${pendingText}`);
    expect(faultsOf(view)).toEqual([]);
  });

  it('has its price in its own mode, and no total is said in two', () => {
    const change = { kind: 'add', choice: aChoice({ mode: 'BUY', quantity: 1 }) } as const;
    const view = drawn(aDraft(), [accepted(change, screen)]);

    expect(textOf(view)).toContain('for Anna Keller · €54.90\n');
    expect(textOf(view)).not.toContain('Total');
  });
});

describe('many rows that Fleet does not have yet', () => {
  it.each([30, 200])('fit, and can be read page by page: %i', (count) => {
    const changes = manyLines(count).map((line, index) => adding(line, `c${index}`));

    const last = drawn(empty, changes, 99);
    for (const view of [drawn(empty, changes), last]) expect(faultsOf(view)).toEqual([]);
    expect(buttons(last).find(({ text }) => text.text === 'Refresh')?.value).toBe(String(Math.floor((count - 1) / 40)));
  });
});
