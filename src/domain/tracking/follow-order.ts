import { z } from 'zod';
import type { FleetOrderId, RequestId } from '../ids.ts';
import type { Decision } from '../request/decision.ts';
import type { DeviceRequest, RequestState } from '../request/request.ts';
import { notInState, settled } from '../request/settle.ts';
import { standingOf } from './client-status.ts';

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
  return standingOf(clientStatus).isOver ? null : clientStatus;
}

/** Who has to hear that the order came to this status: each status once for each request, also when it comes back. */
export function toBeTold({ state }: DeviceRequest, clientStatus: string): readonly StatusReader[] {
  return isPlaced(state) ? readersOf(state, clientStatus) : [];
}

/** Fleet moved the order. Who decided, and when, stays. */
export function statusMoved(request: DeviceRequest, now: number, clientStatus: string): Decision {
  const { state } = request;
  if (!isPlaced(state)) return notInState(request, now);
  const isNews = readersOf(state, clientStatus).length > 0;
  if (state.clientStatus === clientStatus && !isNews) return notInState(request, now);
  const toldOf = [...(state.toldOf ?? []), ...(isNews ? [clientStatus] : [])];
  return settled(
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
  const { told } = standingOf(clientStatus);
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
