import { mayHaveHappened } from '../domain/failures/failure.ts';
import { type FleetTask, type FleetTaskAsked, type FleetTaskState, isSettled } from '../domain/fleet-task.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { isLasting } from '../domain/people/people.ts';
import { defaultTimeoutsMs } from '../fleet/settings.ts';
import { addressSaving } from './catalog/new-address.ts';
import { type JobOutcome, jobDone, RETRY_WHEN_BUSY_MS, retryAfter, type ServiceContext, withLease } from './context.ts';
import type { Found, Saving } from './look-for.ts';
import { matchOrReport } from './people/match.ts';
import { colleagueSaving } from './people/new-colleague.ts';

function savingOf(context: ServiceContext, asked: FleetTaskAsked): Saving {
  switch (asked.kind) {
    case 'add_colleague':
      return colleagueSaving(context, asked.colleague);
    case 'add_address':
      return addressSaving(context, asked);
  }
}

/**
 * Called before the acknowledgement. `once`: the submission's name. An identical submission joins the task under way, so
 * that two submissions, two instances or two people never add it twice.
 */
export async function acceptFleetTask(
  context: ServiceContext,
  { by, asked, once }: { readonly by: SlackUserId; readonly asked: FleetTaskAsked; readonly once: string },
): Promise<FleetTask> {
  const { store, seal, workspaceId } = context;
  const text = JSON.stringify([asked.kind, ...savingOf(context, asked).name]);
  // An older key may have named it.
  const [taskId = '', ...olderIds] = seal.blinds('fleet-task', text);
  for (const olderId of olderIds) {
    const older = await store.fleetTask(olderId);
    if (older !== null && !isSettled(older.state)) return older;
  }
  const before = await store.fleetTask(taskId);
  if (before !== null && !isSettled(before.state)) return before;
  const revision = (before?.revision ?? 0) + 1;
  const state = { kind: 'waiting', looksFirst: before !== null } as const;
  const next: FleetTask = { taskId, by, asked, state, sends: 0, waits: 0, revision };
  const committed = await store.commit({
    once,
    fleetTask: { expectedRevision: before?.revision ?? null, next },
    work: [{ id: `save_in_fleet.${taskId}.${revision}`, work: { kind: 'save_in_fleet', tenant: workspaceId, taskId } }],
  });
  return committed === 'committed' ? next : ((await store.fleetTask(taskId)) ?? next);
}

/** Longer than Fleet's slowest write. */
const LEASE_MS = 30_000;
/** How long a write may still be under way, and how long Fleet's lists may lag behind it. */
const SETTLES_AFTER_MS = defaultTimeoutsMs.write + 5_000 + 60_000;
/** Sent this often and certainly not there: somebody has to look at why. */
const MAX_SENDS = 3;
const MAX_WAIT_MS = 5 * 60_000;

/** Carries out an accepted task. Safe to repeat at any point, also concurrently. */
export function saveInFleet(context: ServiceContext, taskId: string): Promise<JobOutcome> {
  return withLease(context, `fleet-task.${taskId}`, LEASE_MS, async (lease) => {
    const task = await context.store.fleetTask(taskId);
    if (task === null || task.asked === null) return jobDone;
    const run = { context, task, saving: savingOf(context, task.asked) };
    if (task.state.kind === 'sent') return resolveSent(run, task.state);
    if (task.state.kind !== 'waiting') return jobDone;

    const match = await matchOrReport(context, task.by);
    if (match.kind !== 'matched' && !isLasting(match)) return wait(run, task.state);
    const asker = match.kind === 'matched' ? { ...match.person, isFleetAdmin: match.isFleetAdmin } : null;
    if (asker === null || !run.saving.isAllowed(asker)) return settle(run, { kind: 'not_allowed' });
    const known = task.sends === 0 ? await run.saving.known() : null;
    if (known !== null) return settle(run, { kind: 'exists', fleetId: known });
    if (task.state.looksFirst) {
      const looked = await run.saving.look();
      if (looked.kind === 'found') return settleFound(run, looked.found, task.sends > 0 ? 'added' : 'exists');
      if (looked.kind === 'unclear') return wait(run, task.state);
    }
    if (!(await lease.extend(LEASE_MS))) return retryAfter(RETRY_WHEN_BUSY_MS);
    return send(run);
  });
}

