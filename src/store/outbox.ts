import type { AcceptedChange } from '../domain/cart/pending.ts';
import type { RequestId, SlackUserId } from '../domain/ids.ts';
import type { ToldMessage } from '../domain/notices.ts';
import { type DeviceRequest, isOpen } from '../domain/request/request.ts';
import { WorkItem } from '../domain/work.ts';
import { createCodec, readWith } from './codec.ts';
import { lifetimesMs } from './keys.ts';
import { redisTime } from './leases.ts';
import { AT_COMMIT, type CommitPlan, type StoreParts, writeUnlessRemoved } from './parts.ts';
import { luaNow } from './redis.ts';
import { planTold } from './requests.ts';

// What one relay round moves. The next round reads the rest.
const AT_ONCE = 1000;
// Each costs a look into the queue.
const CHECKED_AT_ONCE = 100;

/** By then most work is done. Work that takes longer is looked for in the queue. */
const FIRST_CHECK_MS = 10_000;
const NEXT_CHECK_MS = 60_000;
/** Longer ago than the queue knows what the previous release did, which doesn't say here what is done. */
const TOO_LATE_MS = 7 * 24 * 60 * 60_000;

/** What a relay round finds in the outbox. */
interface Round {
  /** Not yet in the queue, oldest first. */
  readonly accepted: readonly WorkItem[];
  /** Queued a while ago and not done since: the queue may have lost it. Each is given to one instance at a time. */
  readonly overdue: readonly WorkItem[];
  /** Overdue for so long that the previous release may have done it and nobody knows any more. */
  readonly tooLate: readonly WorkItem[];
  /** There are more of these two. */
  readonly hasMore: boolean;
  /** Timers that nobody needs any more, which the queue may still have. */
  readonly cancelled: readonly string[];
}

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
    return ids.length === 0 ? [] : readItems(parts, await connection.run((redis) => redis.hmget(keys.outbox, ...ids)));
  },

  /** Drops what is done and returns what is to do, in one trip. `olderThanMs` as for `outbox`. */
  async beginRound(parts: StoreParts, olderThanMs: number, done: readonly string[]): Promise<Round> {
    const { outbox, outboxTimes, outboxQueued, outboxCancelled } = parts.keys;
    const limits = [olderThanMs, AT_ONCE, CHECKED_AT_ONCE, NEXT_CHECK_MS, TOO_LATE_MS];
    const keys = [outbox, outboxTimes, outboxQueued, outboxCancelled];
    const found = await parts.connection.script(roundScript, keys, [...limits, ...done]);
    const [cancelled = [], ...lists] = found as readonly (readonly string[])[];
    const [accepted = [], overdue = [], tooLate = []] = lists.map((one) => readItems(parts, one));
    const hasMore = overdue.length + tooLate.length === CHECKED_AT_ONCE;
    return { accepted, overdue, tooLate, hasMore, cancelled };
  },

  /** The queue has them no longer. */
  async forgetCancelled({ keys, connection }: StoreParts, ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await connection.run((redis) => redis.zrem(keys.outboxCancelled, ...ids));
  },

  /** They stay here until they are done: a failover of the queue may lose what it has already answered. */
  async markQueued(parts: StoreParts, items: readonly WorkItem[]): Promise<void> {
    const { outboxTimes, outboxQueued } = parts.keys;
    const args = items.flatMap(({ id, notBefore = 0 }) => [id, notBefore]);
    await parts.connection.script(queuedScript, [outboxTimes, outboxQueued], [FIRST_CHECK_MS, ...args]);
  },

  /**
   * The item's message is out, so the item is done, in one step with where the message is: a process that dies now has it
   * sent again neither by the queue, which runs the job once more, nor by the relay, which looks for what isn't done.
   */
  async noteDelivered(parts: StoreParts, itemId: string, told: Delivered | null = null): Promise<void> {
    const { keys } = parts;
    await writeUnlessRemoved(parts, (plan) => {
      plan.write('SET', 'string', keys.once(deliveredName(itemId)), '1', 'PX', lifetimesMs.once);
      plan.write('HDEL', 'hash', keys.outbox, itemId);
      for (const key of [keys.outboxTimes, keys.outboxQueued]) plan.write('ZREM', 'zset', key, itemId);
      if (told !== null) planTold(plan, parts, told.requestId, told.message);
    });
  },

  async isDelivered({ keys, connection }: StoreParts, itemId: string): Promise<boolean> {
    return (await connection.read('GET', keys.once(deliveredName(itemId)))) !== null;
  },

  /** What this person asked to change in their cart and what hasn't ended yet, in the order of asking. */
  async acceptedChanges(parts: StoreParts, slackUserId: SlackUserId): Promise<readonly AcceptedChange[]> {
    const { changes, outbox } = parts.keys;
    const found = await parts.connection.readScript(changesScript, [changes(slackUserId), outbox], []);
    return readItems(parts, found as readonly string[]).flatMap(({ work }) =>
      work.kind === 'change_cart' ? [{ changeId: work.changeId, change: work.change, line: work.line ?? null }] : [],
    );
  },

  /** It is in the draft or was refused. Its item leaves the outbox later. */
  async endChange({ keys, connection }: StoreParts, slackUserId: SlackUserId, id: string): Promise<void> {
    await connection.run((redis) => redis.zrem(keys.changes(slackUserId), id));
  },

  async dropFromOutbox({ keys, connection }: StoreParts, ids: readonly string[]): Promise<void> {
    const { outbox, outboxTimes, outboxQueued } = keys;
    if (ids.length > 0) await connection.script(dropScript, [outbox, outboxTimes, outboxQueued], ids);
  },
};

