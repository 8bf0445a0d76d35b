import type { DraftCart } from '../cart/cart.ts';
import type { DeviceRequest } from '../request/request.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../vocabulary.ts';

/** The way of an order as people think of it. Fleet documents neither meaning nor order of its statuses. */
export const wayStages = ['received', 'paperwork', 'preparing', 'shipping', 'in_use', 'closed'] as const;
export type WayStage = (typeof wayStages)[number];

/** Who gets a message when an order comes to this status; everybody else sees it on the card. */
type ToldOfStatus = 'nobody' | 'signatory' | 'requester' | 'requester_and_admins';

interface StatusInfo {
  /** Null: Fleet does not say where it stands (`UNKNOWN`, or a status that is newer than this code). */
  readonly stage: WayStage | null;
  readonly told: ToldOfStatus;
  /** Nothing more is to be expected: polling may stop. */
  readonly isOver: boolean;
}

const at = (stage: WayStage | null, told: ToldOfStatus = 'nobody', isOver = false): StatusInfo => ({
  stage,
  told,
  isOver,
});

const statuses: Readonly<Record<KnownClientStatus, StatusInfo>> = {
  RECEIVED: at('received'),
  BEING_PROCESSED: at('received'),
  FINANCING_REQUEST: at('paperwork', 'requester_and_admins'),
  DOC_REQUIRED: at('paperwork', 'requester_and_admins'),
  PENDING_DECISION: at('paperwork', 'requester_and_admins'),
  SIGNING: at('paperwork', 'signatory'),
  PROCESSING: at('preparing'),
  SHIPPED: at('shipping', 'requester'),
  RECEPTION_TO_CONFIRM: at('shipping', 'requester'),
  ONGOING_ORDER: at('in_use'),
  EQUIPMENT_TO_SEND: at('in_use'),
  ARCHIVED: at('closed', 'nobody', true),
  FAILED: at('closed', 'requester_and_admins', true),
  UNKNOWN: at(null),
};

export function statusInfo(clientStatus: string): StatusInfo {
  return isKnownClientStatus(clientStatus) ? statuses[clientStatus] : at(null);
}

/** Why something does not go on by itself, or not as it should: what an admin looks for. */
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

/** Null: it goes its way. */
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

/** Of several reasons the one that somebody can do something about. */
function whyPendingStuck(request: DeviceRequest, now: number): Stuck | null {
  if (request.approverGone) return 'approver_gone';
  if (request.problem !== null) return 'fleet_refused';
  if (request.difference !== null) return 'cart_differs';
  if (now - request.expiresAt > LONG_MS) return 'overdue';
  return request.lastRemindedAt === null ? null : 'unanswered';
}

/** A create whose answer was lost is looked up within seconds. */
export function whyDraftStuck({ creatingSince }: DraftCart, now: number): Stuck | null {
  return creatingSince !== null && now - creatingSince > LONG_MS ? 'creating_long' : null;
}
