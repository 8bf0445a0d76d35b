import type { LoggedEntry } from '../../store/store.ts';

/** One JSON object a line; `id` is where the next export goes on (`--after`). */
export async function* auditLines(entries: AsyncIterable<LoggedEntry>): AsyncIterable<string> {
  for await (const { id, entry } of entries) yield JSON.stringify({ id, ...entry });
}
