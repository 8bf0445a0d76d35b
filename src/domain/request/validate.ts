import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/compare.ts';
import type { FleetFailure } from '../failures/failure.ts';
import type { OrderLine } from '../line.ts';
import type { Person } from '../people/people.ts';
import { acceptChange, acceptEnd, type Decision, refuseWrongState, whyNotPending } from './decide.ts';
import { type Despite, type DeviceRequest, isBeingChecked, isOpen, isWatched, type RequestState } from './request.ts';

const us = 'fleet_for_slack' as const;

export function expire(request: DeviceRequest, now: number): Decision {
  if (request.state.kind !== 'pending' || now < request.expiresAt) return refuseWrongState(request, now);
  return acceptEnd(request, { kind: 'expired', at: now }, { did: 'request_expired', by: us, outcome: 'expired' });
}

/** A read may lag behind a write for less than this. */
const READS_LAG_MS = 60_000;

/** Fleet showed neither a cart nor an order. That proves nothing until it has been so for a minute. */
export function noteMissing(request: DeviceRequest, now: number): Decision {
  if (typeof request.missingSince === 'number' || (!isOpen(request.state) && !isWatched(request)))
    return refuseWrongState(request, now);
  return acceptChange(request, { missingSince: now }, { did: 'cart_not_shown', by: us, outcome: request.state.kind });
}

/** Fleet shows the cart again, so the next time that it doesn't is a first time. */
export function noteSeen(request: DeviceRequest, now: number): Decision {
  if (typeof request.missingSince !== 'number') return refuseWrongState(request, now);
  return acceptChange(request, {}, { did: 'cart_shown_again', by: us, outcome: request.state.kind });
}

/** How long until the next look proves that the cart is gone; 0: this one does. Null: none noted it yet. */
export function provesGoneInMs({ missingSince }: DeviceRequest, now: number): number | null {
  return typeof missingSince === 'number' ? Math.max(0, missingSince + READS_LAG_MS - now) : null;
}

export function recordGone(request: DeviceRequest, now: number): Decision {
  if (!isOpen(request.state)) return refuseWrongState(request, now);
  return acceptEnd(
    leaveUnanswered(request),
    { kind: 'closed_elsewhere', at: now, how: 'gone', clientStatus: null },
    { did: 'closed_elsewhere', by: us, outcome: 'gone' },
  );
}

/** We gave up on its validate, but Fleet may still carry it out: if an order turns up, this says who approved it. */
function leaveUnanswered(request: DeviceRequest): DeviceRequest {
  const { state } = request;
  return state.kind === 'unconfirmed' ? { ...request, unansweredApproval: { by: state.by, at: state.at } } : request;
}

/** People weren't told that it's being checked yet. */
export function noteEndingTold(request: DeviceRequest, now: number): Decision {
  if (!isBeingChecked(request) || request.ending === 'told') return refuseWrongState(request, now);
  const search = typeof request.missingSince === 'number' ? { missingSince: request.missingSince } : {};
  return acceptChange(
    request,
    { ending: 'told', ...search },
    { did: 'ending_unclear', by: us, outcome: request.state.kind },
  );
}

/** Fleet was asked: nothing was ordered. */
export function confirmEnding(request: DeviceRequest, now: number): Decision {
  if (!isBeingChecked(request)) return refuseWrongState(request, now);
  return acceptChange(request, { ending: 'checked' }, { did: 'ending_checked', by: us, outcome: request.state.kind });
}

/** Its cart was sent again, in a newer request. */
export function markSuperseded(request: DeviceRequest, now: number): Decision {
  if (!isWatched(request) || request.isSuperseded === true) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { isSuperseded: true },
    { did: 'request_superseded', by: us, outcome: request.state.kind },
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

/**
 * A validate without a clear answer: from here on its outcome is looked up; it is never just sent again. `refusal`: see
 * the state.
 */
export function giveUpOnAnswer(request: DeviceRequest, now: number, refusal: FleetFailure | null = null): Decision {
  const { state } = request;
  if (state.kind !== 'validating' || state.validateSentAt === null) return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { kind: 'unconfirmed', by: state.by, at: state.at, gaveUpAt: now, looks: 0, refusal } },
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
export function giveUpOnSecondAnswer(
  request: DeviceRequest,
  now: number,
  refusal: FleetFailure | null = null,
): Decision {
  const { state } = request;
  if (state.kind !== 'unconfirmed') return refuseWrongState(request, now);
  return acceptChange(
    request,
    { state: { ...state, gaveUpAt: now, refusal } },
    { did: 'validate_unanswered', by: us, outcome: 'unconfirmed' },
  );
}

/** Fleet's 200 to our validate is proof, whatever was recorded meanwhile. */
export function recordOrdered(
  request: DeviceRequest,
  now: number,
  { clientStatus, by }: { readonly clientStatus: string; readonly by: Person },
): Decision {
  const { state } = request;
  if (state.kind === 'ordered' && state.signatoryConfirmed) return refuseWrongState(request, now);
  const toldOf = 'toldOf' in state && state.toldOf !== undefined ? { toldOf: state.toldOf } : {};
  return acceptEnd(
    request,
    { kind: 'ordered', by, at: now, clientStatus, signatoryConfirmed: true, ...toldOf, ...despiteOf(state) },
    { did: 'order_placed', by: us, outcome: 'confirmed' },
  );
}

/** What people were last told, if that wasn't that it's ordered. */
export function despiteOf(state: RequestState): { readonly despite?: Despite } {
  switch (state.kind) {
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
      return { despite: { kind: state.kind, by: state.by } };
    case 'pending':
    case 'expired':
      return { despite: { kind: state.kind } };
    case 'closed_elsewhere':
      return state.how === 'gone' ? { despite: { kind: 'gone' } } : despiteSince(state);
    case 'ordered':
      return despiteSince(state);
    case 'validating':
    case 'unconfirmed':
      return {};
  }
}

function despiteSince({ despite }: { readonly despite?: Despite }): { readonly despite?: Despite } {
  return despite === undefined ? {} : { despite };
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

/** An approval pressed in time that comes back late can be pressed again for a day. */
const PRESS_AGAIN_MS = 24 * 60 * 60 * 1000;

export function sendBack(approved: DeviceRequest, now: number, back: SendBackReason): Decision {
  const { state } = approved;
  if (state.kind !== 'validating' && state.kind !== 'unconfirmed') return refuseWrongState(approved, now);
  const request = leaveUnanswered(approved);
  const expiresAt = Math.max(request.expiresAt, now + PRESS_AGAIN_MS);
  const pending = { state: { kind: 'pending' }, sentBack: (request.sentBack ?? 0) + 1, expiresAt } as const;
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
