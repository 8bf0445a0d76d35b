import type { Decision } from './decision.ts';
import { type DeviceRequest, isOpen } from './request.ts';
import { ended, notInState, settled, whyNotPending } from './settle.ts';

/** Decided by nobody who pressed here: by the clock, in Fleet's own cockpit, or by somebody's leaving. */
const us = 'fleet_for_slack' as const;

export function expire(request: DeviceRequest, now: number): Decision {
  if (request.state.kind !== 'pending' || now < request.expiresAt) return notInState(request, now);
  return ended(request, { kind: 'expired', at: now }, { did: 'request_expired', by: us, outcome: 'expired' });
}

export function closeElsewhere(
  request: DeviceRequest,
  now: number,
  found: { readonly how: 'ordered' | 'gone'; readonly clientStatus: string | null },
): Decision {
  if (!isOpen(request.state)) return notInState(request, now);
  return ended(
    request,
    { kind: 'closed_elsewhere', at: now, ...found },
    { did: 'closed_elsewhere', by: us, outcome: found.how },
  );
}

/** The approver left, was deactivated, cannot be messaged or may no longer sign: the requester chooses another. */
export function loseApprover(request: DeviceRequest, now: number): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  if (request.approverGone) return { ok: false, refusal: { kind: 'approver_gone', approver: request.approver } };
  return settled(request, { approverGone: true }, { did: 'approver_lost', by: us, outcome: 'pending' });
}
