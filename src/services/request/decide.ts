import type { AuditEntry } from '../../domain/audit.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import {
  askForChanges,
  chooseAnotherApprover,
  type Decision,
  decline,
  type LinesAfter,
  type RefusedOutcome,
  reassign,
  withdraw,
} from '../../domain/request/decide.ts';
import { type AddressedNotice, askedAgainNotices, reassignedNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { expire } from '../../domain/request/validate.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../context.ts';
import { admitSignerInTime, PRESS_WAIT_MS } from '../people/approvers.ts';
import { wasAskedBefore } from './cards.ts';
import { markApproverUnavailable } from './deputy.ts';
import { applyPress, type CardPress, receivePress, refreshStaleCard, updateFromPress } from './press.ts';
import { endingItems, type RequestOutcome, type RequestUpdate, updateRequest } from './update.ts';

export async function declineRequest(
  context: ServiceContext,
  press: CardPress & { readonly reason: string },
): Promise<RequestOutcome> {
  const { slackUserId, reason } = press;
  return applyApproverPress(context, press, {
    surface: 'modal',
    work: endingItems,
    decide: (request, now) => decline(request, { by: slackUserId, now, reason }),
  });
}

/** Ends the request and returns the lines to the requester, who can edit and send them again. */
export async function requestChanges(
  context: ServiceContext,
  press: CardPress & { readonly wish: string },
): Promise<RequestOutcome> {
  const { slackUserId, wish } = press;
  return applyApproverPress(context, press, {
    surface: 'modal',
    work: endingItems,
    lines: 'kept',
    decide: (request, now) => askForChanges(request, { by: slackUserId, now, wish }),
  });
}

async function applyApproverPress(
  context: ServiceContext,
  press: CardPress,
  update: RequestUpdate,
): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  if (!received.ok) return received;
  const lost = await refuseLostApprover(context, press, received.request);
  return lost ?? updateFromPress(context, press, received.request.id, update);
}

/** Null: they may still decide, or we can't tell right now. None of these decisions orders anything. */
async function refuseLostApprover(
  context: ServiceContext,
  press: CardPress,
  request: DeviceRequest,
): Promise<RefusedOutcome | null> {
  const { requester, approver, state } = request;
  const { slackUserId, side } = press;
  if (side !== 'approver' || slackUserId !== approver.slackUserId || state.kind !== 'pending') return null;
  const asked = { slackUserId, requester, askedAs: approver.fleetUserId, deciding: { waitMs: PRESS_WAIT_MS } };
  const may = await admitSignerInTime(context, asked);
  if (may.ok || may.refusal.kind !== 'not_eligible') return null;
  await markApproverUnavailable(context, request);
  await refreshStaleCard(context, press, { refusal: may.refusal, request });
  return { ok: false, refusal: may.refusal, request };
}

/** **Withdraw** on the card. */
export async function withdrawFromCard(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  return applyPress(context, press, {
    surface: press.surface,
    work: endingItems,
    decide: (request, now) => withdraw(request, { by: press.slackUserId, now }),
  });
}

interface Withdrawal {
  readonly requestId: RequestId;
  readonly slackUserId: SlackUserId;
  /** `kept`: **Withdraw and edit**. `dropped`: Fleet keeps them as a draft. */
  readonly lines: LinesAfter;
  readonly surface: AuditEntry['surface'];
  /** The press itself. */
  readonly once: string;
}

/** From **Your cart**. */
export async function withdrawRequest(
  context: ServiceContext,
  { requestId, slackUserId, lines, surface, once }: Withdrawal,
): Promise<RequestOutcome> {
  return updateRequest(context, requestId, {
    surface,
    lines,
    once,
    work: endingItems,
    decide: (request, now) => withdraw(request, { by: slackUserId, now }),
  });
}

interface Reassignment extends CardPress {
  readonly newApprover: SlackUserId;
}

export async function reassignRequest(context: ServiceContext, press: Reassignment): Promise<RequestOutcome> {
  return changeApprover(context, press, {
    decide: (request, to, now) => reassign(request, { by: press.slackUserId, now, to }),
    notices: (request) => (request.reassigned === undefined ? [] : reassignedNotices(request, request.reassigned.from)),
  });
}

/** By the requester, once the approver is unavailable. */
export async function chooseNewApprover(context: ServiceContext, press: Reassignment): Promise<RequestOutcome> {
  return changeApprover(context, press, {
    decide: (request, to, now) => chooseAnotherApprover(request, { by: press.slackUserId, now, to }),
    notices: () => [],
  });
}

interface ApproverChange {
  readonly decide: (request: DeviceRequest, to: Person, now: number) => Decision;
  readonly notices: (request: DeviceRequest) => readonly AddressedNotice[];
}

/** Checks that the new approver may sign for this requester; `decide` checks that the presser may choose them. */
async function changeApprover(
  context: ServiceContext,
  press: Reassignment,
  { decide, notices }: ApproverChange,
): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  if (!received.ok) return received;
  const { id, requester } = received.request;
  const lost = await refuseLostApprover(context, press, received.request);
  if (lost !== null) return lost;
  const may = await admitSignerInTime(context, { slackUserId: press.newApprover, requester });
  if (!may.ok) return { ok: false, refusal: may.refusal, request: received.request };
  const wasAsked = await wasAskedBefore(context, id, press.newApprover);
  return updateFromPress(context, press, id, {
    surface: 'modal',
    notices: (request) => [...notices(request), ...(wasAsked ? askedAgainNotices(request) : [])],
    decide: (request, now) => decide(request, may.person, now),
  });
}

/** A request that is being sent at its deadline was decided in time; if it comes back, this runs again. */
export async function expireRequest(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const outcome = await updateRequest(context, requestId, { surface: 'job', work: endingItems, decide: expire });
  const { request } = outcome;
  if (outcome.ok || request?.state.kind !== 'pending') return jobDone;
  return retryAfter(request.expiresAt - context.now());
}
