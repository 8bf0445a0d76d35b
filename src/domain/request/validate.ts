import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/compare.ts';
import type { FleetFailure } from '../failures/failure.ts';
import type { OrderLine } from '../line.ts';
import { acceptChange, acceptEnd, type Decision, refuseWrongState, whyNotPending } from './decide.ts';
import { type DeviceRequest, isOpen } from './request.ts';

const us = 'fleet_for_slack' as const;

export function expire(request: DeviceRequest, now: number): Decision {
  if (request.state.kind !== 'pending' || now < request.expiresAt) return refuseWrongState(request, now);
  return acceptEnd(request, { kind: 'expired', at: now }, { did: 'request_expired', by: us, outcome: 'expired' });
}

export function closeElsewhere(
  request: DeviceRequest,
  now: number,
  found: { readonly how: 'ordered' | 'gone'; readonly clientStatus: string | null },
): Decision {
  if (!isOpen(request.state)) return refuseWrongState(request, now);
  return acceptEnd(
    request,
    { kind: 'closed_elsewhere', at: now, ...found },
    { did: 'closed_elsewhere', by: us, outcome: found.how },
  );
}

/** The approver left, was deactivated, cannot be messaged or may no longer sign. */
export function flagApproverGone(request: DeviceRequest, now: number): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  if (request.approverGone) return { ok: false, refusal: { kind: 'approver_gone', approver: request.approver } };
  return acceptChange(request, { approverGone: true }, { did: 'approver_lost', by: us, outcome: 'pending' });
}

/** Only the run that commits this may send a validate; a run that finds it set must look up the outcome. */
export function claimValidate(request: DeviceRequest, now: number, expectedInFleet: FleetSnapshot): Decision {
  const { state } = request;
  if (state.kind !== 'validating' || state.validateSentAt !== null) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, validateSentAt: now }, expectedInFleet },
    { did: 'validate_claimed', by: us, outcome: 'sending' },
  );
}

/** Fleet (or our own budget) turned the validate away before it had any effect, so it may be claimed again. */
export function releaseValidate(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'validating' || state.validateSentAt === null) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, validateSentAt: null } },
    { did: 'validate_turned_away', by: us, outcome: 'waits' },
  );
}

/** Shown on the card once, however long the wait. */
export function markFleetBusy(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'validating' || state.isBusy === true) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, isBusy: true } },
    { did: 'approval_waits', by: us, outcome: 'busy' },
  );
}

/** A validate without a clear answer: from here on its outcome is looked up; it is never just sent again. */
export function giveUpOnAnswer(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'validating' || state.validateSentAt === null) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { kind: 'unconfirmed', by: state.by, at: state.at, gaveUpAt: now, looks: 0 } },
    { did: 'validate_unanswered', by: us, outcome: 'unconfirmed' },
  );
}

export function countLookUp(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'unconfirmed') return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, looks: state.looks + 1 } },
    { did: 'order_looked_up', by: us, outcome: 'unconfirmed' },
  );
}

export const SECOND_VALIDATE_AFTER_MS = 60_000;

/** The right to send one more validate: only if the cart still exists a minute after the last one was given up. */
export function claimSecondValidate(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'unconfirmed' || now - state.gaveUpAt < SECOND_VALIDATE_AFTER_MS)
    return refuseWrongState(request, now);
  // Given up in advance: if this process dies now, the next look-up waits a full minute again.
  return acceptChange(
    request,
    { state: { ...state, gaveUpAt: now, looks: state.looks + 1 } },
    { did: 'second_validate_claimed', by: us, outcome: 'sending' },
  );
}

/** The minute counts from giving up on the answer, not from sending. */
export function giveUpOnSecondAnswer(request: DeviceRequest, now: number): Decision {
  const { state } = request;
  if (state.kind !== 'unconfirmed') return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, gaveUpAt: now } },
    { did: 'validate_unanswered', by: us, outcome: 'unconfirmed' },
  );
}

export function recordOrdered(
  request: DeviceRequest,
  now: number,
  { clientStatus, signatoryConfirmed }: { readonly clientStatus: string; readonly signatoryConfirmed: boolean },
): Decision {
  const { state } = request;
  if (state.kind !== 'validating' && state.kind !== 'unconfirmed') return refuseWrongState(request, now);
  return acceptEnd(
    request,
    { kind: 'ordered', by: state.by, at: now, clientStatus, signatoryConfirmed },
    { did: 'order_placed', by: us, outcome: signatoryConfirmed ? 'confirmed' : 'signatory_unconfirmed' },
  );
}

/** Why an approval is sent back, with what the approver needs to decide again. */
export type SendBackReason =
  /** Right before the validate: the approver may no longer sign, or that cannot be determined. */
  | { readonly why: 'signer'; readonly isUnavailable: boolean }
  | { readonly why: 'problem'; readonly problem: FleetFailure }
  | {
      readonly why: 'difference';
      readonly difference: CartDifference;
      readonly expectedInFleet: FleetSnapshot;
      readonly total: CartTotal;
      /** The same devices; only their prices may have changed. */
      readonly lines: readonly OrderLine[];
      /** New: a card that does not show the difference can no longer be approved. */
      readonly fingerprint: string;
    };

export function sendBack(request: DeviceRequest, now: number, back: SendBackReason): Decision {
  const { state } = request;
  if (state.kind !== 'validating' && state.kind !== 'unconfirmed') return refuseWrongState(request, now);
  const pending = { state: { kind: 'pending' }, sentBack: (request.sentBack ?? 0) + 1 } as const;
  if (back.why === 'signer') {
    return acceptChange(
      request,
      { ...pending, approverGone: back.isUnavailable },
      refusalFacts('signer_refused', 'pending'),
    );
  }
  if (back.why === 'problem') {
    const outcome = back.problem.kind === 'rejected' ? back.problem.code : back.problem.kind;
    return acceptChange(
      request,
      { ...pending, problem: back.problem, difference: null },
      refusalFacts('fleet_refused', outcome),
    );
  }
  const { difference, expectedInFleet, total, lines, fingerprint } = back;
  return acceptChange(
    request,
    { ...pending, problem: null, difference, expectedInFleet, total, lines, fingerprint },
    refusalFacts('cart_differs', 'pending'),
  );
}

function refusalFacts(did: string, outcome: string) {
  return { did, by: us, outcome };
}