/** What it was about, and where the message is. */
interface Delivered {
  readonly requestId: RequestId;
  readonly message: ToldMessage;
}

const deliveredName = (itemId: string) => `delivered.${itemId}`;

export const workItemCodec = createCodec<WorkItem>(WorkItem);

function readItems(parts: StoreParts, stored: readonly (string | null)[] = []): readonly WorkItem[] {
  return stored.flatMap(
    (json) => readWith(parts, workItemCodec, { record: 'work', key: parts.keys.outbox }, json) ?? [],
  );
}

// The previous release ends a change without saying so here: then its item is gone.
const changesScript = `
local items = {}
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local item = redis.call('HGET', KEYS[2], id)
  if item then table.insert(items, item) end
end
return items
`;

const luaDrop = `
local function drop(id)
  redis.call('HDEL', KEYS[1], id)
  redis.call('ZREM', KEYS[2], id)
  redis.call('ZREM', KEYS[3], id)
end
`;

const dropScript = `
${luaDrop}
for _, id in ipairs(ARGV) do drop(id) end
return 0
`;

const roundScript = `
${luaNow}
${luaDrop}
local time = tonumber(now())
for at = 6, #ARGV do drop(ARGV[at]) end

local accepted = {}
local untilTime = string.format('%.0f', time - tonumber(ARGV[1]))
for _, id in ipairs(redis.call('ZRANGE', KEYS[2], '-inf', untilTime, 'BYSCORE', 'LIMIT', 0, ARGV[2])) do
  local item = redis.call('HGET', KEYS[1], id)
  if item then table.insert(accepted, item) end
end

local overdue, tooLate = {}, {}
local due = redis.call('ZRANGE', KEYS[3], '-inf', string.format('%.0f', time), 'BYSCORE', 'LIMIT', 0, ARGV[3], 'WITHSCORES')
for at = 1, #due, 2 do
  local id = due[at]
  local item = redis.call('HGET', KEYS[1], id)
  if not item then
    drop(id)
  else
    local list = time - tonumber(due[at + 1]) > tonumber(ARGV[5]) and tooLate or overdue
    redis.call('ZADD', KEYS[3], string.format('%.0f', time + tonumber(ARGV[4])), id)
    table.insert(list, item)
  end
end
return { redis.call('ZRANGE', KEYS[4], 0, ARGV[3]), accepted, overdue, tooLate }
`;

const queuedScript = `
${luaNow}
local time = tonumber(now())
for at = 2, #ARGV, 2 do
  redis.call('ZREM', KEYS[1], ARGV[at])
  redis.call('ZADD', KEYS[2], string.format('%.0f', math.max(time, tonumber(ARGV[at + 1])) + tonumber(ARGV[1])), ARGV[at])
end
return 0
`;

/** An id that is already there keeps its item and the time it was accepted: the same id asks for the same thing. */
export function planWork(plan: CommitPlan, { keys }: StoreParts, item: WorkItem): void {
  plan.write('HSETNX', 'hash', keys.outbox, item.id, workItemCodec.encode(item));
  plan.write('ZADD', 'zset', keys.outboxTimes, 'NX', AT_COMMIT, item.id);
  if (item.work.kind !== 'change_cart') return;
  const changes = keys.changes(item.work.slackUserId);
  plan.write('ZADD', 'zset', changes, 'NX', AT_COMMIT, item.id);
  plan.write('PEXPIRE', 'zset', changes, lifetimesMs.changes);
}

const timers = ['expire', 'remind'] as const;

/** A request names its newest timer of each kind, so that none outlives it for days. Those of an older release do. */
export function planTimers(
  plan: CommitPlan,
  { keys }: StoreParts,
  { id, state }: DeviceRequest,
  work: readonly WorkItem[],
): void {
  for (const kind of timers) {
    const next = work.find((item) => item.work.kind === kind && item.work.requestId === id);
    if (next !== undefined || !isOpen(state)) plan.moveTimer(keys.request(id), kind, keys, next?.id ?? null);
  }
}
