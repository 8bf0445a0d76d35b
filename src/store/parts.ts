import type { WorkspaceId } from '../domain/ids.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Codec, Unreadable } from './codec.ts';
import type { WorkspaceKeys } from './keys.ts';
import { type Connection, luaNow } from './redis.ts';
import type { Seal } from './seal.ts';

/** What every part of one workspace's store works with. */
export interface StoreParts {
  readonly workspaceId: WorkspaceId;
  readonly keys: WorkspaceKeys;
  readonly connection: Connection;
  readonly seal: Seal;
  readonly now: () => number;
  readonly onUnreadable: (what: Unreadable) => void;
  readonly settingsCodec: Codec<Settings>;
}

/** Of `HGETALL`, which answers fields and values in turn. */
export function fieldsOf(answer: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(answer.flatMap((field, at) => (at % 2 === 0 ? [[field, answer[at + 1] ?? '']] : [])));
}

type RedisType = 'hash' | 'set' | 'zset' | 'stream' | 'string';

/** A key's place in the script's KEYS, from 1. */
type KeyIndex = number;

/** Compare-and-set: a new record has revision 1, its replacement one more than the record it replaces. */
export interface Replacement<T> {
  /** Null: there must be no such record. */
  readonly expectedRevision: number | null;
  /** The nonce that the record was read with, where it has one. */
  readonly expectedNonce?: string | undefined;
  /** Null: the record is deleted. */
  readonly next: T;
}

/** In a write's arguments: Redis's time at the commit. */
export const AT_COMMIT = Symbol('at commit');

/** What the commit script is told: every key declared, with the type it must have if it exists. */
export class CommitPlan {
  readonly keys: string[] = [];
  private readonly types: RedisType[] = [];
  private once = 0;
  private stop = 0;
  private readonly compares: { key: KeyIndex; field: 'rev' | 'nonce'; expected: string }[] = [];
  private readonly alone: { order: KeyIndex; open: KeyIndex; id: string }[] = [];
  private readonly moves: { record: KeyIndex; field: string; index: KeyIndex; to: string }[] = [];
  private readonly timers: { record: KeyIndex; field: string; outbox: readonly KeyIndex[]; next: string }[] = [];
  private readonly newest: { key: KeyIndex; id: string; at: string }[] = [];
  private readonly writes: (string | KeyIndex)[][] = [];
  /** The places in `writes`, from 1, where the script puts the time. */
  private readonly stamps: (readonly [write: number, part: number])[] = [];

  /** Nothing is written if this key exists. */
  unless(key: string): void {
    this.once = this.key(key, 'string');
  }

  /** Nor if this one says that the app was removed from the workspace. */
  unlessRemoved(key: string): void {
    this.stop = this.key(key, 'string');
  }

  /** Nothing is written unless the record has this revision; null: unless there is none. */
  compare(key: string, expected: number | null): void {
    this.compares.push({ key: this.key(key, 'hash'), field: 'rev', expected: String(expected ?? '') });
  }

  /** Nor unless it was saved with this nonce. The previous release keeps a nonce that it finds. */
  compareNonce(key: string, expected: string | undefined): void {
    this.compares.push({ key: this.key(key, 'hash'), field: 'nonce', expected: expected ?? '' });
  }

  /** Nothing is written while another request of this order is open. `open` holds the ids of the open ones. */
  unlessOpen(order: string, open: string, id: string): void {
    this.alone.push({ order: this.key(order, 'hash'), open: this.key(open, 'zset'), id });
  }

  /** The record's one member in the index becomes `to`; null: it has none. The record remembers which, in `field`. */
  move(record: string, field: string, index: string, to: string | null): void {
    this.moves.push({ record: this.key(record, 'hash'), field, index: this.key(index, 'zset'), to: to ?? '' });
  }

  /** The record's timer of this kind is `next`; null: it has none. The one before leaves the outbox. */
  moveTimer(record: string, field: string, outbox: WorkspaceKeys, next: string | null): void {
    const keys = [
      this.key(outbox.outbox, 'hash'),
      this.key(outbox.outboxTimes, 'zset'),
      this.key(outbox.outboxQueued, 'zset'),
      this.key(outbox.outboxCancelled, 'zset'),
    ];
    this.timers.push({ record: this.key(record, 'hash'), field, outbox: keys, next: next ?? '' });
  }

  /** The key names the record created last. */
  keepNewest(key: string, id: string, at: number): void {
    this.newest.push({ key: this.key(key, 'hash'), id, at: String(at) });
  }

