import { describe, expect, it } from 'vitest';
import { changeCart, followFound } from '../../src/domain/cart/change.ts';
import type { FleetOrderId } from '../../src/domain/ids.ts';
import { rowKeyOf } from '../../src/domain/line.ts';
import { aDraft, aLine, aSnapshot, product } from './a-line.ts';

const macBook = aLine();
const screen = aLine({ productId: product(131), keyboardLayout: null, productName: 'UltraSharp 27' });
const chair = aLine({ productId: product(900), keyboardLayout: null, productName: 'Chair' });

describe('adding', () => {
  it('appends one line for each device and prices nothing again in the same mode', () => {
    const changed = changeCart(aDraft(), { kind: 'add', lines: [screen, screen], mode: 'LEASING' });

    expect(changed).toMatchObject({ ok: true, reprice: false, draft: { lines: [macBook, screen, screen] } });
  });

  it('takes the whole cart to the mode of what is added', () => {
    const changed = changeCart(aDraft(), { kind: 'add', lines: [screen], mode: 'BUY' });

    expect(changed).toMatchObject({ ok: true, reprice: true, draft: { mode: 'BUY' } });
  });

  it('has nothing to price again in a cart without lines', () => {
    const empty = aDraft({ lines: [], standing: 'emptied' });

    expect(changeCart(empty, { kind: 'add', lines: [screen], mode: 'BUY' })).toMatchObject({
      ok: true,
      reprice: false,
      draft: { standing: 'ours', fleetOrderId: 42 },
    });
  });

  it.each([
    ['the last line that fits', 199, true],
    ['one too many', 200, false],
  ])('knows %s', (_, before, ok) => {
    const draft = aDraft({ lines: Array.from({ length: before }, () => macBook) });

    const changed = changeCart(draft, { kind: 'add', lines: [screen], mode: 'LEASING' });

    expect(changed.ok).toBe(ok);
    if (!changed.ok) expect(changed.why).toBe('too_many');
  });

  it('lets a cart that is too long become shorter', () => {
    const lines = [screen, ...Array.from({ length: 201 }, () => macBook)];

    expect(changeCart(aDraft({ lines }), { kind: 'remove', row: rowKeyOf(screen) }).ok).toBe(true);
  });
});

describe('editing', () => {
  it('replaces the whole row in its place, in the new quantity', () => {
    const draft = aDraft({ lines: [screen, macBook, chair, macBook] });
    const german = aLine({ keyboardLayout: 'GERMAN_QWERTZ' });

    const changed = changeCart(draft, {
      kind: 'edit',
      row: rowKeyOf(macBook),
      lines: [german, german, german],
      mode: 'LEASING',
    });

    expect(changed).toMatchObject({ ok: true, draft: { lines: [screen, german, german, german, chair] } });
  });

  it('says so when the row is gone meanwhile', () => {
    expect(changeCart(aDraft(), { kind: 'edit', row: 'x', lines: [screen], mode: 'BUY' })).toEqual({
      ok: false,
      why: 'row_gone',
    });
  });
});

describe('removing', () => {
  it('takes all n identical lines', () => {
    const draft = aDraft({ lines: [macBook, screen, macBook] });

    expect(changeCart(draft, { kind: 'remove', row: rowKeyOf(macBook) })).toMatchObject({
      ok: true,
      draft: { lines: [screen], standing: 'ours' },
    });
  });

  it('empties the cart with the last row and keeps what Fleet holds', () => {
    expect(changeCart(aDraft(), { kind: 'remove', row: rowKeyOf(macBook) })).toMatchObject({
      ok: true,
      draft: { lines: [], standing: 'emptied', fleetOrderId: 42, fleetHolds: { productIds: [101] } },
    });
  });

  it('says so when the row is gone meanwhile', () => {
    expect(changeCart(aDraft(), { kind: 'remove', row: 'x' })).toEqual({ ok: false, why: 'row_gone' });
  });
});

