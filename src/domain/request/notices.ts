import type { FleetFailure } from '../failures/failure.ts';
import { adviceFor } from '../failures/table.ts';
import type { SlackUserId } from '../ids.ts';
import type { Notice, RequestFacts, RequestNotice, ToldMessage } from '../notices.ts';
import type { Person } from '../people/people.ts';
import { type Despite, type DeviceRequest, isBeingChecked } from './request.ts';

/** A notice and its reader. */
export interface AddressedNotice {
  readonly to: SlackUserId;
  readonly notice: Notice;
}

/** Updating a card is silent, so the people who must know also get a message. */
export function decisionNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const { state } = request;
  const about = factsOf(request);
  const { requester, approver } = readersOf(request);
  const checking = isBeingChecked(request) ? ({ isBeingChecked: true } as const) : {};
  switch (state.kind) {
    case 'pending':
      return pendingNotices(request);
    case 'ordered':
      return state.despite === undefined
        ? [requester({ kind: 'request_ordered', about, signatoryConfirmed: state.signatoryConfirmed })]
        : orderedAfterAll(request, state.despite);
    case 'declined':
      return [requester({ kind: 'request_declined', about, by: state.by.name, reason: state.reason, ...checking })];
    case 'changes_requested':
      return [requester({ kind: 'changes_requested', about, by: state.by.name, wish: state.wish, ...checking })];
    case 'withdrawn':
      return [approver({ kind: 'request_withdrawn', about, by: state.by.name, ...checking })];
    case 'expired':
      return [
        requester({ kind: 'request_expired', about, reader: 'requester', ...checking }),
        approver({ kind: 'request_expired', about, reader: 'approver', ...checking }),
      ];
    case 'closed_elsewhere': {
      const how = state.isPutAway === true ? 'put_away' : state.how;
      if (how === 'ordered' && state.despite !== undefined) return orderedAfterAll(request, state.despite);
      return [
        requester({ kind: 'closed_elsewhere', about, reader: 'requester', how }),
        approver({ kind: 'closed_elsewhere', about, reader: 'approver', how }),
      ];
    }
    case 'validating':
    case 'unconfirmed':
      return [];
  }
}

function orderedAfterAll(request: DeviceRequest, despite: Despite): readonly AddressedNotice[] {
  const about = factsOf(request);
  const { requester, approver } = readersOf(request);
  const notice = { kind: 'ordered_after_all', about, reader: 'approver', despite } as const;
  const { state } = request;
  const signer = state.kind === 'ordered' ? state.by.slackUserId : request.approver.slackUserId;
  return [
    requester({ ...notice, reader: 'requester' }),
    approver(notice),
    ...(signer === request.approver.slackUserId ? [] : [{ to: signer, notice }]),
  ];
}

function pendingNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const { approver } = readersOf(request);
  if (request.difference !== null) return [approver({ kind: 'cart_differs', about: factsOf(request) })];
  if (request.problem !== null) return refusedNotices(request, request.problem);
  return request.approverGone ? approverUnavailableNotices(request) : [];
}

/** The failure table says when the requester is told too: often only they can fix what Fleet rejects. */
function refusedNotices(request: DeviceRequest, problem: FleetFailure): readonly AddressedNotice[] {
  const about = factsOf(request);
  const { requester, approver } = readersOf(request);
  return [
    approver({ kind: 'fleet_refused', about, reader: 'approver' }),
    ...(adviceFor(problem, 'approval').tellRequester
      ? [requester({ kind: 'fleet_refused', about, reader: 'requester' })]
      : []),
  ];
}

/** Scheduled, or because the requester pressed **Remind**. */
export function reminderNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const { approver } = readersOf(request);
  return [approver({ kind: 'reminder', about: factsOf(request), expiresAt: request.expiresAt })];
}

export function approverUnavailableNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const { requester } = readersOf(request);
  return [requester({ kind: 'approver_needed', about: factsOf(request), lost: request.approver.name })];
}

/** The approval was sent back before anything was ordered: the approver may not sign, or we cannot tell. */
export function signerRefusedNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const about = factsOf(request);
  const { approver } = readersOf(request);
  if (request.approverGone) return [...approverUnavailableNotices(request), approver({ kind: 'may_not_sign', about })];
  return [approver({ kind: 'eligibility_unclear', about })];
}

