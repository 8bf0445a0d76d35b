import { DateTime } from 'luxon';
import type { DraftCart } from '../cart/cart.ts';
import type { SlackUserId } from '../ids.ts';
import type { Person } from '../people/people.ts';
import {
  acceptChange,
  acceptEnd,
  acceptNewApprover,
  type Decision,
  type RefusedDecision,
  whyNotPending,
} from './decision.ts';
import { type DeviceRequest, isOpen } from './request.ts';

/** A person's action on a request that waits for a decision. `by` comes from Slack's signed payload. */
interface Act {
  readonly by: SlackUserId;
  readonly now: number;
}

interface Approval {
  readonly signer: Person;
  readonly now: number;
  readonly fingerprint: string;
  /** Set if the signer signs their own request: why settings allow it. */
  readonly ownRequestReason?: string;
}

/** `signer` passed `checkMaySign` for this press, and becomes Fleet's signatory. */
export function approve(request: DeviceRequest, { signer, now, fingerprint, ownRequestReason }: Approval): Decision {
  const refused = whyCannotApprove(request, { by: signer.slackUserId, now, fingerprint });
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
  { by, now, fingerprint }: Act & { readonly fingerprint: string },
): RefusedDecision | null {
  const refused = whyApproverCannot(request, { by, now });
  if (refused !== null) return refused;
  return fingerprint === request.fingerprint ? null : { ok: false, refusal: { kind: 'card_outdated' } };
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
  if (draft === null || draft.lockedBy !== request.id || isOpen(request.state)) return undefined;
  if (request.state.kind === 'ordered' || request.state.kind === 'closed_elsewhere') return null;
  const free = { ...draft, lockedBy: null, revision: draft.revision + 1 };
  if (lines === 'kept') return free;
  // Fleet cannot delete a cart: what it still holds is kept with the empty draft, and the next order reuses it.
  return { ...free, lines: [], standing: 'emptied', fleetHolds: request.expectedInFleet };
}
