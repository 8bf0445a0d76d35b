import { describe, expect, it } from 'vitest';
import { type AcceptedChange, notApplied, withPending } from '../../src/domain/cart/pending.ts';
import type { ChangeId, FleetOrderId } from '../../src/domain/ids.ts';
import { type OrderLine, rowKeyOf } from '../../src/domain/line.ts';
import type { OrderChoice } from '../../src/domain/order-form/choice.ts';
import type { CartChange } from '../../src/domain/work.ts';
import { aDraft, aLine, aSnapshot, euros, product } from './a-line.ts';
import { aChoice } from './an-order-form.ts';

const screen = aLine({ productId: product(131), productName: 'UltraSharp 27', price: euros('27.90') });
const accepted = (id: string, change: CartChange, line: OrderLine | null = null): AcceptedChange => ({
  changeId: id as ChangeId,
  change,
  line,
});
const add = (id: string, over: Partial<OrderChoice> = {}, line: OrderLine | null = screen) =>
  accepted(id, { kind: 'add', choice: aChoice({ quantity: 1, ...over }) }, line);
const row = rowKeyOf(aLine());
const empty = aDraft({ lines: [], fleetOrderId: null, fleetHolds: null });
const found = aDraft({ lines: [], standing: 'found', fleetHolds: aSnapshot([131, 161, null]) });

describe('a change that was accepted', () => {
  it('is not counted once the draft has it, and nothing is marked then', () => {
    const draft = aDraft({ appliedChanges: ['a' as ChangeId] });

    expect(notApplied(draft, [add('a'), add('b')])).toEqual([add('b')]);
    expect(withPending(draft, [add('a')])).toMatchObject({ pending: null, rows: [{ quantity: 1 }], mode: 'LEASING' });
    expect(withPending(draft, [add('a')]).rows[0]).not.toHaveProperty('mark');
    expect(withPending(draft, []).lines).toEqual(draft.lines);
  });

  it('adds a row of its own, in the order of asking, also for a product that is in the cart', () => {
    const cart = withPending(aDraft(), [add('a', { quantity: 2 }, aLine()), add('b')]);

    expect(cart.rows).toEqual([
      { key: row, line: aLine(), quantity: 1 },
      { key: 'a', line: aLine(), quantity: 2, mark: 'adding' },
      { key: 'b', line: screen, quantity: 1, mark: 'adding' },
    ]);
    expect(cart.pending).toEqual({ unnamed: 0 });
    expect(cart.lines).toEqual([aLine(), aLine(), aLine(), screen]);
  });

  it('whose device is not known is counted', () => {
    const cart = withPending(empty, [add('a', { quantity: 2 }, null), add('b', {}, null)]);

    expect(cart).toMatchObject({ rows: [], pending: { unnamed: 3 }, lines: [], mode: 'LEASING' });
  });

  it('edits and removes rows where they are', () => {
    const draft = aDraft({ lines: [aLine(), screen] });
    const edit = accepted('a', { kind: 'edit', row, choice: aChoice({ quantity: 3 }) }, aLine({ configuration: 'M5' }));
    const cart = withPending(draft, [edit, accepted('b', { kind: 'remove', row: rowKeyOf(screen) })]);

    expect(cart.rows).toMatchObject([
      { key: row, line: { configuration: 'M5' }, quantity: 3, mark: 'saving' },
      { line: { productName: 'UltraSharp 27' }, mark: 'removing' },
    ]);
    expect(cart.lines.map(({ configuration }) => configuration)).toEqual(['M5', 'M5', 'M5']);
    const unnamed = withPending(draft, [{ ...edit, line: null }]);
    expect(unnamed.rows[0]).toEqual({ key: row, line: aLine(), quantity: 1, mark: 'saving' });
  });

  it('replaces all that was there', () => {
    const change = {
      kind: 'replace_existing',
      fleetOrderId: 43 as FleetOrderId,
      choice: aChoice({ quantity: 1 }),
    } as const;

    expect(withPending(aDraft(), [accepted('a', change, screen)])).toMatchObject({
      rows: [{ key: 'a', mark: 'adding' }],
      lines: [{ productName: 'UltraSharp 27' }],
    });
  });

  it('marks the devices found in Fleet that it completes or removes', () => {
    const complete = { kind: 'complete_found', productId: product(131), choice: aChoice() } as const;
    const cart = withPending(found, [
      accepted('a', complete, screen),
      accepted('b', { kind: 'remove_found', productId: null }),
    ]);

    expect(cart.found).toMatchObject([
      { productId: 131, mark: 'saving' },
      { productId: 161 },
      { productId: null, mark: 'removing' },
    ]);
    expect(cart.found[1]).not.toHaveProperty('mark');
    expect(cart.pending).toEqual({ unnamed: 0 });
  });
});

describe('the mode of a cart with pending rows', () => {
  it('is that of the first one where nothing else is there', () => {
    const cart = withPending(empty, [add('a', { mode: 'BUY' })]);

    expect(cart.mode).toBe('BUY');
    expect(cart.rows[0]).not.toHaveProperty('mode');
    expect(cart.lines[0]?.price).toEqual(euros('27.90'));
  });

  it('stays where something is, and no price counts until all are in the same mode', () => {
    const cart = withPending(aDraft(), [add('a', { mode: 'BUY' })]);

    expect(cart.mode).toBe('LEASING');
    expect(cart.rows).toMatchObject([{}, { mode: 'BUY' }]);
    expect(cart.rows[0]).not.toHaveProperty('mode');
    expect(cart.lines.map(({ price }) => price)).toEqual([null, null]);
  });
});

describe('a cart whose creation has no answer yet', () => {
  const creating = aDraft({
    creatingSince: 1,
    fleetOrderId: null,
    fleetHolds: null,
    appliedChanges: ['a' as ChangeId],
  });

  it('is being added while its job is at work', () => {
    expect(withPending(creating, [add('a')])).toMatchObject({
      rows: [{ mark: 'adding' }],
      pending: { unnamed: 0 },
    });
  });

  it('is not confirmed once no job is', () => {
    expect(withPending(creating, [])).toMatchObject({ rows: [{ mark: 'unconfirmed' }] });
    expect(withPending(creating, [add('b')]).rows).toMatchObject([{ mark: 'unconfirmed' }, { mark: 'adding' }]);
  });
});
