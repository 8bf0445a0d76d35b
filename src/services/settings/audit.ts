import { type AuditEntry, type AuditFilter, type AuditRow, isInAudit } from '../../domain/audit.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';

interface Wanted {
  readonly filter: AuditFilter;
  /** The last entry of the previous page. */
  readonly before: string | undefined;
  readonly limit: number;
}

/** Entries read for one page: a filter may match few of them, and the next page reads on. */
const MAX_READ = 2_000;
const READ = 200;

/** Newest first, with what is known now of the requests that the entries are about. */
export async function auditPage(
  context: ServiceContext,
  wanted: Wanted,
): Promise<{ readonly rows: readonly AuditRow[]; readonly next: string | null }> {
  const { entries, next } = await matchingEntries(context, wanted);
  const ids = [...new Set(entries.flatMap(({ requestId }) => requestId ?? []))];
  const found = await Promise.all(ids.map((id) => context.store.request(id)));
  const requests = new Map<RequestId, DeviceRequest>(found.flatMap((one) => (one === null ? [] : [[one.id, one]])));
  const rows = entries.map((entry) => {
    const request = entry.requestId === null ? undefined : requests.get(entry.requestId);
    return { entry, request: request ?? null };
  });
  return { rows, next };
}

async function matchingEntries({ store }: ServiceContext, { filter, before, limit }: Wanted) {
  const found: AuditEntry[] = [];
  let from = before;
  for (let read = 0; read < MAX_READ; read += READ) {
    const place = from === undefined ? {} : { before: from };
    const page = await store.auditPage({ ...place, limit: filter === 'all' ? limit : READ });
    for (const { id, entry } of page.entries) {
      if (isInAudit(entry, filter)) found.push(entry);
      if (found.length === limit && filter !== 'all') return { entries: found, next: id };
    }
    if (page.next === null || filter === 'all') return { entries: found, next: page.next };
    from = page.next;
  }
  return { entries: found, next: from ?? null };
}
