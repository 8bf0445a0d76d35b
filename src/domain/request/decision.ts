import type { Person } from '../people/people.ts';
import type { SignRefusal } from './may-sign.ts';
import type { DeviceRequest, RequestState, RequestStateKind } from './request.ts';

/** Why a press or submission was refused. It changed nothing. */
export type RequestRefusal =
  /** The card's value was not signed by us, was altered, or belongs to another workspace. */
  | { readonly kind: 'not_our_card' }
  /** Not in the store: it is being rebuilt from the card and from Fleet. This press never validates it. */
  | { readonly kind: 'being_rebuilt' }
  | { readonly kind: 'unknown_request' }
  | { readonly kind: 'not_the_approver'; readonly approver: Person }
  | { readonly kind: 'not_the_requester'; readonly requester: Person }
  /** About the person who pressed, or the one they named. */
  | SignRefusal
  /** The requester left or is linked to another Fleet user, and must not purchase in the former one's name. */
  | { readonly kind: 'requester_changed'; readonly requester: Person }
  /** `by` is null if no person decided (expired, closed elsewhere). */
  | { readonly kind: 'already_decided'; readonly by: Person | null; readonly state: RequestStateKind }
  /** Approved, but Fleet has not answered yet. */
  | { readonly kind: 'being_sent'; readonly by: Person }
  | { readonly kind: 'expired'; readonly expiresAt: number }
  /** The card shows something other than what would be signed now. */
  | { readonly kind: 'card_outdated' }
  | { readonly kind: 'reminded_lately'; readonly nextAt: number }
  | { readonly kind: 'approver_gone'; readonly approver: Person }
  | { readonly kind: 'approver_still_there'; readonly approver: Person }
  | { readonly kind: 'same_approver'; readonly approver: Person }
  | { readonly kind: 'ordering_paused' };

/** What the audit log says about a change, apart from where it was pressed. */
export interface DecisionFacts {
  readonly did: string;
  readonly by: Person | 'fleet_for_slack';
  readonly outcome: string;
  /** Why settings allow this approver to sign their own request. */
  readonly reason?: string;
}

export type Decision =
  | { readonly ok: true; readonly request: DeviceRequest; readonly facts: DecisionFacts }
  | { readonly ok: false; readonly refusal: RequestRefusal };

export type RefusedDecision = Extract<Decision, { readonly ok: false }>;

/** `request` is current; null: unknown. */
export interface RefusedOutcome {
  readonly ok: false;
  readonly refusal: RequestRefusal;
  readonly request: DeviceRequest | null;
}

/** The revision rises by one with every save. */
export function acceptChange(request: DeviceRequest, change: Partial<DeviceRequest>, facts: DecisionFacts): Decision {
  return { ok: true, request: { ...request, ...change, revision: request.revision + 1 }, facts };
}

/** A closed request no longer shows a problem or a difference. */
export function acceptEnd(request: DeviceRequest, state: RequestState, facts: DecisionFacts): Decision {
  return acceptChange(request, { state, problem: null, difference: null, approverGone: false }, facts);
}

export function acceptNewApprover(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
  facts: Omit<DecisionFacts, 'outcome'>,
): Decision {
  if (to.slackUserId === request.approver.slackUserId) {
    return { ok: false, refusal: { kind: 'same_approver', approver: request.approver } };
  }
  // Reminders to the previous approver do not count.
  const change = { approver: to, approverGone: false, lastRemindedAt: null, askedAt: now };
  return acceptChange(request, change, { ...facts, outcome: 'asked' });
}

/** Null: it waits for a decision. Otherwise the refusal for anyone who still tries to decide. */
export function whyNotPending(request: DeviceRequest, now: number): RefusedDecision | null {
  const { state } = request;
  switch (state.kind) {
    case 'pending':
      return now < request.expiresAt ? null : { ok: false, refusal: { kind: 'expired', expiresAt: request.expiresAt } };
    case 'validating':
    case 'unconfirmed':
      return { ok: false, refusal: { kind: 'being_sent', by: state.by } };
    case 'expired':
      return { ok: false, refusal: { kind: 'expired', expiresAt: request.expiresAt } };
    case 'ordered':
    case 'declined':
    case 'changes_requested':
    case 'withdrawn':
      return alreadyDecided(state.by, state.kind);
    case 'closed_elsewhere':
      return alreadyDecided(null, state.kind);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return state satisfies never;
  }
}

/** For our own jobs: the request is not in the state they expect. */
export function refuseWrongState(request: DeviceRequest, now: number): RefusedDecision {
  return whyNotPending(request, now) ?? { ok: false, refusal: { kind: 'card_outdated' } };
}

function alreadyDecided(by: Person | null, state: RequestState['kind']): RefusedDecision {
  return { ok: false, refusal: { kind: 'already_decided', by, state } };
}
