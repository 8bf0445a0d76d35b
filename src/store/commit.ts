import type { AuditEntry } from '../domain/audit.ts';
import { CommitUnclear, StoreUnavailable } from '../domain/errors.ts';
import type { Pause } from '../domain/failures/pause.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import { type DeviceRequest, isOpen } from '../domain/request/request.ts';
import type { WorkItem } from '../domain/work.ts';
import { draftCodec, planDeputy } from './drafts.ts';
import { lifetimesMs, MAX_AUDIT_ENTRIES, MAX_REQUESTS_LISTED } from './keys.ts';
import { workItemCodec } from './outbox.ts';
import { type Codec, CommitPlan, type StoreParts } from './parts.ts';
import { planLink } from './people.ts';
import { unavailable } from './redis.ts';
import { followedMember, requestCodec, waitingMember } from './requests.ts';
import type { Commit, Committed, Replacement } from './store.ts';
import { auditCodec, pauseCodec, planStop } from './workspace.ts';

const WORK_ID = /^[A-Za-z0-9_.-]+$/;

/** Nothing crosses from one workspace to another, and revisions rise by one: whoever breaks that has a bug. */
function checkCommit(workspaceId: WorkspaceId, { draft, request, link, pause, once, work = [] }: Commit): void {
  if (pause && once !== undefined)
    throw new RangeError('a commit is written once for one reason: a name or a new pause');
  if (link && (link.expected === null) === (link.next === null))
    throw new RangeError('a link is made or undone, not changed');
  if (draft?.next) checkRevision(draft.expectedRevision, draft.next.revision);
  if (request) {
    checkRevision(request.expectedRevision, request.next.revision);
    checkWorkspace(workspaceId, request.next.tenant);
  }
  for (const item of work) {
    if (!WORK_ID.test(item.id)) throw new RangeError('the id of a work item holds a character that the queue refuses');
    checkWorkspace(workspaceId, item.work.tenant);
  }
}

function checkRevision(was: number | null, is: number): void {
  if (is !== (was ?? 0) + 1) throw new RangeError('a saved record has the revision after the one it was read with');
}

function checkWorkspace(ours: WorkspaceId, theirs: WorkspaceId): void {
  if (ours !== theirs) throw new RangeError("a record of another workspace in this workspace's commit");
}

/**
 * Carries out a plan of `commit-plan.ts`, or nothing of it. Redis does not take back what a script wrote before it
 * stopped, so whatever could stop it is looked at before the first write; memory and read-only are looked at by Redis
 * itself then.
 */
const commitScript = `
local plan = cjson.decode(ARGV[1])

for i, expected in ipairs(plan.types) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= expected then
    return redis.error_reply('WRONGTYPE key ' .. i .. ' of the commit')
  end
end

if plan.once > 0 and redis.call('EXISTS', KEYS[plan.once]) == 1 then return 'repeated' end

for _, compare in ipairs(plan.compares) do
  if (redis.call('HGET', KEYS[compare.key], 'rev') or '') ~= compare.was then return 'conflict' end
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

for _, newest in ipairs(plan.newest) do
  local at = tonumber(redis.call('HGET', KEYS[newest.key], 'at'))
  if not at or at <= tonumber(newest.at) then
    redis.call('HSET', KEYS[newest.key], 'id', newest.id, 'at', newest.at)
  end
end

for _, write in ipairs(plan.writes) do
  write[2] = KEYS[write[2]]
  redis.call(unpack(write))
end
return 'committed'
`;

/** Throws `RangeError`, before anything is sent, for a commit that no store could carry out: a bug of the caller. */
export async function commit(parts: StoreParts, change: Commit): Promise<Committed> {
  checkCommit(parts.workspaceId, change);
  const plan = planOf(parts, change);
  const answer = await parts.connection.script(commitScript, plan.keys, [plan.toJson()]).catch(throwLost);
  if (answer === 'committed' || answer === 'conflict' || answer === 'repeated') return answer;
  throw unavailable(answer);
}

function throwLost(error: unknown): never {
  if (error instanceof StoreUnavailable && !error.isRefused) throw new CommitUnclear(error.message);
  throw error;
}

