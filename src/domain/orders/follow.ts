import { z } from 'zod';
import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/compare.ts';
import type { FleetOrderId, RequestId } from '../ids.ts';
import { acceptChange, acceptEnd, type Decision, refuseWrongState, whyNotPending } from '../request/decide.ts';
import type { DeviceRequest, RequestState } from '../request/request.ts';
import { despiteOf } from '../request/validate.ts';
import type { Settings } from '../settings/settings.ts';
import { type DeepReadonly, isKnownClientStatus, type KnownClientStatus, looseObject } from '../vocabulary.ts';

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

/** Older orders are not announced, for example when announcements are switched on later. */
const NEWS_FOR_MS = 24 * 60 * 60 * 1000;

/** Whether to announce the request in the announcement channel now. */
export function isNews(request: DeviceRequest, announcements: Settings['announcements'], now: number): boolean {
  const { state } = request;
  if (announcements === null || state.kind !== 'ordered') return false;
  if (announcements.what.includes('ordered') && now - state.at < NEWS_FOR_MS) return true;
  return announcements.what.includes('shipped') && state.clientStatus === 'SHIPPED';
}

export interface CartChangeInFleet {
  /** Null: the cart matches the request again. */
  readonly difference: CartDifference | null;
  readonly expectedInFleet: FleetSnapshot;
  readonly total: CartTotal;
  /** With today's prices, where the total changed. */
  readonly lines: DeviceRequest['lines'];
  /** Covers all of the above: a card that does not show it can no longer be approved. */
  readonly fingerprint: string;
}

/** The cart was changed in Fleet's own cockpit: the request stays pending, and its card shows the difference. */
export function recordCartChange(request: DeviceRequest, now: number, found: CartChangeInFleet): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  const outcome = found.difference === null ? 'as_sent' : 'differs';
  return acceptChange(request, found, { did: 'cart_changed_elsewhere', by: 'fleet_for_slack', outcome });
}

/**
 * Fleet has it as an order, without a 200 for us. That is a fact in any state, no matter who ordered it. An order that is
 * already closed may never have been one: Fleet doesn't say.
 */
export function recordFoundOrder(request: DeviceRequest, now: number, clientStatus: string): Decision {
  const { state } = request;
  if (isPlaced(state)) return refuseWrongState(request, now);
  const approval = state.kind === 'unconfirmed' ? state : (request.unansweredApproval ?? null);
  const wasTold = state.kind !== 'pending' || approval !== null;
  const found = { at: now, clientStatus, ...(wasTold ? despiteOf(state) : {}) };
  const facts = { did: 'closed_elsewhere', by: 'fleet_for_slack' } as const;
  if (statusInfo(clientStatus).isOver) {
    const closed = { kind: 'closed_elsewhere', how: 'ordered', isPutAway: true, toldOf: [clientStatus] } as const;
    return acceptEnd(request, { ...closed, ...found }, { ...facts, outcome: 'put_away' });
  }
  if (approval === null)
    return acceptEnd(
      request,
      { kind: 'closed_elsewhere', how: 'ordered', ...found },
      {
        ...facts,
        // Fleet doesn't say who ordered: an approval that Redis forgot looks the same.
        outcome: 'ordered_signer_unknown',
      },
    );
  return acceptEnd(
    request,
    { kind: 'ordered', by: approval.by, signatoryConfirmed: false, ...found },
    { ...facts, did: 'order_placed', outcome: 'signatory_unconfirmed' },
  );
}

/** An entry in the index of orders that can still change: all that a sweep needs before it reads a record. */
export interface FollowedOrder {
  readonly requestId: RequestId;
  readonly fleetOrderId: FleetOrderId;
  /** Empty: none is recorded, or people have not been told of it yet. */
  readonly clientStatus: string;
}

export const StatusReader = z.enum(['signatory', 'requester', 'admins']);
export type StatusReader = z.infer<typeof StatusReader>;

type Placed = RequestState & { readonly kind: 'ordered' | 'closed_elsewhere' };

