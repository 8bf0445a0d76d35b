import type { Person } from '../people/people.ts';
import type { SignRefusal } from './may-sign.ts';
import type { DeviceRequest, RequestState, RequestStateKind } from './request.ts';

/** Why we say no to somebody who pressed or submitted. Nothing was changed by it. */
export type RequestRefusal =
  /** The card's value was not signed by us, was changed, or belongs to another workspace. */
  | { readonly kind: 'not_our_card' }
  /** The store does not know it: it is being rebuilt from the card and from Fleet. Never validated by this press. */
  | { readonly kind: 'being_rebuilt' }
  | { readonly kind: 'unknown_request' }
  | { readonly kind: 'not_the_approver'; readonly approver: Person }
  | { readonly kind: 'not_the_requester'; readonly requester: Person }
  /** Of the person who pressed, or of the one who was named. */
  | SignRefusal
  /** They left, or are somebody else in Fleet by now: nobody purchases in a name that is not theirs. */
  | { readonly kind: 'requester_changed'; readonly requester: Person }
  /** `by` is null where nobody decided (expired, closed elsewhere). */
  | { readonly kind: 'already_decided'; readonly by: Person | null; readonly state: RequestStateKind }
  /** Somebody approved and Fleet has not answered yet. */
  | { readonly kind: 'being_sent'; readonly by: Person }
  | { readonly kind: 'expired'; readonly expiresAt: number }
  /** The button stands on a card that shows something else than what would be signed now. */
  | { readonly kind: 'card_outdated' }
  | { readonly kind: 'reminded_lately'; readonly nextAt: number }
  | { readonly kind: 'approver_gone'; readonly approver: Person }
  | { readonly kind: 'approver_still_there'; readonly approver: Person }
  | { readonly kind: 'same_approver'; readonly approver: Person }
  | { readonly kind: 'ordering_paused' };

/** What the audit log says of a change, without who pressed where. */
export interface DecisionFacts {
  readonly did: string;
  readonly by: Person | 'fleet_for_slack';
  readonly outcome: string;
  /** Why settings let somebody sign their own request. */
  readonly reason?: string;
}

export type Decision =
  | { readonly ok: true; readonly request: DeviceRequest; readonly facts: DecisionFacts }
  | { readonly ok: false; readonly refusal: RequestRefusal };

/** With the request as it is now; null: it is not known. */
export interface RefusedOutcome {
  readonly ok: false;
  readonly refusal: RequestRefusal;
  readonly request: DeviceRequest | null;
}

/** What a change of state leaves alone stays; the revision rises by one with every save. */
export function acceptChange(request: DeviceRequest, change: Partial<DeviceRequest>, facts: DecisionFacts): Decision {
  return { ok: true, request: { ...request, ...change, revision: request.revision + 1 }, facts };
}

/** A request that is over shows neither an old problem nor an old difference. */
export function acceptEnd(request: DeviceRequest, state: RequestState, facts: DecisionFacts): Decision {
  return acceptChange(request, { state, problem: null, difference: null, approverGone: false }, facts);
}

/** Somebody else is asked from now on. */
export function acceptNewApprover(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
  facts: Omit<DecisionFacts, 'outcome'>,
): Decision {
  if (to.slackUserId === request.approver.slackUserId) {
    return { ok: false, refusal: { kind: 'same_approver', approver: request.approver } };
  }
  // A reminder to the one before says nothing about this one.
  const asked = { approver: to, approverGone: false, lastRemindedAt: null, askedAt: now };
  return acceptChange(request, asked, { ...facts, outcome: 'asked' });
}

/** Null: it waits for a decision. Otherwise what somebody who still wants to decide is told. */
export function whyNotPending(request: DeviceRequest, now: number): Extract<Decision, { ok: false }> | null {
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

/** For our own jobs: the state they expected is not there (any more). */
export function refuseWrongState(request: DeviceRequest, now: number): Extract<Decision, { ok: false }> {
  return whyNotPending(request, now) ?? { ok: false, refusal: { kind: 'card_outdated' } };
}

function alreadyDecided(by: Person | null, state: RequestState['kind']): Extract<Decision, { ok: false }> {
  return { ok: false, refusal: { kind: 'already_decided', by, state } };
}
