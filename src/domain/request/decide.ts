import { DateTime } from 'luxon';
import type { DraftCart } from '../cart/cart.ts';
import type { SlackUserId } from '../ids.ts';
import type { SignRefusal } from '../people/match.ts';
import type { Person } from '../people/people.ts';
import {
  type CardValue,
  type DeviceRequest,
  isEndedUnordered,
  isOpen,
  type RequestState,
  type RequestStateKind,
} from './request.ts';

/** Why a press or submission was refused. It changed nothing. */
export type RequestRefusal =
  /** The card's value was not signed by us, was altered, or belongs to another workspace. */
  | { readonly kind: 'not_our_card' }
  /** Not in the store: it is being rebuilt from the card and from Fleet. This press never validates it. */
  | { readonly kind: 'being_rebuilt' }
  | { readonly kind: 'unknown_request' }
  /** This very press was received before. `did`: what came of it, as the audit log says it; null: nothing. */
  | { readonly kind: 'repeated'; readonly did: string | null }
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
  const search = typeof request.missingSince === 'number' ? { missingSince: null } : {};
  return { ok: true, request: { ...request, ...search, ...change, revision: request.revision + 1 }, facts };
}

/** A closed request no longer shows a problem or a difference. That nothing was ordered is still to be checked. */
export function acceptEnd(request: DeviceRequest, state: RequestState, facts: DecisionFacts): Decision {
  const ending = isEndedUnordered(state) ? ({ ending: 'unchecked' } as const) : {};
  return acceptChange(request, { state, problem: null, difference: null, approverGone: false, ...ending }, facts);
}

function acceptNewApprover(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
  facts: Omit<DecisionFacts, 'outcome'>,
): Decision {
  if (to.slackUserId === request.approver.slackUserId) {
    return { ok: false, refusal: { kind: 'same_approver', approver: request.approver } };
  }
  // Reminders to the previous approver do not count.
  const reassigned = { from: request.approver, by: facts.by === 'fleet_for_slack' ? null : facts.by };
  const change = { approver: to, approverGone: false, lastRemindedAt: null, askedAt: now, reassigned };
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
  }
}

/** For our own jobs: the request is not in the state they expect. */
export function refuseWrongState(request: DeviceRequest, now: number): RefusedDecision {
  return whyNotPending(request, now) ?? { ok: false, refusal: { kind: 'card_outdated' } };
}

function alreadyDecided(by: Person | null, state: RequestState['kind']): RefusedDecision {
  return { ok: false, refusal: { kind: 'already_decided', by, state } };
}

/** A person's action on a request that waits for a decision. `by` comes from Slack's signed payload. */
interface Act {
  readonly by: SlackUserId;
  readonly now: number;
}

/** What the pressed card says that it is about. */
type SeenCard = Pick<CardValue, 'fingerprint' | 'sentBack'>;

interface Approval {
  readonly signer: Person;
  readonly now: number;
  readonly card: SeenCard;
  /** Set if the signer signs their own request: why settings allow it. */
  readonly ownRequestReason?: string;
}

/** `signer` passed `checkMaySign` for this press, and becomes Fleet's signatory. */
export function approve(request: DeviceRequest, { signer, now, card, ownRequestReason }: Approval): Decision {
  const refused = whyCannotApprove(request, { by: signer.slackUserId, now, card });
  if (refused !== null) return refused;
  return acceptChange(
    request,
    {
      state: { kind: 'validating', by: signer, at: now, validateSentAt: null },
      // Passing the check proves that the approver is available.
      difference: null,
      problem: null,
      approverGone: false,
    },
    {
      did: 'approval_pressed',
      by: signer,
      outcome: 'accepted',
      ...(ownRequestReason === undefined ? {} : { reason: ownRequestReason }),
    },
  );
}

/** What can be refused before looking up whether the person may sign. */
export function whyCannotApprove(
  request: DeviceRequest,
  { by, now, card }: Act & { readonly card: SeenCard },
): RefusedDecision | null {
  const refused = whyApproverCannot(request, { by, now });
  if (refused !== null) return refused;
  const isCurrent = card.fingerprint === request.fingerprint && (card.sentBack ?? 0) === (request.sentBack ?? 0);
  return isCurrent ? null : { ok: false, refusal: { kind: 'card_outdated' } };
}

