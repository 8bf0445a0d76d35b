import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import { recordFoundOrder } from '../../domain/orders/follow.ts';
import type { Person } from '../../domain/people/people.ts';
import { decisionNotices, requesterChangedNotices, signerRefusedNotices } from '../../domain/request/notices.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import { noteMissing, provesGoneInMs, recordGone, recordOrdered, sendBack } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import { type JobOutcome, retryAfter, type ServiceContext } from '../context.ts';
import { approverUnavailableItem } from './deputy.ts';
import type { SignedCartComparison } from './signed-cart.ts';
import { doneOrRetry, expiryItem, type RequestOutcome, updateIfUnchanged, updateRequest, workItem } from './update.ts';
import type { CannotSignReason } from './validate.ts';

/** A request that is about to end, or found to have: each function below is one way, in one commit. */
export interface ApprovalEnd {
  readonly context: ServiceContext;
  readonly request: DeviceRequest;
}

/** Fleet answered our validate with 200. `by` signed it: the request may be in any state by now, even over. */
export async function endOrdered(
  { context, request }: ApprovalEnd,
  outcome: { readonly clientStatus: string; readonly by: Person },
): Promise<RequestOutcome> {
  let wasKnown = false;
  return updateRequest(context, request.id, {
    surface: 'job',
    // Only the signatory is confirmed now: the card shows it.
    notices: (ordered) => (wasKnown ? [] : decisionNotices(ordered)),
    decide: (current, now) => {
      wasKnown = current.state.kind === 'ordered';
      return recordOrdered(current, now, outcome);
    },
  });
}

/** Fleet has it as an order: a fact, whatever another run or a press has recorded since. */
export async function endFoundOrdered(
  { context, request }: ApprovalEnd,
  clientStatus: string,
): Promise<RequestOutcome> {
  return updateRequest(context, request.id, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => recordFoundOrder(current, now, clientStatus),
  });
}

/** Fleet has shown neither a cart nor an order for long enough. */
export async function endGone({ context, request }: ApprovalEnd): Promise<JobOutcome> {
  const update = { surface: 'job', notices: decisionNotices, decide: recordGone } as const;
  return doneOrRetry(await updateIfUnchanged(context, request, update));
}

/** Fleet shows neither a cart nor an order. Only the second look in a row, a minute later, proves something. */
export async function awaitGone(
  { context, request }: ApprovalEnd,
  whenGone: (end: ApprovalEnd) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const leftMs = provesGoneInMs(request, context.now());
  if (leftMs === 0) return whenGone({ context, request });
  if (leftMs !== null) return retryAfter(leftMs);
  const noted = await updateIfUnchanged(context, request, { surface: 'job', updatesCards: false, decide: noteMissing });
  if (noted === 'conflict' || !noted.ok) return doneOrRetry(noted);
  return retryAfter(provesGoneInMs(noted.request, context.now()) ?? 0);
}

export async function sendBackWithDifference(
  { context, request }: ApprovalEnd,
  found: Extract<SignedCartComparison, { readonly kind: 'differs' }>,
): Promise<RequestOutcome | 'conflict'> {
  const { difference, holds, total, lines } = found;
  const signed = { ...request, expectedInFleet: holds, total, lines };
  const fingerprint = context.seal.digest(signedText(signed, difference));
  return updateIfUnchanged(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) =>
      sendBack(current, now, { why: 'difference', difference, expectedInFleet: holds, total, lines, fingerprint }),
    work: (pending) => [expiryItem(pending)],
  });
}

export async function sendBackWithProblem(
  { context, request }: ApprovalEnd,
  problem: FleetFailure,
): Promise<RequestOutcome | 'conflict'> {
  const { tellAdmins, pausesOrdering } = adviceFor(problem, 'approval');
  return updateIfUnchanged(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => sendBack(current, now, { why: 'problem', problem }),
    work: (pending) => [
      expiryItem(pending),
      // What pauses ordering is announced once, by the code that watches Fleet.
      ...(tellAdmins && !pausesOrdering
        ? [fleetNeedsAdminItem(request, problem, `tell-admins.${pending.revision}`)]
        : []),
    ],
  });
}

/** The signer may not sign: the requester picks someone else. If eligibility is unknown, the approver presses again. */
export async function sendBackForSigner(
  { context, request }: ApprovalEnd,
  reason: CannotSignReason,
): Promise<RequestOutcome | 'conflict'> {
  const isUnavailable = reason === 'not_eligible';
  return updateIfUnchanged(context, request, {
    surface: 'job',
    notices: reason === 'requester_changed' ? requesterChangedNotices : signerRefusedNotices,
    decide: (current, now) => sendBack(current, now, { why: 'signer', isUnavailable }),
    work: (pending) => [expiryItem(pending), ...(isUnavailable ? [approverUnavailableItem(pending)] : [])],
  });
}

export function fleetNeedsAdminItem(request: DeviceRequest, failure: FleetFailure, name: string): WorkItem {
  const { tenant, state, requester, fleetOrderId } = request;
  const about = isAboutSignatory(failure) && 'by' in state ? state.by : requester;
  const notice = { kind: 'fleet_needs_admin', failure, about, fleetOrderId } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, { name });
}

function isAboutSignatory(failure: FleetFailure): boolean {
  return failure.operation === 'validateCart' && failure.kind === 'rejected' && failure.code === 'INVALID_USER';
}
