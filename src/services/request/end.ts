import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import { decisionNotices, signerRefusedNotices } from '../../domain/request/notices.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import { closeElsewhere, recordOrdered, sendBack } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { approverUnavailableItem } from './deputy.ts';
import type { SignedCartComparison } from './signed-cart.ts';
import { expiryItem, type RequestOutcome, updateIfUnchanged, updateRequest, workItem } from './update.ts';

/** An approval that is about to end: each function below is one way, in one commit. */
export interface ApprovalEnd {
  readonly context: ServiceContext;
  readonly request: DeviceRequest;
}

/** Fleet's answer is proof, whatever another run of this job has written since. */
export async function endOrdered(
  { context, request }: ApprovalEnd,
  outcome: { readonly clientStatus: string; readonly signatoryConfirmed: boolean },
): Promise<RequestOutcome> {
  return updateRequest(context, request.id, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => recordOrdered(current, now, outcome),
  });
}

export async function endClosedElsewhere(
  { context, request }: ApprovalEnd,
  found: { readonly how: 'ordered' | 'gone'; readonly clientStatus: string | null },
): Promise<RequestOutcome | 'conflict'> {
  return updateIfUnchanged(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => closeElsewhere(current, now, found),
  });
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
  { isUnavailable }: { readonly isUnavailable: boolean },
): Promise<RequestOutcome | 'conflict'> {
  return updateIfUnchanged(context, request, {
    surface: 'job',
    notices: signerRefusedNotices,
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
