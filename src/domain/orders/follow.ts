import { z } from 'zod';
import type { CartTotal, FleetSnapshot } from '../cart/cart.ts';
import type { CartDifference } from '../cart/compare.ts';
import type { FleetOrderId, RequestId } from '../ids.ts';
import { acceptChange, type Decision, refuseWrongState, whyNotPending } from '../request/decision.ts';
import type { DeviceRequest, RequestState } from '../request/request.ts';
import { type DeepReadonly, looseObject } from '../schema.ts';
import type { Settings } from '../settings/settings.ts';
import { statusInfo } from './status.ts';

/** An order that is older than this is no news, such as when announcements are switched on later. */
const NEWS_FOR_MS = 24 * 60 * 60 * 1000;

/** Whether a request is to be told to the announcement channel now. */
export function isNews(request: DeviceRequest, announcements: Settings['announcements'], now: number): boolean {
  const { state } = request;
  if (announcements === null || state.kind !== 'ordered') return false;
  if (announcements.what.includes('ordered') && now - state.at < NEWS_FOR_MS) return true;
  return announcements.what.includes('shipped') && state.clientStatus === 'SHIPPED';
}

export interface CartChangeInFleet {
  /** Null: it holds again what is asked for. */
  readonly difference: CartDifference | null;
  readonly expectedInFleet: FleetSnapshot;
  readonly total: CartTotal;
  /** Of all this: a card that does not show it signs nothing any more. */
  readonly fingerprint: string;
}

/** Somebody changed the cart in Fleet's own cockpit while it waits: it goes on waiting, and the card shows how it differs. */
export function recordCartChange(request: DeviceRequest, now: number, found: CartChangeInFleet): Decision {
  const over = whyNotPending(request, now);
  if (over !== null) return over;
  const outcome = found.difference === null ? 'as_sent' : 'differs';
  return acceptChange(request, found, { did: 'cart_changed_elsewhere', by: 'fleet_for_slack', outcome });
}

/** One entry of the index of what Fleet can still move: all that a sweep has to know before it reads a record. */
export interface FollowedOrder {
  readonly requestId: RequestId;
  readonly fleetOrderId: FleetOrderId;
  /** Empty: nobody has been told of the recorded one yet, or none is recorded. */
  readonly clientStatus: string;
}

export const StatusReader = z.enum(['signatory', 'requester', 'admins']);
export type StatusReader = z.infer<typeof StatusReader>;

type Placed = RequestState & { readonly kind: 'ordered' | 'closed_elsewhere' };

/** Null: not ordered, or over and everybody knows; nothing more is to be expected. */
export function followedStatus({ state }: DeviceRequest): string | null {
  if (!isPlaced(state)) return null;
  const { clientStatus } = state;
  if (clientStatus === null || readersOf(state, clientStatus).length > 0) return '';
  return statusInfo(clientStatus).isOver ? null : clientStatus;
}

/** Who has to hear that the order came to this status: each status once for each request, also when it comes back. */
export function statusReaders({ state }: DeviceRequest, clientStatus: string): readonly StatusReader[] {
  return isPlaced(state) ? readersOf(state, clientStatus) : [];
}

/** Fleet moved the order. Who decided, and when, stays. */
export function recordStatusChange(request: DeviceRequest, now: number, clientStatus: string): Decision {
  const { state } = request;
  if (!isPlaced(state)) return refuseWrongState(request, now);
  const isNews = readersOf(state, clientStatus).length > 0;
  if (state.clientStatus === clientStatus && !isNews) return refuseWrongState(request, now);
  const toldOf = [...(state.toldOf ?? []), ...(isNews ? [clientStatus] : [])];
  return acceptChange(
    request,
    { state: { ...state, clientStatus, toldOf } },
    // Fleet's text may be of any length, and an audit entry is kept for years.
    { did: 'status_changed', by: 'fleet_for_slack', outcome: clientStatus.slice(0, 60) },
  );
}

function isPlaced(state: RequestState): state is Placed {
  return state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
}

function readersOf(state: Placed, clientStatus: string): readonly StatusReader[] {
  if (state.toldOf?.includes(clientStatus) === true) return [];
  const { told } = statusInfo(clientStatus);
  switch (told) {
    case 'nobody':
      return [];
    case 'signatory':
      // Who signs what was validated in Fleet itself is not known here.
      return state.kind === 'ordered' ? ['signatory'] : [];
    case 'requester':
      return ['requester'];
    case 'requester_and_admins':
      return ['requester', 'admins'];
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return told satisfies never;
  }
}

const place = z.int().nonnegative().catch(0);

/** Where one sweep over Fleet's orders left off and the next goes on: so that nothing waits for ever behind the rest. */
export const SweepMark = looseObject({
  /** Offset in the list of orders; 0: from its start. */
  listFrom: place,
  /** The last numbers that were asked one by one, of each kind. */
  askedCart: place,
  askedMoving: place,
  askedResting: place,
});
export type SweepMark = DeepReadonly<z.infer<typeof SweepMark>>;

export const firstMark: SweepMark = { listFrom: 0, askedCart: 0, askedMoving: 0, askedResting: 0 };

interface Numbered {
  readonly fleetOrderId: FleetOrderId;
}

/** By number, beginning with the first one after `after`. */
export function roundRobin<T extends Numbered>(items: readonly T[], after: number): readonly T[] {
  const sorted = items.toSorted((one, other) => one.fleetOrderId - other.fleetOrderId);
  return [
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId > after),
    ...sorted.filter(({ fleetOrderId }) => fleetOrderId <= after),
  ];
}

/**
 * What the list did not show is asked one by one, at most so many in one sweep. Three quarters go to what is still on its
 * way; what is in use hardly ever moves, and still gets its turn.
 */
export function ordersToAsk(
  unseen: readonly FollowedOrder[],
  mark: SweepMark,
  most: number,
): { readonly moving: readonly FollowedOrder[]; readonly resting: readonly FollowedOrder[] } {
  const moving = roundRobin(unseen.filter(isMoving), mark.askedMoving);
  const resting = roundRobin(
    unseen.filter((one) => !isMoving(one)),
    mark.askedResting,
  );
  const forResting = most - Math.min(moving.length, most - most / 4);
  return {
    resting: resting.slice(0, forResting),
    moving: moving.slice(0, most - Math.min(resting.length, forResting)),
  };
}

function isMoving({ clientStatus }: FollowedOrder): boolean {
  const { stage } = statusInfo(clientStatus);
  return clientStatus === '' || (stage !== null && stage !== 'in_use');
}