/** Null: not ordered, or over and everyone has been told; no change is expected. */
export function followedStatus({ state }: DeviceRequest): string | null {
  if (!isPlaced(state)) return null;
  const { clientStatus } = state;
  if (clientStatus === null || notYetTold(state, clientStatus).length > 0) return '';
  return statusInfo(clientStatus).isOver ? null : clientStatus;
}

/** Who is told that the order reached this status: once for each request, even if Fleet returns to it. */
export function statusReaders({ state }: DeviceRequest, clientStatus: string): readonly StatusReader[] {
  return isPlaced(state) ? notYetTold(state, clientStatus) : [];
}

export function recordStatusChange(request: DeviceRequest, now: number, clientStatus: string): Decision {
  const { state } = request;
  if (!isPlaced(state)) return refuseWrongState(request, now);
  const isNews = notYetTold(state, clientStatus).length > 0;
  if (state.clientStatus === clientStatus && !isNews) return refuseWrongState(request, now);
  const toldOf = [...(state.toldOf ?? []), ...(isNews ? [clientStatus] : [])];
  return acceptChange(
    request,
    { state: { ...state, clientStatus, toldOf } },
    // Fleet's text can be of any length, and audit entries are kept for years.
    { did: 'status_changed', by: 'fleet_for_slack', outcome: clientStatus.slice(0, 60) },
  );
}

function isPlaced(state: RequestState): state is Placed {
  return state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
}

function notYetTold(state: Placed, clientStatus: string): readonly StatusReader[] {
  if (state.toldOf?.includes(clientStatus) === true) return [];
  const { notifies } = statusInfo(clientStatus);
  switch (notifies) {
    case 'no_one':
      return [];
    case 'signatory':
      // The signatory of an order validated in Fleet itself is unknown here.
      return state.kind === 'ordered' ? ['signatory'] : [];
    case 'requester':
      return ['requester'];
    case 'requester_and_admins':
      return ['requester', 'admins'];
  }
}

const place = z.int().nonnegative().catch(0);

/** Where one sweep over Fleet's orders stopped and the next resumes, so that every order gets its turn. */
export const SweepMark = looseObject({
  /** Offset in the list of orders; 0: from its start. */
  listFrom: place,
  /** The last number of each kind that was asked for on its own. */
  askedCart: place,
  askedEnded: place,
  askedMoving: place,
  askedResting: place,
  /** The Redis process that answered this sweep. */
  redisRun: z.string().exactOptional(),
});
export type SweepMark = DeepReadonly<z.infer<typeof SweepMark>>;

export const firstMark: SweepMark = { listFrom: 0, askedCart: 0, askedEnded: 0, askedMoving: 0, askedResting: 0 };

export interface Numbered {
  readonly fleetOrderId: FleetOrderId;
}

/** Sorted by number, starting with the first one after `after`. */
export function roundRobin<T extends Numbered>(items: readonly T[], after: number): readonly T[] {
  const sorted = items.toSorted((one, other) => one.fleetOrderId - other.fleetOrderId);
  return [
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId > after),
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId <= after),
  ];
}

/**
 * The orders that the list did not show, up to `max` in one sweep. Three quarters of it go to orders on their way;
 * orders in use hardly ever change, and get the rest.
 */
export function ordersToAsk(
  unseen: readonly FollowedOrder[],
  mark: SweepMark,
  max: number,
): { readonly moving: readonly FollowedOrder[]; readonly resting: readonly FollowedOrder[] } {
  const moving = roundRobin(unseen.filter(isMoving), mark.askedMoving);
  const resting = roundRobin(
    unseen.filter((one) => !isMoving(one)),
    mark.askedResting,
  );
  const forResting = max - Math.min(moving.length, max - max / 4);
  return {
    resting: resting.slice(0, forResting),
    moving: moving.slice(0, max - Math.min(resting.length, forResting)),
  };
}

function isMoving({ clientStatus }: FollowedOrder): boolean {
  const { stage } = statusInfo(clientStatus);
  return clientStatus === '' || (stage !== null && stage !== 'in_use');
}