  write(command: string, type: RedisType, key: string, ...args: readonly (string | number | typeof AT_COMMIT)[]): void {
    args.forEach((arg, at) => {
      if (arg === AT_COMMIT) this.stamps.push([this.writes.length + 1, at + 3]);
    });
    // As text: Lua would turn large numbers into 1.7e+12.
    this.writes.push([command, this.key(key, type), ...args.map(String)]);
  }

  writeRecord(key: string, revision: number, json: string): void {
    this.write('HSET', 'hash', key, 'rev', revision, 'json', json);
  }

  toJson(): string {
    const { types, once, stop, compares, alone, moves, timers, newest, writes, stamps } = this;
    return JSON.stringify({ types, once, stop, compares, alone, moves, timers, newest, writes, stamps });
  }

  private key(name: string, type: RedisType): KeyIndex {
    const known = this.keys.indexOf(name);
    if (known >= 0) return known + 1;
    this.types.push(type);
    return this.keys.push(name);
  }
}

/** `committed`, or why nothing was written: `removed`, `repeated`, `conflict`. */
export function runPlan({ connection }: Pick<StoreParts, 'connection'>, plan: CommitPlan): Promise<unknown> {
  return connection.script(planScript, plan.keys, [plan.toJson()]);
}

/** What is only remembered, unless the app was removed: erased data must not come back. */
export async function writeUnlessRemoved(
  parts: Pick<StoreParts, 'connection' | 'keys'>,
  fill: (plan: CommitPlan) => void,
): Promise<void> {
  const plan = new CommitPlan();
  plan.unlessRemoved(parts.keys.stop);
  fill(plan);
  await runPlan(parts, plan);
}

/**
 * Carries out a `CommitPlan`, or nothing of it. Redis does not undo what a script wrote before it failed, so everything
 * that could fail it is checked before the first write. Redis itself checks memory and read-only then.
 */
const planScript = `
${luaNow}
local plan = cjson.decode(ARGV[1])

for i, expected in ipairs(plan.types) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= expected then
    return redis.error_reply('WRONGTYPE key ' .. i .. ' of the commit')
  end
end

-- A workspace whose token was revoked keeps its data, and what is accepted waits.
local stop = plan.stop > 0 and redis.call('GET', KEYS[plan.stop])
if stop and cjson.decode(stop).why == 'app_uninstalled' then return 'removed' end

if plan.once > 0 and redis.call('EXISTS', KEYS[plan.once]) == 1 then return 'repeated' end

for _, compare in ipairs(plan.compares) do
  if (redis.call('HGET', KEYS[compare.key], compare.field) or '') ~= compare.expected then return 'conflict' end
end

-- The previous release keeps only the newest request's id with the order.
for _, alone in ipairs(plan.alone) do
  for _, field in ipairs({ 'open', 'id' }) do
    local other = redis.call('HGET', KEYS[alone.order], field)
    if other and other ~= alone.id and redis.call('ZSCORE', KEYS[alone.open], other) then return 'conflict' end
  end
end

for _, move in ipairs(plan.moves) do
  local old = redis.call('HGET', KEYS[move.record], move.field)
  if old then redis.call('ZREM', KEYS[move.index], old) end
  if move.to == '' then
    redis.call('HDEL', KEYS[move.record], move.field)
  else
    redis.call('HSET', KEYS[move.record], move.field, move.to)
    redis.call('ZADD', KEYS[move.index], 0, move.to)
  end
end

for _, timer in ipairs(plan.timers) do
  local before = redis.call('HGET', KEYS[timer.record], timer.field)
  local items, times, queued, cancelled = unpack(timer.outbox)
  if before and before ~= timer.next then
    redis.call('HDEL', KEYS[items], before)
    redis.call('ZREM', KEYS[times], before)
    redis.call('ZREM', KEYS[queued], before)
    redis.call('ZADD', KEYS[cancelled], 0, before)
  end
  if timer.next ~= '' then
    redis.call('HSET', KEYS[timer.record], timer.field, timer.next)
  elseif before then
    redis.call('HDEL', KEYS[timer.record], timer.field)
  end
end

for _, newest in ipairs(plan.newest) do
  local at = tonumber(redis.call('HGET', KEYS[newest.key], 'at'))
  if not at or at <= tonumber(newest.at) then
    redis.call('HSET', KEYS[newest.key], 'id', newest.id, 'at', newest.at)
  end
end

for _, stamp in ipairs(plan.stamps) do plan.writes[stamp[1]][stamp[2]] = now() end

for _, write in ipairs(plan.writes) do
  write[2] = KEYS[write[2]]
  redis.call(unpack(write))
end
return 'committed'
`;
