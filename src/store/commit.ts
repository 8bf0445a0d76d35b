import type { AuditEntry } from '../domain/audit.ts';
import { CommitUnclear, StoreUnavailable } from '../domain/failures/failure.ts';
import type { Pause } from '../domain/failures/pause.ts';
import type { FleetTask } from '../domain/fleet-task.ts';
import type { WorkspaceId } from '../domain/ids.ts';
import type { DeviceRequest } from '../domain/request/request.ts';
import type { Settings } from '../domain/settings/settings.ts';
import type { Stop, WorkItem } from '../domain/work.ts';
import { type DeputyChange, type DraftChange, planDeputy, planDraft } from './drafts.ts';
import { planFleetTask } from './fleet-tasks.ts';
import { lifetimesMs } from './keys.ts';
import { planTimers, planWork } from './outbox.ts';
import { CommitPlan, type Replacement, runPlan, type StoreParts } from './parts.ts';
import { type LinkChange, planLink } from './people.ts';
import { unavailable } from './redis.ts';
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
  readonly fleetTask?: Replacement<FleetTask>;
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
  /** Also when the app was removed: a job under way records what came of it. It creates no record. */
  readonly evenIfRemoved?: boolean;
}

export type Committed = 'committed' | 'conflict' | 'repeated';

/**
 * Writes nothing once the app was removed from the workspace, and throws `StoreUnavailable` then: its data may be erased
 * at any moment, or is. Throws `RangeError`, before anything is sent, for a commit that no store could carry out: a bug in
 * the caller.
 */
export async function commit(parts: StoreParts, change: Commit): Promise<Committed> {
  checkCommit(parts.workspaceId, change);
  const plan = planOf(parts, change);
  const answer = await runPlan(parts, plan).catch(throwLost);
  if (answer === 'committed' || answer === 'conflict' || answer === 'repeated') return answer;
  if (answer === 'removed') throw new StoreUnavailable('the app was removed from the workspace', true);
  throw unavailable(answer);
}

const WORK_ID = /^[A-Za-z0-9_.-]+$/;

/** Nothing crosses from one workspace to another, and revisions rise by one. */
function checkCommit(workspaceId: WorkspaceId, change: Commit): void {
  const { draft, request, link, pause, once, fleetTask, work = [] } = change;
  if (change.evenIfRemoved === true && request?.expectedRevision == null)
    throw new RangeError('once the app is removed, only a request that exists is changed');
  if (pause && once !== undefined)
    throw new RangeError('a commit is written once for one reason: a name or a new pause');
  if (link && (link.expected === null) === (link.next === null))
    throw new RangeError('a link is created or removed, not changed');
  if (draft?.next) checkRevision(draft.expectedRevision, draft.next.revision);
  if (fleetTask) checkRevision(fleetTask.expectedRevision, fleetTask.next.revision);
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
  if (stop === undefined && change.evenIfRemoved !== true) plan.unlessRemoved(parts.keys.stop);
  if (once !== undefined) planOnce(plan, parts, once, outcome);
  if (pause !== undefined) planPause(plan, parts, pause);
  if (draft) planDraft(plan, parts, draft);
  if (request) planRequest(plan, parts, request);
  if (request) planTimers(plan, parts, request.next, work);
  if (settings) planSettings(plan, parts, settings);
  if (stop !== undefined) planStop(plan, parts, stop);
  if (link) planLink(plan, parts, link);
  if (deputy) planDeputy(plan, parts, deputy);
  if (change.fleetTask) planFleetTask(plan, parts, change.fleetTask);
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

function throwLost(error: unknown): never {
  if (error instanceof StoreUnavailable && !error.isRefused) throw new CommitUnclear(error.message);
  throw error;
}
