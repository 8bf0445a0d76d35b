import { auditCodec } from './codecs/audit.ts';
import { readWith, type StoreParts } from './store-parts.ts';

const PAGE = 500;

/** Newest last, read page by page. Entries after `afterId`; from the beginning without it. */
export async function* readAudit(parts: StoreParts, afterId?: string) {
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
