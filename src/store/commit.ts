import type { AuditEntry } from '../domain/audit.ts';
import { CommitUnclear, StoreUnavailable } from '../domain/failures/failure.ts';
import type { Pause } from '../domain/failures/pause.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Stop, WorkItem } from '../domain/work.ts';
import { type DeputyChange, type DraftChange, planDeputy, planDraft } from './drafts.ts';
import { lifetimesMs } from './keys.ts';
import { planWork } from './outbox.ts';
import { CommitPlan, type Replacement, type StoreParts } from './parts.ts';
import { type LinkChange, planLink } from './people.ts';
import { luaNow, unavailable } from './redis.ts';
import { planRequest } from './requests.ts';
import { planAudit, planPause, planSettings, planStop } from './workspace.ts';

/**
 * One script writes all of a commit, or nothing. So a change is recorded together with the work it causes: `work` goes
 * to the workspace's outbox in the same step.
 */
export interface Commit {
  readonly draft?: DraftChange;
  /** `conflict` too for a new one while another request for the same order is open. */
  readonly request?: Replacement<DeviceRequest>;
  /** `savedSettings` returns their revision. */
  readonly settings?: Replacement<Settings>;
  /** `conflict`: either side has been linked or unlinked since. */
  readonly link?: LinkChange;
  readonly deputy?: DeputyChange;
  /** Null: work for the workspace resumes. */
  readonly stop?: Stop | null;
  /** Starts a pause, unless one is on: then nothing is written and the answer is `repeated`. Null: ends it. */
  readonly pause?: Pause | null;
  /**
   * Remembered for 7 days: the same name again writes nothing and answers `repeated`, whatever the revisions are now.
   * So a commit whose answer was lost can be sent again: `repeated` and `committed` both mean it was written.
   */
  readonly once?: string;
  /** What a repetition is told, instead of only that it is one: `onceOutcome` returns it. */
  readonly outcome?: string;
  readonly work?: readonly WorkItem[];
  readonly audit?: readonly AuditEntry[];
}

export type Committed = 'committed' | 'conflict' | 'repeated';

/** Throws `RangeError`, before anything is sent, for a commit that no store could carry out: a bug in the caller. */
export async function commit(parts: StoreParts, change: Commit): Promise<Committed> {
  checkCommit(parts.workspaceId, change);
  const plan = planOf(parts, change);
  const answer = await parts.connection.script(commitScript, plan.keys, [plan.toJson()]).catch(throwLost);
  if (answer === 'committed' || answer === 'conflict' || answer === 'repeated') return answer;
  throw unavailable(answer);
}

const WORK_ID = /^[A-Za-z0-9_.-]+$/;

/** Nothing crosses from one workspace to another, and revisions rise by one. */
function checkCommit(workspaceId: WorkspaceId, { draft, request, link, pause, once, work = [] }: Commit): void {
  if (pause && once !== undefined)
    throw new RangeError('a commit is written once for one reason: a name or a new pause');
  if (link && (link.expected === null) === (link.next === null))
    throw new RangeError('a link is created or removed, not changed');
  if (draft?.next) checkRevision(draft.expectedRevision, draft.next.revision);
  if (request) {
    checkRevision(request.expectedRevision, request.next.revision);
    checkWorkspace(workspaceId, request.next.tenant);
  }
  for (const item of work) {
    if (!WORK_ID.test(item.id)) throw new RangeError('the id of a work item has a character that the queue refuses');
    checkWorkspace(workspaceId, item.work.tenant);
  }
}

function checkRevision(expected: number | null, next: number): void {
  if (next !== (expected ?? 0) + 1)
    throw new RangeError('a saved record has the revision after the one it was read with');
}

function checkWorkspace(ours: WorkspaceId, theirs: WorkspaceId): void {
  if (ours !== theirs) throw new RangeError("a record of another workspace in this workspace's commit");
}

function planOf(parts: StoreParts, change: Commit): CommitPlan {
  const { draft, request, settings, link, deputy, once, outcome, stop, pause, work = [], audit = [] } = change;
  const plan = new CommitPlan();
  if (once !== undefined) planOnce(plan, parts, once, outcome);
  if (pause !== undefined) planPause(plan, parts, pause);
  if (draft) planDraft(plan, parts, draft);
  if (request) planRequest(plan, parts, request);
  if (settings) planSettings(plan, parts, settings);
  if (stop !== undefined) planStop(plan, parts, stop);
  if (link) planLink(plan, parts, link);
  if (deputy) planDeputy(plan, parts, deputy);
  for (const item of work) planWork(plan, parts, item);
  for (const entry of audit) planAudit(plan, parts, entry);
  return plan;
}

function planOnce(plan: CommitPlan, { keys }: StoreParts, name: string, outcome = NO_OUTCOME): void {
  const key = keys.once(name);
  plan.unless(key);
  plan.write('SET', 'string', key, outcome, 'PX', lifetimesMs.once);
}

/** What the previous release writes for every name. */
const NO_OUTCOME = '1';

/** What the commit with this name came to; `1` if it didn't say. Null: there was none. */
export function onceOutcome({ keys, connection }: StoreParts, name: string): Promise<string | null> {
  return connection.run((redis) => redis.get(keys.once(name)));
}

/**
 * Carries out a `CommitPlan`, or nothing of it. Redis does not undo what a script wrote before it failed, so everything
 * that could fail it is checked before the first write. Redis itself checks memory and read-only then.
 */
const commitScript = `
${luaNow}
local plan = cjson.decode(ARGV[1])

for i, expected in ipairs(plan.types) do
  local found = redis.call('TYPE', KEYS[i]).ok
  if found ~= 'none' and found ~= expected then
    return redis.error_reply('WRONGTYPE key ' .. i .. ' of the commit')
  end
end

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

function throwLost(error: unknown): never {
  if (error instanceof StoreUnavailable && !error.isRefused) throw new CommitUnclear(error.message);
  throw error;
}
