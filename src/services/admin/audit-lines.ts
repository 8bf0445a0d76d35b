import type { AuditEntry } from '../../domain/audit.ts';

/** One JSON object a line; `id` is where the next export goes on (`--after`). */
export async function* auditLines(
  entries: AsyncIterable<{ readonly id: string; readonly entry: AuditEntry }>,
): AsyncIterable<string> {
  for await (const { id, entry } of entries) yield JSON.stringify({ id, ...entry });
}
