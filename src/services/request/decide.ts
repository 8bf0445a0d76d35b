import type { AuditEntry } from '../../domain/audit.ts';
import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import {
  askForChanges,
  chooseAnotherApprover,
  decline,
  type LinesAfter,
  reassign,
  withdraw,
} from '../../domain/request/decide.ts';
import type { Decision } from '../../domain/request/decision.ts';
import { askedAgainNotices, decisionNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { expire } from '../../domain/request/validate.ts';
import type { ServiceContext } from '../context.ts';
import { admitSignerInTime } from '../people/approvers.ts';
import { type CardPress, receivePress, refreshStaleCard } from './press.ts';
import {
  type JobOutcome,
  jobDone,
  type RequestOutcome,
  type RequestUpdate,
  retryAfter,
  updateRequest,
} from './update.ts';

/** A press or a submission from a card that needs nothing but the request itself to be decided. */
export async function applyPress(
  context: ServiceContext,
  press: CardPress,
  settlement: RequestUpdate,
): Promise<RequestOutcome> {
  const found = await receivePress(context, press);
  if (!found.ok) return found;
  const outcome = await updateRequest(context, found.request.id, settlement);
  if (!outcome.ok && outcome.request !== null) {
    await refreshStaleCard(context, press, outcome.request, outcome.refusal, settlement.notices);
  }
  return outcome;
}

export async function declineRequest(
  context: ServiceContext,
  press: CardPress & { readonly reason: string },
): Promise<RequestOutcome> {
  const { slackUserId, reason } = press;
  return applyPress(context, press, {
    surface: 'modal',
    notices: decisionNotices,
    decide: (request, now) => decline(request, { by: slackUserId, now, reason }),
  });
}

/** Ends the request and gives the lines back to the requester, to be edited and sent again. */
export async function requestChanges(
  context: ServiceContext,
  press: CardPress & { readonly wish: string },
): Promise<RequestOutcome> {
  const { slackUserId, wish } = press;
  return applyPress(context, press, {
    surface: 'modal',
    notices: decisionNotices,
    lines: 'kept',
    decide: (request, now) => askForChanges(request, { by: slackUserId, now, wish }),
  });
}

/** **Withdraw** on the card. */
export async function withdrawFromCard(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  return applyPress(context, press, {
    surface: press.surface,
    notices: decisionNotices,
    decide: (request, now) => withdraw(request, { by: press.slackUserId, now }),
  });
}

interface Withdrawal {
  readonly requestId: RequestId;
  readonly slackUserId: SlackUserId;
  /** `kept`: **Withdraw and edit**. `dropped`: Fleet keeps them as an unordered draft. */
  readonly lines: LinesAfter;
  readonly surface: AuditEntry['surface'];
}

/** From **Your cart**. One commit ends the request, unlocks its cart and updates every copy of the card. */
export async function withdrawRequest(
  context: ServiceContext,
  { requestId, slackUserId, lines, surface }: Withdrawal,
): Promise<RequestOutcome> {
  return updateRequest(context, requestId, {
    surface,
    lines,
    notices: decisionNotices,
    decide: (request, now) => withdraw(request, { by: slackUserId, now }),
  });
}

interface Reassignment extends CardPress {
  readonly newApprover: SlackUserId;
}

export async function reassignRequest(context: ServiceContext, press: Reassignment): Promise<RequestOutcome> {
  return reassignTo(context, press, (request, to, now) => reassign(request, { by: press.slackUserId, now, to }));
}

/** By the requester, once the approver is lost. */
export async function chooseNewApprover(context: ServiceContext, press: Reassignment): Promise<RequestOutcome> {
  return reassignTo(context, press, (request, to, now) =>
    chooseAnotherApprover(request, { by: press.slackUserId, now, to }),
  );
}

/** The new approver must be one who may sign for this requester now; who may name them, `decide` says. */
async function reassignTo(
  context: ServiceContext,
  press: Reassignment,
  decide: (request: DeviceRequest, to: Person, now: number) => Decision,
): Promise<RequestOutcome> {
  const found = await receivePress(context, press);
  if (!found.ok) return found;
  const { requester } = found.request;
  const may = await admitSignerInTime(context, { slackUserId: press.newApprover, requester });
  if (!may.ok) return { ok: false, refusal: may.refusal, request: found.request };
  const wasAsked = await wasAskedBefore(context, found.request, press.newApprover);
  return applyPress(context, press, {
    surface: 'modal',
    // It may turn out to be over.
    notices: (request) => {
      if (request.state.kind !== 'pending') return decisionNotices(request);
      return wasAsked ? askedAgainNotices(request) : [];
    },
    decide: (request, now) => decide(request, may.person, now),
  });
}

/** Their first card makes a sound; one they already have is updated without any, so they need a message. */
export async function wasAskedBefore(
  { store }: ServiceContext,
  { id }: DeviceRequest,
  slackUserId: SlackUserId,
): Promise<boolean> {
  const copies = await store.copies(id);
  return copies.some((copy) => copy.kind === 'approver' && copy.slackUserId === slackUserId);
}

/** What is being sent to Fleet at its deadline was decided in time; should it come back, this runs again. */
export async function expireRequest(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const outcome = await updateRequest(context, requestId, { surface: 'job', notices: decisionNotices, decide: expire });
  const { request } = outcome;
  if (outcome.ok || request?.state.kind !== 'pending') return jobDone;
  return retryAfter(request.expiresAt - context.now());
}
