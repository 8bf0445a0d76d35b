import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { TenantId } from '../domain/ids.ts';
import { connectRedis } from '../store/connection.ts';
import { keysOf } from '../store/keys.ts';
import { createLink, type RedisClient } from '../store/redis.ts';
import type { LoggedEntry } from '../store/store.ts';
import { readAudit } from '../store/workspace.ts';

/** One JSON object a line; `id` is where the next export goes on (`--after`). */
async function* auditLines(entries: AsyncIterable<LoggedEntry>): AsyncIterable<string> {
  for await (const { id, entry } of entries) yield JSON.stringify({ id, ...entry });
}

/** One tenant's audit log without its store: nothing in it is sealed, so no key is needed. */
function readAuditOf(redis: RedisClient, tenant: TenantId, afterId?: string): AsyncIterable<LoggedEntry> {
  return readAudit({ keys: keysOf(tenant), link: createLink(redis), onUnreadable: () => {} }, afterId);
}

/** `npm run audit -- --tenant T0ACME [--after <id>]`: the audit log as JSON lines, oldest first, from `REDIS_URL`. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { tenant: { type: 'string' }, after: { type: 'string' } } });
  const url = process.env.REDIS_URL ?? '';
  if (values.tenant === undefined || url === '')
    throw new Error('Give --tenant and the workspace’s id, and REDIS_URL in the environment.');
  const redis = connectRedis(url, 'commands');
  try {
    if (redis.status !== 'ready') await once(redis, 'ready', { signal: AbortSignal.timeout(10_000) });
    for await (const line of auditLines(readAuditOf(redis, values.tenant as TenantId, values.after)))
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  } finally {
    redis.disconnect();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The audit log could not be read'}\n`);
  process.exitCode = 1;
});