export function decline(request: DeviceRequest, { by, now, reason }: Act & { readonly reason: string }): Decision {
  const refused = whyApproverCannot(request, { by, now });
  if (refused !== null) return refused;
  return acceptEnd(
    request,
    { kind: 'declined', by: request.approver, at: now, reason },
    { did: 'request_declined', by: request.approver, outcome: 'declined' },
  );
}

export function askForChanges(request: DeviceRequest, { by, now, wish }: Act & { readonly wish: string }): Decision {
  const refused = whyApproverCannot(request, { by, now });
  if (refused !== null) return refused;
  return acceptEnd(
    request,
    { kind: 'changes_requested', by: request.approver, at: now, wish },
    { did: 'changes_requested', by: request.approver, outcome: 'changes_requested' },
  );
}

export function withdraw(request: DeviceRequest, { by, now }: Act): Decision {
  const refused = whyRequesterCannot(request, { by, now });
  if (refused !== null) return refused;
  return acceptEnd(
    request,
    { kind: 'withdrawn', by: request.requester, at: now },
    { did: 'request_withdrawn', by: request.requester, outcome: 'withdrawn' },
  );
}

export function reassign(request: DeviceRequest, { by, now, to }: Act & { readonly to: Person }): Decision {
  const refused = whyApproverCannot(request, { by, now });
  if (refused !== null) return refused;
  return acceptNewApprover(request, { to, now }, { did: 'request_handed_over', by: request.approver });
}

/** For the requester whose approver cannot be reached or may no longer sign. */
export function chooseAnotherApprover(
  request: DeviceRequest,
  { by, now, to }: Act & { readonly to: Person },
): Decision {
  const refused = whyRequesterCannot(request, { by, now });
  if (refused !== null) return refused;
  if (!request.approverGone) {
    return { ok: false, refusal: { kind: 'approver_still_there', approver: request.approver } };
  }
  return acceptNewApprover(request, { to, now }, { did: 'approver_chosen_anew', by: request.requester });
}

/** Anyone else, such as a former approver, is told first if nothing is left to decide. */
function whyApproverCannot(request: DeviceRequest, { by, now }: Act): RefusedDecision | null {
  const over = whyNotPending(request, now);
  if (over !== null || by === request.approver.slackUserId) return over;
  return { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } };
}

function whyRequesterCannot(request: DeviceRequest, { by, now }: Act): RefusedDecision | null {
  if (by !== request.requester.slackUserId) {
    return { ok: false, refusal: { kind: 'not_the_requester', requester: request.requester } };
  }
  return whyNotPending(request, now);
}

/** Asked in place of an approver who is away. */
export interface Deputy {
  readonly slackUserId: SlackUserId;
  /** Epoch milliseconds: the end of their last day away. */
  readonly until: number;
}

/** `to` was found eligible for this very request. */
export function reassignToDeputy(
  request: DeviceRequest,
  { to, now }: { readonly to: Person; readonly now: number },
): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  return acceptNewApprover(request, { to, now }, { did: 'handed_to_deputy', by: 'fleet_for_slack' });
}

/** The end of that day in the approver's time zone; an unknown zone counts as UTC. Null: no such day. */
export function endOfDay(date: string, timeZone: string): number | null {
  const there = DateTime.fromISO(date, { zone: timeZone });
  const day = there.isValid ? there : DateTime.fromISO(date, { zone: 'utc' });
  return day.isValid ? day.endOf('day').toMillis() : null;
}

/** What happens to the lines in the requester's cart when a request ends without an order. */
export type LinesAfter = 'kept' | 'dropped';

/**
 * The requester's cart after a change of the request. `undefined`: unchanged (still locked, or another cart). Null: the
 * cart is deleted.
 */
export function draftAfter(
  request: DeviceRequest,
  draft: DraftCart | null,
  lines: LinesAfter,
): DraftCart | null | undefined {
  const { state, id, fleetOrderId } = request;
  if (draft === null || isOpen(state)) return undefined;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  // Found ordered after its end: the cart may have been unlocked meanwhile.
  if (isOrder && draft.lockedBy === null && draft.fleetOrderId === fleetOrderId) return null;
  if (draft.lockedBy !== id) return undefined;
  if (isOrder || state.kind === 'closed_elsewhere') return null;
  const free = { ...draft, lockedBy: null, revision: draft.revision + 1 };
  if (lines === 'kept') return free;
  // Fleet cannot delete a cart: what it still holds is kept with the empty draft, and the next order reuses it.
  return { ...free, lines: [], standing: 'emptied', fleetHolds: request.expectedInFleet };
}
