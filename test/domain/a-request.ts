import type { FleetOrderId, FleetUserId, RequestId, SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import type { Person } from '../../src/domain/people/people.ts';
import type { DeviceRequest, RequestState } from '../../src/domain/request/request.ts';
import { aLine, aSnapshot, euros } from './a-line.ts';

const person = (slackUserId: string, fleetUserId: number, name: string): Person => ({
  slackUserId: slackUserId as SlackUserId,
  fleetUserId: fleetUserId as FleetUserId,
  name,
});
export const anna = person('U0ANNA', 11, 'Anna Keller');
export const clara = person('U0CLARA', 21, 'Clara Rossi');
export const dan = person('U0DAN', 22, "Dan O'Neil");

export const HOUR = 60 * 60 * 1000;
/** A Monday, 10:00 UTC. */
export const SENT_AT = Date.UTC(2026, 10, 23, 10);

export function aRequest(over: Partial<DeviceRequest> = {}): DeviceRequest {
  return {
    id: 'req1' as RequestId,
    tenant: 'T0ACME' as WorkspaceId,
    fleetOrderId: 42 as FleetOrderId,
    requester: anna,
    approver: clara,
    mode: 'LEASING',
    lines: [aLine(), aLine()],
    total: { fleet: euros('109.80'), ours: [euros('109.8')], unpriced: 0 },
    note: 'For the new office',
    fingerprint: 'fp-1',
    expectedInFleet: aSnapshot([101, 101], '109.80'),
    createdAt: SENT_AT,
    expiresAt: SENT_AT + 7 * 24 * HOUR,
    lastRemindedAt: null,
    previousRequestId: null,
    state: { kind: 'pending' },
    difference: null,
    problem: null,
    approverGone: false,
    revision: 3,
    ...over,
  };
}

/** One of each state, by its name. */
export const states: { readonly [Kind in RequestState['kind']]: RequestState & { readonly kind: Kind } } = {
  pending: { kind: 'pending' },
  validating: { kind: 'validating', by: clara, at: SENT_AT + 1, validateSentAt: null },
  unconfirmed: { kind: 'unconfirmed', by: clara, at: SENT_AT + 1, gaveUpAt: SENT_AT + 20_000, looks: 0 },
  ordered: { kind: 'ordered', by: clara, at: SENT_AT + 2, clientStatus: 'BEING_PROCESSED', signatoryConfirmed: true },
  declined: { kind: 'declined', by: clara, at: SENT_AT + 2, reason: 'Too dear' },
  changes_requested: { kind: 'changes_requested', by: clara, at: SENT_AT + 2, wish: 'A smaller one' },
  withdrawn: { kind: 'withdrawn', by: anna, at: SENT_AT + 2 },
  expired: { kind: 'expired', at: SENT_AT + 2 },
  closed_elsewhere: { kind: 'closed_elsewhere', at: SENT_AT + 2, how: 'ordered', clientStatus: 'SHIPPED' },
};
export const finalStates = [
  states.ordered,
  states.declined,
  states.changes_requested,
  states.withdrawn,
  states.expired,
  states.closed_elsewhere,
] as const;