function planOf(parts: StoreParts, change: Commit): CommitPlan {
  const { draft, request, settings, link, deputy, once, stop, pause, work, audit } = change;
  const plan = new CommitPlan();
  if (once !== undefined) planOnce(plan, parts, once);
  if (pause !== undefined) planPause(plan, parts, pause);
  if (draft) planDraft(plan, parts, draft);
  if (request) planRequest(plan, parts, request);
  if (settings) {
    const revision = (settings.expectedRevision ?? 0) + 1;
    plan.compare(parts.keys.settings, settings.expectedRevision);
    writeRecord(plan, parts.keys.settings, revision, parts.settingsCodec, settings.next);
  }
  if (stop !== undefined) planStop(plan, parts, stop);
  if (link) planLink(plan, parts, link);
  if (deputy) planDeputy(plan, parts, deputy);
  for (const item of work ?? []) planWork(plan, parts, item);
  for (const entry of audit ?? []) planAudit(plan, parts, entry);
  return plan;
}

function planOnce(plan: CommitPlan, { keys }: StoreParts, name: string): void {
  const key = keys.once(name);
  plan.unless(key);
  plan.write('SET', 'string', key, '1', 'PX', lifetimesMs.once);
}

function planPause(plan: CommitPlan, { keys }: StoreParts, pause: Pause | null): void {
  if (pause === null) plan.write('DEL', 'string', keys.pause);
  else {
    plan.unless(keys.pause);
    plan.write('SET', 'string', keys.pause, pauseCodec.encode(pause));
  }
}

function planDraft(
  plan: CommitPlan,
  { keys, now }: StoreParts,
  { slackUserId, expectedRevision, next }: Required<Commit>['draft'],
) {
  const key = keys.draft(slackUserId);
  plan.compare(key, expectedRevision);
  if (next) {
    writeRecord(plan, key, next.revision, draftCodec, next);
    plan.write('PEXPIRE', 'hash', key, lifetimesMs.draft);
    plan.write('ZADD', 'zset', keys.drafts, now(), slackUserId);
  } else {
    plan.write('DEL', 'hash', key);
    plan.write('ZREM', 'zset', keys.drafts, slackUserId);
  }
  plan.write('ZREMRANGEBYSCORE', 'zset', keys.drafts, '-inf', now() - lifetimesMs.draft);
}

function planRequest(
  plan: CommitPlan,
  { keys }: StoreParts,
  { expectedRevision, next }: Replacement<DeviceRequest>,
): void {
  const key = keys.request(next.id);
  plan.compare(key, expectedRevision);
  plan.move(key, 'waiting', keys.waiting, isOpen(next.state) ? waitingMember(next) : null);
  plan.move(key, 'followed', keys.followed, followedMember(next));
  plan.keepNewest(keys.newestForOrder(next.fleetOrderId), next.id, next.createdAt);
  plan.write('PEXPIRE', 'hash', keys.newestForOrder(next.fleetOrderId), lifetimesMs.request);
  writeRecord(plan, key, next.revision, requestCodec, next);
  plan.write('PEXPIRE', 'hash', key, lifetimesMs.request);
  planRequestIndexes(plan, keys, next);
}

function planRequestIndexes(plan: CommitPlan, keys: StoreParts['keys'], is: DeviceRequest): void {
  if (isOpen(is.state)) plan.write('ZADD', 'zset', keys.openRequests, is.createdAt, is.id);
  else plan.write('ZREM', 'zset', keys.openRequests, is.id);
  const own = keys.requestsBy(is.requester.slackUserId);
  plan.write('ZADD', 'zset', own, is.createdAt, is.id);
  // A list in use outlives its oldest records, so it is cut by number.
  plan.write('ZREMRANGEBYRANK', 'zset', own, 0, -MAX_REQUESTS_LISTED - 1);
  plan.write('PEXPIRE', 'zset', own, lifetimesMs.request);
}

function planWork(plan: CommitPlan, { keys, now }: StoreParts, item: WorkItem): void {
  // The same id asks for the same thing: the first one stands, with the time at which it was accepted.
  plan.write('HSETNX', 'hash', keys.outbox, item.id, workItemCodec.encode(item));
  plan.write('ZADD', 'zset', keys.outboxTimes, 'NX', now(), item.id);
}

function planAudit(plan: CommitPlan, { keys }: StoreParts, entry: AuditEntry): void {
  plan.write('XADD', 'stream', keys.audit, 'MAXLEN', '~', MAX_AUDIT_ENTRIES, '*', 'entry', auditCodec.encode(entry));
}

function writeRecord<T>(plan: CommitPlan, key: string, revision: number, codec: Codec<T>, value: T): void {
  plan.write('HSET', 'hash', key, 'rev', revision, 'json', codec.encode(value));
}
