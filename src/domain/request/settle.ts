import type { Person } from '../people/people.ts';
import type { Decision, DecisionFacts } from './decision.ts';
import type { DeviceRequest, RequestState } from './request.ts';

/** What a change of state leaves alone stays; the revision rises by one with every save. */
export function settled(request: DeviceRequest, change: Partial<DeviceRequest>, facts: DecisionFacts): Decision {
  return { ok: true, request: { ...request, ...change, revision: request.revision + 1 }, facts };
}

/** A request that is over shows neither an old problem nor an old difference. */
export function ended(request: DeviceRequest, state: RequestState, facts: DecisionFacts): Decision {
  return settled(request, { state, problem: null, difference: null, approverGone: false }, facts);
}

/** Somebody else is asked from now on. */
export function passedOn(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
  facts: Omit<DecisionFacts, 'outcome'>,
): Decision {
  if (to.slackUserId === request.approver.slackUserId) {
    return { ok: false, refusal: { kind: 'same_approver', approver: request.approver } };
  }
  // A reminder to the one before says nothing about this one.
  const asked = { approver: to, approverGone: false, lastRemindedAt: null, askedAt: now };
  return settled(request, asked, { ...facts, outcome: 'asked' });
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
      return decided(state.by, state.kind);
    case 'closed_elsewhere':
      return decided(null, state.kind);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return state satisfies never;
  }
}

/** For our own jobs: the state they expected is not there (any more). */
export function notInState(request: DeviceRequest, now: number): Extract<Decision, { ok: false }> {
  return whyNotPending(request, now) ?? { ok: false, refusal: { kind: 'card_outdated' } };
}

function decided(by: Person | null, state: RequestState['kind']): Extract<Decision, { ok: false }> {
  return { ok: false, refusal: { kind: 'already_decided', by, state } };
}
