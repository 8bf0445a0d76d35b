import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import { isOwnRequest } from '../../domain/people/match.ts';
import { approve, whyCannotApprove } from '../../domain/request/decide.ts';
import type { CardValue, DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { claimValidate, giveUpOnAnswer, markFleetBusy, releaseValidate } from '../../domain/request/validate.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../context.ts';
import { admitSignerInTime, PRESS_WAIT_MS } from '../people/approvers.ts';
import { isStillPurchaserInTime } from '../people/match.ts';
import { markApproverUnavailable } from './deputy.ts';
import {
  type ApprovalEnd,
  awaitGone,
  endFoundOrdered,
  endGone,
  endOrdered,
  sendBackForSigner,
  sendBackWithDifference,
  sendBackWithProblem,
} from './end.ts';
import { type CardPress, receivePress, refreshStaleCard } from './press.ts';
import { firstLookUpItem } from './resolve-unconfirmed.ts';
import { compareSignedCart, reapplyAndCompare, type SignedCartComparison } from './signed-cart.ts';
import {
  CHANGED_NOTHING,
  doneOrRetry,
  type RequestOutcome,
  updateIfUnchanged,
  updateRequest,
  workItem,
} from './update.ts';
import {
  type CannotSignReason,
  isStillRecent,
  REQUEST_LEASE_MS,
  sendValidate,
  type ValidateOutcome,
  whyCannotSign,
  withRequestLease,
} from './validate.ts';

/**
 * Accepts an Approve: one commit takes the request from pending to validating and queues the job that carries it out.
 * Fleet is asked here only if what we know of the approver is old. Of two presses one is accepted; the other is told who
 * decided.
 */
export async function pressApprove(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const outcome = await signOrRefuse(context, press);
  // A person who was told that nothing was ordered hasn't signed, even if the same press would work a minute later.
  if (!outcome.ok && outcome.refusal.kind !== 'repeated')
    await context.store.commit({ once: press.once, outcome: CHANGED_NOTHING });
  return outcome;
}

async function signOrRefuse(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const received = await receivePress(context, press);
  if (!received.ok) return received;
  const { request, card } = received;
  const outcome = await decideApproval(context, press, { request, card });
  if (!outcome.ok && outcome.refusal.kind === 'not_eligible') await markApproverUnavailable(context, request);
  if (!outcome.ok && outcome.request !== null) {
    await refreshStaleCard(context, press, { ...outcome, request: outcome.request });
  }
  return outcome;
}

async function decideApproval(
  context: ServiceContext,
  { slackUserId, surface, once }: CardPress,
  { request, card }: { readonly request: DeviceRequest; readonly card: CardValue },
): Promise<RequestOutcome> {
  const refused = whyCannotApprove(request, { by: slackUserId, now: context.now(), card });
  if (refused !== null) return { ok: false, refusal: refused.refusal, request };
  const { requester, approver } = request;
  const [may, isStillPurchaser, pause, { selfApproval }] = await Promise.all([
    admitSignerInTime(context, {
      slackUserId,
      requester,
      askedAs: approver.fleetUserId,
      deciding: { waitMs: PRESS_WAIT_MS, onlyIfOld: true },
    }),
    isStillPurchaserInTime(context, requester),
    context.store.pause(),
    context.store.settings(),
  ]);
  if (!may.ok) return { ok: false, refusal: may.refusal, request };
  if (!isStillPurchaser) return { ok: false, refusal: { kind: 'requester_changed', requester }, request };
  if (pause !== null) return { ok: false, refusal: { kind: 'ordering_paused' }, request };
  const isOwn = selfApproval !== null && isOwnRequest(may.person, requester);
  const own = isOwn ? { ownRequestReason: selfApproval.reason } : {};
  return updateRequest(context, request.id, {
    surface,
    once,
    decide: (current, now) => approve(current, { signer: may.person, now, card, ...own }),
    work: (accepted) => [
      workItem(accepted, { kind: 'carry_out_approval', tenant: context.workspaceId, requestId: accepted.id }),
    ],
  });
}

/** How long an approval waits for an unreachable Fleet before it goes back to the approver. */
const PATIENCE_MS = 120_000;
const RETRY_MS = 5_000;

/** The job behind an Approve. However often and wherever it runs, one approval sends at most one validate. */
export async function carryOutApproval(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withRequestLease(context, requestId, async (request, lease) => {
    if (request.state.kind !== 'validating') return jobDone;
    // A run that died may have sent a validate: its outcome is looked up, and it is never sent again from here.
    if (request.state.validateSentAt !== null) return giveUp({ context, request });
    await context.step?.('approve.before_read');
    const compared = await compareSignedCart(context, request);
    if (compared.kind !== 'as_signed') return endWithoutValidate({ context, request }, request.state, compared);
    const reason = await whyCannotSign(context, request, request.state.by);
    if (reason !== null) return endForSigner({ context, request }, request.state, reason);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(RETRY_MS);
    await context.step?.('approve.before_patch');
    const reapplied = await reapplyAndCompare(context, request);
    if (reapplied.kind !== 'as_signed') return endWithoutValidate({ context, request }, request.state, reapplied);
    const comparedAt = context.now();
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(RETRY_MS);
    await context.step?.('approve.before_claim');
    if (!isStillRecent(context, comparedAt)) return retryAfter(RETRY_MS);
    const claimed = await updateIfUnchanged(context, request, {
      surface: 'job',
      updatesCards: false,
      decide: (current, now) => claimValidate(current, now, reapplied.holds),
    });
    if (claimed === 'conflict' || !claimed.ok) return retryAfter(RETRY_MS);
    const validated = await sendValidate(context, claimed.request, request.state.by);
    return recordValidate({ context, request: claimed.request }, request.state, validated);
  });
}

type Validating = RequestState & { readonly kind: 'validating' };

async function endForSigner(end: ApprovalEnd, state: Validating, reason: CannotSignReason): Promise<JobOutcome> {
  const mayPass = reason === 'eligibility_unknown' && end.context.now() - state.at < PATIENCE_MS;
  if (mayPass) return retryAfter(RETRY_MS);
  return doneOrRetry(await sendBackForSigner(end, reason));
}

async function endWithoutValidate(
  end: ApprovalEnd,
  state: Validating,
  compared: Exclude<SignedCartComparison, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (compared.kind) {
    case 'differs':
      return doneOrRetry(await sendBackWithDifference(end, compared));
    case 'cart_rejects':
      return doneOrRetry(await sendBackWithProblem(end, compared.failure));
    case 'moved_on':
      return doneOrRetry(await endFoundOrdered(end, compared.clientStatus));
    case 'gone':
      return awaitGone(end, endGone);
    case 'unclear':
      return waitOrSendBack(end, state, compared.failure);
  }
}

async function recordValidate(end: ApprovalEnd, state: Validating, validated: ValidateOutcome): Promise<JobOutcome> {
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(end, { clientStatus: validated.clientStatus, by: state.by });
      return jobDone;
    case 'unknown':
      return giveUp(end, validated.refusal);
    case 'not_sent':
      return releaseAndWait(end, state, validated.failure);
    case 'rejected':
      return doneOrRetry(await sendBackWithProblem(end, validated.failure));
    case 'moved_on':
      return doneOrRetry(await endFoundOrdered(end, validated.clientStatus));
  }
}

