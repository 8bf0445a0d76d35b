import { AuditEntry } from '../domain/audit.ts';
import { createCodec } from './codec.ts';
import type { AuditPage } from './store.ts';
import { readWith, type StoreParts } from './store-parts.ts';

export const auditCodec = createCodec<AuditEntry>(AuditEntry);

type AuditParts = Pick<StoreParts, 'keys' | 'link' | 'onUnreadable'>;

const PAGE = 500;

/** Newest last, read page by page. Entries after `afterId`; from the beginning without it. */
export async function* readAudit(parts: AuditParts, afterId?: string) {
  const key = parts.keys.audit;
  let from = afterId === undefined ? '-' : `(${afterId}`;
  for (;;) {
    const start = from;
    const page = await parts.link.run((redis) => redis.xrange(key, start, '+', 'COUNT', PAGE));
    for (const [id, [, json]] of page) {
      const entry = readWith(parts, auditCodec, { record: 'audit', key }, json);
      if (entry) yield { id, entry };
    }
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    from = `(${last[0]}`;
  }
}

/** Newest first, for whoever looks at what happened last. */
export async function readAuditPage(
  parts: AuditParts,
  { before, limit }: { readonly before?: string; readonly limit: number },
): Promise<AuditPage> {
  const key = parts.keys.audit;
  const from = before === undefined ? '+' : `(${before}`;
  const page = await parts.link.run((redis) => redis.xrevrange(key, from, '-', 'COUNT', limit));
  const entries = page.flatMap(([id, [, json]]) => {
    const entry = readWith(parts, auditCodec, { record: 'audit', key }, json);
    return entry ? [{ id, entry }] : [];
  });
  return { entries, next: page.length < limit ? null : (page.at(-1)?.[0] ?? null) };
}