/** The approval was sent back before anything was ordered: the requester is no longer who they were. */
export function requesterChangedNotices(request: DeviceRequest): readonly AddressedNotice[] {
  return [readersOf(request).approver({ kind: 'requester_changed', about: factsOf(request) })];
}

/** To an approver who was asked before, and whose existing card is updated silently. */
export function askedAgainNotices(request: DeviceRequest): readonly AddressedNotice[] {
  return [readersOf(request).approver({ kind: 'asked_again', about: factsOf(request) })];
}

/** To the requester, whose card is updated silently. */
export function reassignedNotices(request: DeviceRequest, by: Person): readonly AddressedNotice[] {
  const { requester, approver } = request;
  const notice = { kind: 'reassigned', about: factsOf(request), by: by.name, to: approver.name } as const;
  return [{ to: requester.slackUserId, notice }];
}

/** To the requester, once the deputy of `away` has become the approver. */
export function deputyNotices(request: DeviceRequest, away: Person): readonly AddressedNotice[] {
  const { requester, approver } = request;
  const notice = { kind: 'deputy_asked', about: factsOf(request), deputy: approver.name, away: away.name } as const;
  return [{ to: requester.slackUserId, notice }];
}

/** After the request was lost with Redis and restored. */
export function restoredNotices(request: DeviceRequest): readonly AddressedNotice[] {
  if (request.state.kind !== 'pending') return decisionNotices(request);
  const about = factsOf(request);
  const { requester, approver } = readersOf(request);
  return [
    requester({ kind: 'request_restored', about, reader: 'requester' }),
    approver({ kind: 'request_restored', about, reader: 'approver' }),
  ];
}

/** After the request was lost with Redis, and the requester's cart was changed before anyone noticed. */
export function replacedNotices(request: DeviceRequest): readonly AddressedNotice[] {
  const about = factsOf(request);
  const { requester, approver } = readersOf(request);
  return [
    requester({ kind: 'request_replaced', about, reader: 'requester' }),
    approver({ kind: 'request_replaced', about, reader: 'approver' }),
  ];
}

function factsOf({ id: requestId, fleetOrderId, requester, lines, expectedInFleet }: DeviceRequest): RequestFacts {
  const devices = lines.length || expectedInFleet.productIds.length;
  return { fleetOrderId, requestId, devices, requester: requester.name };
}

function readersOf({ requester, approver }: DeviceRequest) {
  const to =
    ({ slackUserId }: Person) =>
    (notice: Notice): AddressedNotice => ({ to: slackUserId, notice });
  return { requester: to(requester), approver: to(approver) };
}

/** While Slack is away a message waits, and what it says may have passed. The card and later messages say the rest. */
export function isPast(notice: RequestNotice, { state, approverGone }: DeviceRequest): boolean {
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  switch (notice.kind) {
    case 'request_ordered':
    case 'ordered_after_all':
      return false;
    case 'closed_elsewhere':
      return notice.how === 'gone' && isOrder;
    case 'request_declined':
    case 'changes_requested':
    case 'request_withdrawn':
    case 'request_expired':
    case 'request_replaced':
      return isOrder;
    // The rest say that the request waits for somebody. Named, so that a new notice is not taken for one of them.
    case 'cart_differs':
    case 'fleet_refused':
    case 'reminder':
    case 'may_not_sign':
    case 'requester_changed':
    case 'eligibility_unclear':
    case 'asked_again':
    case 'deputy_asked':
    case 'reassigned':
    case 'request_restored':
      return state.kind !== 'pending';
    case 'approver_needed':
      return state.kind !== 'pending' || !approverGone;
  }
}

/** Whether a message that was sent would mislead from now on. While Fleet is asked, the card says more. */
export function isToBeRewritten({ to, notice }: ToldMessage, request: DeviceRequest): boolean {
  const { requester, approver, state } = request;
  const isFormer = to !== requester.slackUserId && to !== approver.slackUserId;
  const isSettled = state.kind !== 'validating' && state.kind !== 'unconfirmed';
  return isFormer || (isSettled && isPast(notice, request));
}
