import type { AuditEntry } from '../../domain/audit.ts';
import { StoreUnavailable } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import {
  type Decision,
  type DecisionFacts,
  draftAfter,
  type LinesAfter,
  type RefusedOutcome,
  type RequestRefusal,
} from '../../domain/request/decide.ts';
import type { AddressedNotice } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { Work, WorkItem } from '../../domain/work.ts';
import type { Commit, Committed } from '../../store/commit.ts';
import { type JobOutcome, jobDone, RETRY_WHEN_BUSY_MS, retryAfter, type ServiceContext } from '../context.ts';

export interface RequestUpdate {
  readonly surface: AuditEntry['surface'];
  readonly decide: (request: DeviceRequest, now: number) => Decision;
  /** In addition to updating the cards. */
  readonly work?: (request: DeviceRequest) => readonly WorkItem[];
  /** Derived from the request after the change. */
  readonly notices?: (request: DeviceRequest) => readonly AddressedNotice[];
  /** Default: the lines are dropped; Fleet keeps them as a draft. */
  readonly lines?: LinesAfter;
  /** False when no card shows what changed. */
  readonly updatesCards?: boolean;
  /** The press behind it (`onceName`), which changes nothing a second time. */
  readonly once?: string;
}

export type RequestOutcome = { readonly ok: true; readonly request: DeviceRequest } | RefusedOutcome;

const MAX_ATTEMPTS = 8;

/**
 * Reads, decides and commits. On a conflict it reads and decides again, so the loser of a race learns who won. State,
 * draft, work and audit are one script.
 */
export async function updateRequest(
  context: ServiceContext,
  requestId: RequestId,
  update: RequestUpdate,
): Promise<RequestOutcome> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const before = await context.store.request(requestId);
    if (before === null) return { ok: false, refusal: { kind: 'unknown_request' }, request: null };
    const outcome = await updateIfUnchanged(context, before, update);
    if (outcome !== 'conflict') return outcome;
  }
  throw new Error('a request changed faster than it could be updated');
}

/** Decides on exactly what was read: a caller that compared `before` with Fleet must not decide on anything newer. */
export async function updateIfUnchanged(
  context: ServiceContext,
  before: DeviceRequest,
  update: RequestUpdate,
): Promise<RequestOutcome | 'conflict'> {
  const decision = update.decide(before, context.now());
  if (!decision.ok) return { ok: false, refusal: decision.refusal, request: before };
  const request = { ...decision.request, nonce: context.newId() };
  const { facts } = decision;
  const { once } = update;
  const committed = await commitOrConfirm(context, request, {
    ...(once === undefined ? {} : { once, outcome: facts.did }),
    request: { expectedRevision: before.revision, expectedNonce: before.nonce, next: request },
    ...(await draftChange(context, request, update.lines ?? 'dropped')),
    work: workItemsOf(request, update),
    audit: [auditEntry(before, { at: context.now(), request, facts, surface: update.surface })],
    evenIfRemoved: update.surface === 'job',
  });
  if (committed === 'repeated' && once !== undefined)
    return { ok: false, refusal: (await repeatedRefusal(context, once)) ?? repeatedNothing, request: before };
  return committed === 'conflict' ? 'conflict' : { ok: true, request };
}

const repeatedNothing = { kind: 'repeated', did: null } as const;

/** What an earlier delivery of the same press came to. Null: there was none. */
export async function repeatedRefusal(
  { store }: ServiceContext,
  once: string,
): Promise<Extract<RequestRefusal, { kind: 'repeated' }> | null> {
  const did = await store.onceOutcome(once);
  return did === null ? null : { kind: 'repeated', did: did === CHANGED_NOTHING ? null : did };
}

export const CHANGED_NOTHING = 'refused';

/** After a conflict the job's findings are about an outdated request, so it runs again. */
export function doneOrRetry(outcome: RequestOutcome | 'conflict'): JobOutcome {
  return outcome === 'conflict' ? retryAfter(RETRY_WHEN_BUSY_MS) : jobDone;
}

/** A commit may have succeeded although its answer was lost, so the stored request is compared before giving up. */
async function commitOrConfirm({ store }: ServiceContext, next: DeviceRequest, commit: Commit): Promise<Committed> {
  try {
    return await store.commit(commit);
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const stored = await store.request(next.id).catch(() => null);
    // Another run's claim at the same revision is not ours, and must not be sent: its nonce differs.
    if (stored === null || stored.nonce !== next.nonce) throw error;
    return 'committed';
  }
}

async function draftChange(
  { store }: ServiceContext,
  request: DeviceRequest,
  lines: LinesAfter,
): Promise<Pick<Commit, 'draft'>> {
  const { slackUserId } = request.requester;
  const draft = await store.draft(slackUserId);
  const next = draftAfter(request, draft, lines);
  return draft === null || next === undefined ? {} : { draft: { slackUserId, expectedRevision: draft.revision, next } };
}

function workItemsOf(request: DeviceRequest, { work, notices, updatesCards = true }: RequestUpdate): WorkItem[] {
  return [
    ...(work?.(request) ?? []),
    ...(updatesCards ? [cardUpdateItem(request)] : []),
    ...noticeItems(request, notices?.(request) ?? []),
  ];
}

interface Change {
  readonly at: number;
  readonly request: DeviceRequest;
  readonly facts: DecisionFacts;
  readonly surface: AuditEntry['surface'];
}

function auditEntry(before: DeviceRequest, { at, request, facts, surface }: Change): AuditEntry {
  const { did, by, outcome, reason } = facts;
  return {
    at,
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

/**
 * Named by the request's save: one change queues the item once, the next change queues it again. `createdAt` and the
 * nonce tell a request whose revisions start over, or come again, from the names that the queue still remembers.
 */
export function workItem(
  request: DeviceRequest,
  work: Work,
  { name = work.kind, notBefore }: { readonly name?: string; readonly notBefore?: number } = {},
): WorkItem {
  const { id: requestId, createdAt, revision, nonce } = request;
  const save = nonce === undefined ? revision : `${revision}.${nonce}`;
  const id = `${name}.${requestId}.${createdAt.toString(36)}.${save}`;
  return notBefore === undefined ? { id, work } : { id, work, notBefore };
}

export function cardUpdateItem(request: DeviceRequest): WorkItem {
  return workItem(request, { kind: 'update_cards', tenant: request.tenant, requestId: request.id });
}

/** Also queued when a request is pending again: its deadline may have passed while Fleet was asked. */
export function expiryItem(request: DeviceRequest): WorkItem {
  const work = { kind: 'expire', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, { notBefore: request.expiresAt });
}

/** Whether nothing was ordered is checked before anyone is told how it ended. */
export function endingItems(request: DeviceRequest): readonly WorkItem[] {
  return [workItem(request, { kind: 'check_ending', tenant: request.tenant, requestId: request.id })];
}

export function noticeItems(request: DeviceRequest, notices: readonly AddressedNotice[]): WorkItem[] {
  return notices.map(({ to, notice }, index) =>
    workItem(
      request,
      { kind: 'notify', tenant: request.tenant, to: { kind: 'person', slackUserId: to }, notice },
      { name: `tell-${index}` },
    ),
  );
}