describe('a cart that was found', () => {
  const found = aDraft({ standing: 'found', lines: [], fleetHolds: aSnapshot([101, 131, 101, null]) });

  it('stays found until every device is completed or removed', () => {
    const completed = changeCart(found, {
      kind: 'complete_found',
      productId: product(101),
      lines: [macBook, macBook],
      mode: 'LEASING',
    });

    expect(completed).toMatchObject({
      ok: true,
      draft: { standing: 'found', lines: [macBook, macBook], fleetHolds: { productIds: [131, null] } },
    });
  });

  it('is ours with the last one settled', () => {
    const almost = aDraft({ standing: 'found', lines: [macBook], fleetHolds: aSnapshot([null]) });

    expect(changeCart(almost, { kind: 'remove_found', productId: null })).toMatchObject({
      ok: true,
      draft: { standing: 'ours', lines: [macBook], fleetHolds: { productIds: [], names: [] } },
    });
  });

  it('is emptied when every device was removed', () => {
    const one = aDraft({ standing: 'found', lines: [], fleetHolds: aSnapshot([131]) });

    expect(changeCart(one, { kind: 'remove_found', productId: product(131) })).toMatchObject({
      ok: true,
      draft: { standing: 'emptied' },
    });
  });

  it.each([
    ['the device was settled already', found, product(999)],
    ['nothing is known of what Fleet holds', aDraft({ standing: 'found', fleetHolds: null }), product(101)],
    ['the cart is ours', aDraft(), product(101)],
  ])('refuses when %s', (_, draft, productId) => {
    expect(changeCart(draft, { kind: 'remove_found', productId })).toEqual({ ok: false, why: 'found_gone' });
  });

  it('keeps what is added beside what is still to be settled', () => {
    expect(changeCart(found, { kind: 'add', lines: [chair], mode: 'LEASING' })).toMatchObject({
      draft: { standing: 'found', lines: [chair] },
    });
    expect(changeCart({ ...found, fleetHolds: null }, { kind: 'add', lines: [chair], mode: 'LEASING' })).toMatchObject({
      draft: { standing: 'ours' },
    });
  });
});

it('replaces what an existing cart holds', () => {
  const changed = changeCart(aDraft({ fleetOrderId: null, lines: [] }), {
    kind: 'replace_existing',
    fleetOrderId: 77 as FleetOrderId,
    lines: [screen],
    mode: 'BUY',
  });

  expect(changed).toMatchObject({
    ok: true,
    reprice: false,
    draft: { fleetOrderId: 77, lines: [screen], mode: 'BUY', standing: 'ours', fleetHolds: null },
  });
});

describe('a found cart as Fleet has it now', () => {
  const found = aDraft({
    ...{ standing: 'found', lines: [macBook] },
    ...{ fleetHolds: aSnapshot([131]), foundAs: aSnapshot([101, 131]) },
  });

  it('stays as it is while nothing changed there', () => {
    expect(followFound(found, aSnapshot([131, 101], '60'))).toBe(found);
  });

  it('has one more device to complete, and one fewer', () => {
    expect(followFound(found, aSnapshot([101, 161]))).toMatchObject({
      ...{ standing: 'found', lines: [macBook] },
      ...{ fleetHolds: { productIds: [161] }, foundAs: { productIds: [101, 161] } },
    });
  });

  it('is complete when what was left is gone, and is compared like any other', () => {
    expect(followFound(found, aSnapshot([101]))).toMatchObject({ standing: 'ours', fleetHolds: { productIds: [101] } });
    expect(followFound({ ...found, lines: [] }, aSnapshot([101]))).toMatchObject({ standing: 'emptied' });
  });

  it.each([
    ['found by an older release', aDraft({ standing: 'found' })],
    ['with nothing to complete', aDraft({ standing: 'found', fleetHolds: null, foundAs: aSnapshot([101]) })],
  ])('is followed from now on when %s', (_, before) => {
    expect(followFound(before, aSnapshot([161]))).toEqual({ ...before, foundAs: aSnapshot([161]) });
  });
});