/** Nothing was sent, so exactly this claim is released for the next run. */
async function releaseAndWait(end: ApprovalEnd, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  const { context, request } = end;
  const update = { surface: 'job', updatesCards: false, decide: releaseValidate } as const;
  const released = await updateIfUnchanged(context, request, update);
  return released === 'conflict' || !released.ok
    ? doneOrRetry(released)
    : waitOrSendBack({ context, request: released.request }, state, failure);
}

/** Nothing was ordered. A used-up budget always recovers; other outages get some time; the rest goes back. */
async function waitOrSendBack(end: ApprovalEnd, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  if (failure.kind === 'rate_limited') return waitForFleet(end, failure.retryAfterMs);
  const mayPass = ['unavailable', 'unreachable', 'no_answer', 'unreadable'].includes(failure.kind);
  if (mayPass && end.context.now() - state.at < PATIENCE_MS) return retryAfter(RETRY_MS);
  return doneOrRetry(await sendBackWithProblem(end, failure));
}

/** A shorter wait is not worth mentioning on the card. */
const NOTICEABLE_MS = 3_000;

async function waitForFleet({ context, request }: ApprovalEnd, retryAfterMs: number): Promise<JobOutcome> {
  if (retryAfterMs >= NOTICEABLE_MS) {
    await updateIfUnchanged(context, request, { surface: 'job', decide: markFleetBusy });
  }
  return retryAfter(retryAfterMs);
}

async function giveUp({ context, request }: ApprovalEnd, refusal: FleetFailure | null = null): Promise<JobOutcome> {
  const outcome = await updateIfUnchanged(context, request, {
    surface: 'job',
    decide: (current, now) => giveUpOnAnswer(current, now, refusal),
    work: (unconfirmed) => [firstLookUpItem(unconfirmed, context.now())],
  });
  return doneOrRetry(outcome);
}
