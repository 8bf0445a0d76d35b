import { describe, expect, it } from 'vitest';
import type { Page } from '../../src/fleet/schema.ts';
import { readList } from '../../src/services/pages.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

/** A list in Fleet, and what it does wrong. `before` runs before each page is made. */
function aList(
  rows: number[],
  wrong: {
    readonly size?: number;
    readonly saysLimit?: number;
    readonly total?: () => number;
    readonly unreadable?: readonly number[];
    readonly before?: (offset: number) => void;
    readonly page?: (page: Page<number>) => Page<number>;
  } = {},
) {
  const asked: number[] = [];
  const ask = async ({ limit, offset }: { limit: number; offset: number }) => {
    asked.push(offset);
    wrong.before?.(offset);
    const came = rows.slice(offset, offset + Math.min(limit, wrong.size ?? limit));
    const isUnreadable = (row: number) => wrong.unreadable?.includes(row) === true;
    const page: Page<number> = {
      items: came.filter((row) => !isUnreadable(row)),
      unreadableAt: came.flatMap((row, at) => (isUnreadable(row) ? [at] : [])),
      total: wrong.total?.() ?? rows.length,
      limit: wrong.saysLimit ?? limit,
      offset,
    };
    return { ok: true, value: wrong.page?.(page) ?? page } as const;
  };
  return { asked, ask, read: () => readList({ ask, idOf: (row) => row }) };
}
const once = (offset: number, work: () => void) => {
  let isDone = false;
  return (at: number) => {
    if (at !== offset || isDone) return;
    isDone = true;
    work();
  };
};
const whole = (rows: readonly number[]) => ({ ok: true, value: { rows, notWhole: null } });

describe('a list is read whole', () => {
  it.each([0, 1, 99, 100, 101, 199, 250, 1_000])('with %i rows', async (count) => {
    expect(await aList(numbers(count)).read()).toEqual(whole(numbers(count)));
  });

  it.each([1, 2, 7, 50, 99])('in pages of %i that Fleet calls pages of 100', async (size) => {
    expect(await aList(numbers(45), { size }).read()).toEqual(whole(numbers(45)));
  });

  it('in pages of 20 that Fleet calls by their size, or by none', async () => {
    expect(await aList(numbers(45), { size: 20, saysLimit: 20 }).read()).toEqual(whole(numbers(45)));
    expect(await aList(numbers(45), { size: 20, saysLimit: 0 }).read()).toEqual(whole(numbers(45)));
  });

  it('in one piece, where Fleet does not page it', async () => {
    const list = aList(numbers(250), {
      page: (page) => ({ ...page, items: numbers(250), limit: 250, isUnpaged: true }),
    });

    expect(await list.read()).toEqual(whole(numbers(250)));
    expect(list.asked).toEqual([0]);
  });

  it('the second time, when rows moved during the first', async () => {
    const rows = numbers(250);
    const list = aList(rows, { before: once(198, () => rows.shift()) });

    expect(await list.read()).toEqual(whole(numbers(250).slice(1)));
    expect(list.asked).toEqual([0, 99, 198, 0, 99, 198]);
  });
});

describe('a list is not whole, and says why', () => {
  it.each([
    [
      'a row went between two pages',
      'moved',
      (rows: number[]) => ({ before: (offset: number) => void (offset === 99 && rows.shift()) }),
    ],
    [
      'one went and one came, so that all counts agree',
      'moved',
      (rows: number[]) => ({ before: (offset: number) => void (offset === 99 && rows.push(rows.shift() ?? 0)) }),
    ],
    [
      'one came before those already read',
      'moved',
      (rows: number[]) => ({ before: (offset: number) => void (offset === 99 && rows.unshift(-rows.length)) }),
    ],
    [
      'a row is there twice',
      'moved',
      (rows: number[]) => ({
        page: (page: Page<number>) => ({ ...page, items: [...page.items.slice(1), page.items.at(-1) ?? rows.length] }),
      }),
    ],
    [
      'Fleet answers for another offset',
      'moved',
      () => ({ page: (page: Page<number>) => ({ ...page, offset: page.offset + 1 }) }),
    ],
    ['Fleet counts more than it lists', 'total', (rows: number[]) => ({ total: () => rows.length + 1 })],
    ['Fleet counts fewer than it lists', 'total', () => ({ total: () => 100 })],
    ['Fleet counts none', 'total', () => ({ total: () => 0 })],
    ['a row cannot be read', 'unreadable', () => ({ unreadable: [3] })],
    ['the last row of a page cannot be read', 'unreadable', () => ({ unreadable: [100] })],
    ['every row around the end of a page cannot be read', 'unreadable', () => ({ unreadable: [99, 100, 101] })],
  ] as const)('when %s', async (_when, why, wrong) => {
    const rows = numbers(150);

    expect(await aList(rows, wrong(rows)).read()).toMatchObject({ ok: true, value: { notWhole: why } });
  });

  it('when it is longer than we read, and then it is not read twice', async () => {
    const list = aList(numbers(5_100));

    expect(await list.read()).toMatchObject({ value: { notWhole: 'too_long' } });
    expect(list.asked).toHaveLength(50);
  });

  it('with all rows that came, beyond what Fleet counts too', async () => {
    expect(await aList(numbers(250), { total: () => 100 }).read()).toMatchObject({ value: { rows: numbers(250) } });
  });
});

describe('a long list', () => {
  /** Reads it with two voices: that of people who wait, and that of no one. */
  const readLong = async (count: number, wrong: Parameters<typeof aList>[1] = {}) => {
    const list = aList(numbers(count), wrong);
    const later: number[] = [];
    const parts: [rows: number, stillToCome: number | undefined][] = [];
    const read = await readList<number>({
      ask: list.ask,
      idOf: (row) => row,
      long: {
        askLater: (page) => {
          later.push(page.offset);
          return list.ask(page);
        },
        onPart: async ({ rows, stillToCome }) => void parts.push([rows.length, stillToCome]),
      },
    });
    return { read, parts, later, asked: list.asked };
  };

  it('of ten thousand rows is read whole, and shown in ever longer parts', async () => {
    const { read, parts, later, asked } = await readLong(10_000);

    expect(read).toEqual(whole(numbers(10_000)));
    expect(parts.slice(0, 2)).toEqual([
      [496, 9_504],
      [1_486, 8_514],
    ]);
    expect(parts).toHaveLength(10);
    expect(asked.length - later.length).toBe(5);
  });

  it('is not shown in parts where people can wait for it', async () => {
    const { parts, later, asked } = await readLong(950);

    expect(parts).toEqual([]);
    expect(later).toEqual([]);
    expect(asked).toHaveLength(10);
  });

  it('is shown as it came while it is read once more, since rows moved', async () => {
    let asks = 0;
    const total = () => {
      asks += 1;
      return asks === 12 ? 1_501 : 1_500;
    };
    const { read, parts } = await readLong(1_500, { total });

    expect(read).toEqual(whole(numbers(1_500)));
    expect(parts).toEqual([
      [496, 1_004],
      [1_486, 14],
      [1_500, undefined],
    ]);
  });
});