interface Run {
  readonly context: ServiceContext;
  readonly task: FleetTask;
  readonly saving: Saving;
}

/** The claim is committed first: a run that finds it looks in Fleet before anything is sent again. */
async function send(run: Run): Promise<JobOutcome> {
  const { context, saving } = run;
  const claimed = await save(run, {
    state: { kind: 'sent', since: context.now(), isUnclear: false, failure: null },
    sends: run.task.sends + 1,
    waits: 0,
  });
  if (claimed === null) return retryAfter(RETRY_WHEN_BUSY_MS);
  await context.step?.('fleet_task.before_send');
  const sent = await saving.send();
  await context.step?.('fleet_task.sent');
  if (sent.ok) return settleFound(claimed, sent.value, 'added');

  const { failure } = sent;
  if (mayHaveHappened(failure)) {
    const since = context.now() - defaultTimeoutsMs.write;
    return wait(claimed, { kind: 'sent', since, isUnclear: true, failure });
  }
  if (saving.isThere(failure)) {
    const looked = await saving.look();
    // What was sent before may have arrived late.
    if (looked.kind === 'found') return settleFound(claimed, looked.found, claimed.task.sends > 1 ? 'added' : 'exists');
    if (looked.kind === 'unclear') return wait(claimed, { kind: 'waiting', looksFirst: true });
  }
  if (failure.kind === 'rate_limited' || failure.kind === 'unreachable') {
    const notSent = { state: { kind: 'waiting', looksFirst: false }, sends: run.task.sends } as const;
    const back = await save(claimed, { ...notSent, waits: run.task.waits + 1 });
    return retryAfter(failure.kind === 'rate_limited' ? failure.retryAfterMs : pauseOf(back?.task ?? claimed.task));
  }
  return settle(claimed, { kind: 'refused', failure, field: saving.fieldOf(failure) });
}

/** It may have been carried out: only a whole list that lacks it, long enough afterwards, says that it wasn't. */
async function resolveSent(run: Run, state: Extract<FleetTaskState, { kind: 'sent' }>): Promise<JobOutcome> {
  const { context, saving, task } = run;
  const looked = await saving.look();
  if (looked.kind === 'found') return settleFound(run, looked.found, 'added');
  const leftMs = state.since + SETTLES_AFTER_MS - context.now();
  if (looked.kind === 'unclear' || leftMs > 0) {
    const waited = await wait(run, { ...state, isUnclear: true });
    return waited.kind === 'later' && leftMs > 0 ? retryAfter(Math.min(leftMs, waited.afterMs)) : waited;
  }
  // Looked for once more right before it is sent again: that may be minutes away.
  if (task.sends < MAX_SENDS) return wait(run, { kind: 'waiting', looksFirst: true });
  const failure = state.failure ?? { operation: saving.operation, kind: 'no_answer', why: 'timeout' };
  return settle(run, { kind: 'refused', failure, field: null });
}

async function settleFound(run: Run, { fleetId, record }: Found, kind: 'added' | 'exists'): Promise<JobOutcome> {
  await record();
  return settle(run, { kind, fleetId });
}

async function settle(run: Run, state: FleetTaskState): Promise<JobOutcome> {
  const settled = await save(run, { state, asked: null, waits: 0 });
  return settled === null ? retryAfter(RETRY_WHEN_BUSY_MS) : jobDone;
}

async function wait(run: Run, state: FleetTaskState): Promise<JobOutcome> {
  const waiting = await save(run, { state, waits: run.task.waits + 1 });
  return retryAfter(waiting === null ? RETRY_WHEN_BUSY_MS : pauseOf(waiting.task));
}

function pauseOf({ waits }: FleetTask): number {
  return Math.min(MAX_WAIT_MS, 1_000 * 2 ** Math.min(waits, 10));
}

/** Null: another run was faster. */
async function save(run: Run, change: Partial<FleetTask>): Promise<Run | null> {
  const { context, task } = run;
  const next = { ...task, ...change, revision: task.revision + 1 };
  const committed = await context.store.commit({ fleetTask: { expectedRevision: task.revision, next } });
  return committed === 'committed' ? { ...run, task: next } : null;
}
