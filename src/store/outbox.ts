import { WorkItem } from '../domain/work.ts';
import { redisTime } from './leases.ts';
import { AT_COMMIT, type CommitPlan, createCodec, readWith, type StoreParts } from './parts.ts';

// What one relay round moves. The next round reads the rest.
const AT_ONCE = 1000;

export const outboxRecords = {
  /**
   * Work not yet in the queue, oldest first. Items younger than `olderThanMs` are left to the instance that accepted
   * them, and items this release can't read to the newer one that wrote them.
   */
  async outbox(parts: StoreParts, olderThanMs: number): Promise<readonly WorkItem[]> {
    const { keys, connection } = parts;
    const until = String((await redisTime(parts)) - olderThanMs);
    const ids = await connection.run((redis) =>
      redis.zrange(keys.outboxTimes, '-inf', until, 'BYSCORE', 'LIMIT', 0, AT_ONCE),
    );
    if (ids.length === 0) return [];
    const stored = await connection.run((redis) => redis.hmget(keys.outbox, ...ids));
    return stored.flatMap((json) => readWith(parts, workItemCodec, { record: 'work', key: keys.outbox }, json) ?? []);
  },

  async dropFromOutbox({ keys, connection }: StoreParts, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await connection.script(dropScript, [keys.outbox, keys.outboxTimes], ids);
  },
};

export const workItemCodec = createCodec<WorkItem>(WorkItem);

const dropScript = `
for _, id in ipairs(ARGV) do
  redis.call('HDEL', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
end
return 0
`;

/** An id that is already there keeps its item and the time it was accepted: the same id asks for the same thing. */
export function planWork(plan: CommitPlan, { keys }: StoreParts, item: WorkItem): void {
  plan.write('HSETNX', 'hash', keys.outbox, item.id, workItemCodec.encode(item));
  plan.write('ZADD', 'zset', keys.outboxTimes, 'NX', AT_COMMIT, item.id);
}
