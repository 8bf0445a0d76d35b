import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import { decisionNotices, unsignedNotices } from '../../domain/request/notices.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import { closeElsewhere, ordered, sendBack } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { tellAdminsOfLost } from './approver-gone.ts';
import { type Settled, settleExactly, settleRequest, workItem } from './settle.ts';
import type { Checked } from './signed-cart.ts';

/** The ways in which an approval that was pressed comes to its end, each in one commit. */
export interface Ending {
  readonly context: ServiceContext;
  readonly request: DeviceRequest;
}

/** Fleet's 200 is proof, whatever another run of this job has written meanwhile. */
export async function endOrdered(
  { context, request }: Ending,
  outcome: { readonly clientStatus: string; readonly signatoryConfirmed: boolean },
): Promise<Settled> {
  return settleRequest(context, request.id, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => ordered(current, now, outcome),
  });
}

export async function endElsewhere(
  { context, request }: Ending,
  found: { readonly how: 'ordered' | 'gone'; readonly clientStatus: string | null },
): Promise<Settled | 'overtaken'> {
  return settleExactly(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => closeElsewhere(current, now, found),
  });
}

export async function endDiffering(
  { context, request }: Ending,
  found: Extract<Checked, { readonly kind: 'differs' }>,
): Promise<Settled | 'overtaken'> {
  const { difference, holds, total, lines } = found;
  const signed = { ...request, expectedInFleet: holds, total, lines };
  const fingerprint = context.seal.digest(signedText(signed, difference));
  return settleExactly(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) =>
      sendBack(current, now, { why: 'difference', difference, expectedInFleet: holds, total, lines, fingerprint }),
    work: (pending) => [expireAgain(pending)],
  });
}

export async function endRefused({ context, request }: Ending, problem: FleetFailure): Promise<Settled | 'overtaken'> {
  const { tellAdmins, pausesOrdering } = adviceFor(problem, 'approval');
  return settleExactly(context, request, {
    surface: 'job',
    notices: decisionNotices,
    decide: (current, now) => sendBack(current, now, { why: 'problem', problem }),
    work: (pending) => [
      expireAgain(pending),
      // What pauses ordering is told by whoever watches Fleet, once for everybody.
      ...(tellAdmins && !pausesOrdering ? [needsAdmin(request, problem, `tell-admins.${pending.revision}`)] : []),
    ],
  });
}

/** Whoever pressed may not sign: the requester chooses another. While nobody can say, the approver presses again. */
export async function endUnsigned(
  { context, request }: Ending,
  { isLost }: { readonly isLost: boolean },
): Promise<Settled | 'overtaken'> {
  return settleExactly(context, request, {
    surface: 'job',
    notices: unsignedNotices,
    decide: (current, now) => sendBack(current, now, { why: 'signer', isLost }),
    work: (pending) => [expireAgain(pending), ...(isLost ? [tellAdminsOfLost(pending)] : [])],
  });
}

/** It is pending again, and its deadline may have passed while Fleet was asked. */
export function expireAgain(request: DeviceRequest): WorkItem {
  const work = { kind: 'expire', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'expire', request.expiresAt);
}

export function needsAdmin(request: DeviceRequest, failure: FleetFailure, what: string): WorkItem {
  const { tenant, state, requester, fleetOrderId } = request;
  const about = isAboutSignatory(failure) && 'by' in state ? state.by : requester;
  const notice = { kind: 'fleet_needs_admin', failure, about, fleetOrderId } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, what);
}

function isAboutSignatory(failure: FleetFailure): boolean {
  return failure.operation === 'validateCart' && failure.kind === 'rejected' && failure.code === 'INVALID_USER';
}
