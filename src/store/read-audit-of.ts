import type { AuditEntry } from '../domain/audit.ts';
import type { TenantId } from '../domain/ids.ts';
import { readAudit } from './audit.ts';
import { keysOf } from './keys.ts';
import { createLink, type RedisClient } from './link.ts';

/** One tenant's audit log without its store: nothing in it is sealed, so no key is needed. */
export function readAuditOf(
  redis: RedisClient,
  tenant: TenantId,
  afterId?: string,
): AsyncIterable<{ readonly id: string; readonly entry: AuditEntry }> {
  return readAudit({ keys: keysOf(tenant), link: createLink(redis), onUnreadable: () => {} }, afterId);
}
