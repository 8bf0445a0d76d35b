import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { WorkspaceId } from '../domain/ids.ts';
import { connectRedis } from '../store/connection.ts';
import { keysOf } from '../store/keys.ts';
import { connectionTo, type RedisClient } from '../store/redis.ts';
import { type LoggedEntry, workspaceRecords } from '../store/workspace.ts';

/**
 * `npm run audit -- --workspace T0ACME [--after <id>]`: the audit log as JSON lines, oldest first, from `REDIS_URL`.
 * `--tenant` is the flag's earlier name.
 */
async function main(): Promise<void> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { workspace: text, tenant: text, after: text } });
  const workspaceId = values.workspace ?? values.tenant;
  const url = process.env.REDIS_URL ?? '';
  if (workspaceId === undefined || url === '')
    throw new Error('Give --workspace and the workspace’s id, and REDIS_URL in the environment.');
  const redis = connectRedis(url, 'commands');
  try {
    if (redis.status !== 'ready') await once(redis, 'ready', { signal: AbortSignal.timeout(10_000) });
    for await (const line of auditLines(readAuditOf(redis, workspaceId as WorkspaceId, values.after)))
      if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
  } finally {
    redis.disconnect();
  }
}

/** Reads one workspace's audit log without its store: nothing in it is sealed, so no key is needed. */
function readAuditOf(redis: RedisClient, workspaceId: WorkspaceId, afterId?: string): AsyncIterable<LoggedEntry> {
  return workspaceRecords.audit(
    { keys: keysOf(workspaceId), connection: connectionTo(redis), onUnreadable: () => {} },
    afterId,
  );
}

/** One JSON object per line. `id` is where the next export continues (`--after`). */
async function* auditLines(entries: AsyncIterable<LoggedEntry>): AsyncIterable<string> {
  for await (const { id, entry } of entries) yield JSON.stringify({ id, ...entry });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : 'The audit log could not be read'}\n`);
  process.exitCode = 1;
});
