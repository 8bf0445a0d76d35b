import type { DraftCart } from '../cart/cart.ts';
import type { DeviceRequest } from '../request/request.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../vocabulary.ts';

/** The stages of an order. Fleet documents neither the meaning nor the order of its statuses. */
export const orderStages = ['received', 'paperwork', 'preparing', 'shipping', 'in_use', 'closed'] as const;
export type OrderStage = (typeof orderStages)[number];

/** Who gets a message when an order reaches this status; everyone else sees it on the card. */
type StatusNotified = 'no_one' | 'signatory' | 'requester' | 'requester_and_admins';

interface StatusInfo {
  /** Null: `UNKNOWN`, or a status that this code does not know. */
  readonly stage: OrderStage | null;
  readonly notifies: StatusNotified;
  /** No change is expected: polling may stop. */
  readonly isOver: boolean;
}

const statusAt = (stage: OrderStage | null, notifies: StatusNotified = 'no_one', isOver = false): StatusInfo => ({
  stage,
  notifies,
  isOver,
});

const statuses: Readonly<Record<KnownClientStatus, StatusInfo>> = {
  RECEIVED: statusAt('received'),
  BEING_PROCESSED: statusAt('received'),
  FINANCING_REQUEST: statusAt('paperwork', 'requester_and_admins'),
  DOC_REQUIRED: statusAt('paperwork', 'requester_and_admins'),
  PENDING_DECISION: statusAt('paperwork', 'requester_and_admins'),
  SIGNING: statusAt('paperwork', 'signatory'),
  PROCESSING: statusAt('preparing'),
  SHIPPED: statusAt('shipping', 'requester'),
  RECEPTION_TO_CONFIRM: statusAt('shipping', 'requester'),
  ONGOING_ORDER: statusAt('in_use'),
  EQUIPMENT_TO_SEND: statusAt('in_use'),
  ARCHIVED: statusAt('closed', 'no_one', true),
  FAILED: statusAt('closed', 'requester_and_admins', true),
  UNKNOWN: statusAt(null),
};

export function statusInfo(clientStatus: string): StatusInfo {
  return isKnownClientStatus(clientStatus) ? statuses[clientStatus] : statusAt(null);
}

/** Why a request or a draft needs an admin's attention. */
export type Stuck =
  | 'fleet_unclear'
  | 'sending_long'
  | 'approver_gone'
  | 'fleet_refused'
  | 'cart_differs'
  | 'unanswered'
  | 'overdue'
  | 'creating_long';

const LONG_MS = 5 * 60 * 1000;

/** Null: not stuck. */
export function whyStuck(request: DeviceRequest, now: number): Stuck | null {
  const { state } = request;
  switch (state.kind) {
    case 'unconfirmed':
      return 'fleet_unclear';
    case 'validating':
      return now - state.at > LONG_MS ? 'sending_long' : null;
    case 'pending':
      return whyPendingStuck(request, now);
    default:
      return null;
  }
}

/** Of several reasons, the one that people can act on. */
function whyPendingStuck(request: DeviceRequest, now: number): Stuck | null {
  if (request.approverGone) return 'approver_gone';
  if (request.problem !== null) return 'fleet_refused';
  if (request.difference !== null) return 'cart_differs';
  if (now - request.expiresAt > LONG_MS) return 'overdue';
  return request.lastRemindedAt === null ? null : 'unanswered';
}

/** A lost create is normally resolved within seconds. */
export function whyDraftStuck({ creatingSince }: DraftCart, now: number): Stuck | null {
  return creatingSince !== null && now - creatingSince > LONG_MS ? 'creating_long' : null;
}
