import { queryInteger } from './parse.ts';
import type { Reply } from './rejection.ts';

export const pageFields = { limit: queryInteger(1, 100), offset: queryInteger(0, Number.MAX_SAFE_INTEGER) };

type PageQuery = { readonly limit?: number; readonly offset?: number };

/** `total` counts the matches before paging. */
export function pageReply<T>(
  matches: readonly T[],
  query: PageQuery,
  present: (row: T) => unknown,
  defaultLimit = 50,
): Reply {
  const limit = query.limit ?? defaultLimit;
  const offset = query.offset ?? 0;
  const data = matches.slice(offset, offset + limit).map(present);
  return { status: 200, body: { data, meta: { total: matches.length, limit, offset } } };
}
