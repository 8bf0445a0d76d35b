import type { Lease } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { StoreUnavailable } from '../../domain/errors.ts';
import type { RequestId } from '../../domain/ids.ts';
import { draftAfter, type LinesAfter } from '../../domain/request/decide.ts';
import type { Decision, DecisionFacts, RefusedOutcome } from '../../domain/request/decision.ts';
import type { AddressedNotice } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Work, WorkItem } from '../../domain/work.ts';
import type { Commit, Committed } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';

/** What a job does next: nothing, or the same again after a while. */
export type JobOutcome = { readonly kind: 'done' } | { readonly kind: 'later'; readonly afterMs: number };

export const jobDone: JobOutcome = { kind: 'done' };
export const retryAfter = (afterMs: number): JobOutcome => ({ kind: 'later', afterMs });

const BUSY_MS = 1_000;

/** Overtaken: what was found out is about a request that is not there any more, so it is read again. */
export function doneOrRetry(settled: RequestOutcome | 'overtaken'): JobOutcome {
  return settled === 'overtaken' ? retryAfter(BUSY_MS) : jobDone;
}

/** Keeps two runs of one job from working side by side. What must never happen twice is guarded by commits, not by this. */
export async function withLease(
  { store }: ServiceContext,
  name: string,
  ms: number,
  work: (lease: Lease) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const lease = await store.lease(name, ms);
  if (lease === null) return retryAfter(BUSY_MS);
  try {
    return await work(lease);
  } finally {
    await lease.release();
  }
}

export interface RequestUpdate {
  readonly surface: AuditEntry['surface'];
  readonly decide: (request: DeviceRequest, now: number) => Decision;
  /** Besides bringing the cards up to date. */
  readonly work?: (request: DeviceRequest) => readonly WorkItem[];
  /** Who is told, by the request as it then is. */
  readonly notices?: (request: DeviceRequest) => readonly AddressedNotice[];
  /** Default: the lines are dropped; Fleet keeps them as an unordered draft. */
  readonly lines?: LinesAfter;
  /** Somebody looks at the result: false where only the record changes and no card shows it. */
  readonly updatesCards?: boolean;
}

export type RequestOutcome = { readonly ok: true; readonly request: DeviceRequest } | RefusedOutcome;

const MAX_ATTEMPTS = 8;

/**
 * Reads, decides and commits; whoever was overtaken reads again and decides on what is there now, so that the loser of
 * a race is told who won. State, draft, work and audit are one script.
 */
export async function updateRequest(
  context: ServiceContext,
  requestId: RequestId,
  settlement: RequestUpdate,
): Promise<RequestOutcome> {
  for (let turn = 0; turn < MAX_ATTEMPTS; turn += 1) {
    const before = await context.store.request(requestId);
    if (before === null) return { ok: false, refusal: { kind: 'unknown_request' }, request: null };
    const done = await updateIfUnchanged(context, before, settlement);
    if (done !== 'overtaken') return done;
  }
  throw new Error('a request changed faster than it could be decided');
}

/** The same for exactly what was read: whoever compared something with it must not decide on anything else. */
export async function updateIfUnchanged(
  context: ServiceContext,
  before: DeviceRequest,
  settlement: RequestUpdate,
): Promise<RequestOutcome | 'overtaken'> {
  const decision = settlement.decide(before, context.now());
  if (!decision.ok) return { ok: false, refusal: decision.refusal, request: before };
  const { request, facts } = decision;
  const committed = await commitOrConfirm(context, request, {
    request: { expectedRevision: before.revision, next: request },
    ...(await draftChange(context, request, settlement.lines ?? 'dropped')),
    work: workItemsOf(request, settlement),
    audit: [auditEntry(context, before, request, facts, settlement.surface)],
  });
  return committed === 'conflict' ? 'overtaken' : { ok: true, request };
}

/** A commit whose answer was lost may be there: then nobody is told that nothing was recorded. */
async function commitOrConfirm({ store }: ServiceContext, is: DeviceRequest, commit: Commit): Promise<Committed> {
  try {
    return await store.commit(commit);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const stored = await store.request(is.id).catch(() => null);
    if (stored === null || stateKeyOf(stored) !== stateKeyOf(is)) throw error;
    return 'committed';
  }
}

/** Also when it was claimed: another run's claim at the same revision is not ours, and must not be sent on. */
function stateKeyOf({ revision, state }: DeviceRequest): string {
  const by = 'by' in state ? state.by.slackUserId : null;
  const claim = [
    'validateSentAt' in state ? state.validateSentAt : null,
    ...('gaveUpAt' in state ? [state.gaveUpAt, state.looks] : []),
  ];
  return JSON.stringify([revision, state.kind, 'at' in state ? state.at : null, by, ...claim]);
}

async function draftChange(
  { store }: ServiceContext,
  request: DeviceRequest,
  lines: LinesAfter,
): Promise<Pick<Commit, 'draft'>> {
  const { slackUserId } = request.requester;
  const draft = await store.draft(slackUserId);
  const is = draftAfter(request, draft, lines);
  return draft === null || is === undefined
    ? {}
    : { draft: { slackUserId, expectedRevision: draft.revision, next: is } };
}

function workItemsOf(request: DeviceRequest, { work, notices, updatesCards }: RequestUpdate): WorkItem[] {
  return [
    ...(work?.(request) ?? []),
    ...(updatesCards === false ? [] : [cardUpdateItem(request)]),
    ...noticeItems(request, notices?.(request) ?? []),
  ];
}

export function noticeItems(request: DeviceRequest, told: readonly AddressedNotice[]): WorkItem[] {
  return told.map(({ to, notice }, index) =>
    workItem(
      request,
      { kind: 'notify', tenant: request.tenant, to: { kind: 'person', slackUserId: to }, notice },
      `tell-${index}`,
    ),
  );
}

/**
 * Named by the revision that asks for it: the same change asks once, the next one again. A rebuilt request counts its
 * revisions anew, and the queue remembers the names of before: so it is told apart by when it was created, too.
 */
export function workItem(request: DeviceRequest, work: Work, what: string = work.kind, notBefore?: number): WorkItem {
  const id = `${what}.${request.id}.${request.createdAt.toString(36)}.${request.revision}`;
  return notBefore === undefined ? { id, work } : { id, work, notBefore };
}

export function cardUpdateItem(request: DeviceRequest): WorkItem {
  return workItem(request, { kind: 'update_cards', tenant: request.tenant, requestId: request.id });
}

function auditEntry(
  context: ServiceContext,
  before: DeviceRequest,
  request: DeviceRequest,
  { did, by, outcome, reason }: DecisionFacts,
  surface: AuditEntry['surface'],
): AuditEntry {
  return {
    at: context.now(),
    by: by === 'fleet_for_slack' ? by : { slackUserId: by.slackUserId, fleetUserId: by.fleetUserId },
    did,
    requestId: request.id,
    fleetOrderId: request.fleetOrderId,
    from: before.state.kind,
    to: request.state.kind,
    surface,
    outcome,
    ...(reason === undefined ? {} : { reason }),
  };
}
