import type { SlackUserId } from '../ids.ts';
import type { Person } from '../people/people.ts';
import type { Decision } from './decision.ts';
import type { DeviceRequest } from './request.ts';
import { ended, passedOn, settled, whyNotPending } from './settle.ts';

/** What a person does to a request that waits for a decision. Who they are comes from the signed press. */
interface Act {
  readonly by: SlackUserId;
  readonly now: number;
}

interface Approval {
  readonly signer: Person;
  readonly now: number;
  readonly fingerprint: string;
  /** Given where the signer signs their own request: why settings allow it. */
  readonly ownRequestReason?: string;
}

/** `signer` passed `checkMaySign` at this press: whoever Fleet is told to take as signatory, and nobody else. */
export function approve(request: DeviceRequest, { signer, now, fingerprint, ownRequestReason }: Approval): Decision {
  const refused = mayNotApprove(request, { by: signer.slackUserId, now, fingerprint });
  if (refused !== null) return refused;
  return settled(
    request,
    {
      state: { kind: 'validating', by: signer, at: now, validateSentAt: null },
      // Whoever passed the check and presses is there again.
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

/** What can be refused before anybody looks up whether the person may sign. */
export function mayNotApprove(
  request: DeviceRequest,
  { by, now, fingerprint }: Act & { readonly fingerprint: string },
): Extract<Decision, { ok: false }> | null {
  const refused = approverMayNot(request, { by, now });
  if (refused !== null) return refused;
  return fingerprint === request.fingerprint ? null : { ok: false, refusal: { kind: 'card_outdated' } };
}

export function decline(request: DeviceRequest, { by, now, reason }: Act & { readonly reason: string }): Decision {
  const refused = approverMayNot(request, { by, now });
  if (refused !== null) return refused;
  return ended(
    request,
    { kind: 'declined', by: request.approver, at: now, reason },
    { did: 'request_declined', by: request.approver, outcome: 'declined' },
  );
}

export function askForChanges(request: DeviceRequest, { by, now, wish }: Act & { readonly wish: string }): Decision {
  const refused = approverMayNot(request, { by, now });
  if (refused !== null) return refused;
  return ended(
    request,
    { kind: 'changes_requested', by: request.approver, at: now, wish },
    { did: 'changes_requested', by: request.approver, outcome: 'changes_requested' },
  );
}

export function withdraw(request: DeviceRequest, { by, now }: Act): Decision {
  const refused = requesterMayNot(request, { by, now });
  if (refused !== null) return refused;
  return ended(
    request,
    { kind: 'withdrawn', by: request.requester, at: now },
    { did: 'request_withdrawn', by: request.requester, outcome: 'withdrawn' },
  );
}

export function handOver(request: DeviceRequest, { by, now, to }: Act & { readonly to: Person }): Decision {
  const refused = approverMayNot(request, { by, now });
  if (refused !== null) return refused;
  return passedOn(request, { to, now }, { did: 'request_handed_over', by: request.approver });
}

/** The requester's way out when their approver cannot be reached or may no longer sign. */
export function chooseAnother(request: DeviceRequest, { by, now, to }: Act & { readonly to: Person }): Decision {
  const refused = requesterMayNot(request, { by, now });
  if (refused !== null) return refused;
  if (!request.approverGone) {
    return { ok: false, refusal: { kind: 'approver_still_there', approver: request.approver } };
  }
  return passedOn(request, { to, now }, { did: 'approver_chosen_anew', by: request.requester });
}

/** Who was asked once (it was handed over) or never was learns first whether anything is left to decide. */
function approverMayNot(request: DeviceRequest, { by, now }: Act): Extract<Decision, { ok: false }> | null {
  const over = whyNotPending(request, now);
  if (over !== null || by === request.approver.slackUserId) return over;
  return { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } };
}

function requesterMayNot(request: DeviceRequest, { by, now }: Act): Extract<Decision, { ok: false }> | null {
  if (by !== request.requester.slackUserId) {
    return { ok: false, refusal: { kind: 'not_the_requester', requester: request.requester } };
  }
  return whyNotPending(request, now);
}
