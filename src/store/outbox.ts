import { WorkItem } from '../domain/work.ts';
import { createCodec, readWith, type StoreParts } from './parts.ts';

export const workItemCodec = createCodec<WorkItem>(WorkItem);

// What one relay round moves; the next round reads the rest.
const AT_ONCE = 1000;

/** Oldest first. An item that this release cannot read stays where it is: a newer one wrote it and will read it. */
export async function readOutbox(parts: StoreParts, olderThanMs: number): Promise<readonly WorkItem[]> {
  const { keys, connection, now } = parts;
  const until = String(now() - olderThanMs);
  const ids = await connection.run((redis) =>
    redis.zrange(keys.outboxTimes, '-inf', until, 'BYSCORE', 'LIMIT', 0, AT_ONCE),
  );
  if (ids.length === 0) return [];
  const stored = await connection.run((redis) => redis.hmget(keys.outbox, ...ids));
  return stored.flatMap((json) => readWith(parts, workItemCodec, { record: 'work', key: keys.outbox }, json) ?? []);
}

const drop = `
for _, id in ipairs(ARGV) do
  redis.call('HDEL', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
end
return 0
`;

export async function dropFromOutbox({ keys, connection }: StoreParts, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await connection.script(drop, [keys.outbox, keys.outboxTimes], ids);
}
