import type { TenantId } from '../domain/ids.ts';
import { readAudit } from './audit.ts';
import { keysOf } from './keys.ts';
import { createLink, type RedisClient } from './link.ts';
import type { LoggedEntry } from './store.ts';

/** One tenant's audit log without its store: nothing in it is sealed, so no key is needed. */
export function readAuditOf(redis: RedisClient, tenant: TenantId, afterId?: string): AsyncIterable<LoggedEntry> {
  return readAudit({ keys: keysOf(tenant), link: createLink(redis), onUnreadable: () => {} }, afterId);
}
