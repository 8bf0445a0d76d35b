export interface PageOf<T> {
  readonly rows: readonly T[];
  /** From 0. */
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  /** The first row's number among all rows, from 1. */
  readonly first: number;
}

/** If the list got shorter, a page beyond its end shows the last page. */
export function pageOf<T>(items: readonly T[], wanted: number, size: number): PageOf<T> {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(wanted, pages - 1);
  const from = page * size;
  return { rows: items.slice(from, from + size), page, pages, count: items.length, first: from + 1 };
}
