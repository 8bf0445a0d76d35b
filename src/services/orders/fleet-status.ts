import { snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetOrderId, RequestId } from '../../domain/ids.ts';
import { recordStatusChange, type StatusReader, statusReaders } from '../../domain/orders/follow.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { KnownStateInFleet, type StateInFleet, type StatusItem } from '../../domain/screens.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { findInFleet } from '../fleet-orders.ts';
import { type RequestOutcome, updateRequest } from '../request/update.ts';

/**
 * Records an order's status in its request, in one commit with the card updates and notices. Recording the same status
 * twice changes nothing.
 */
export async function recordStatusFromFleet(
  context: ServiceContext,
  requestId: RequestId,
  clientStatus: string,
): Promise<RequestOutcome> {
  let readers: readonly StatusReader[] = [];
  return updateRequest(context, requestId, {
    surface: 'job',
    decide: (request, now) => {
      readers = statusReaders(request, clientStatus);
      return recordStatusChange(request, now, clientStatus);
    },
    work: (request) => readers.map((reader) => statusNoticeItem(request, clientStatus, reader)),
  });
}

function statusNoticeItem(request: DeviceRequest, clientStatus: string, reader: StatusReader): WorkItem {
  const { id, tenant, fleetOrderId, requester, state } = request;
  const signatory = 'by' in state ? state.by : requester;
  const to =
    reader === 'admins'
      ? ({ kind: 'admins' } as const)
      : ({ kind: 'person', slackUserId: (reader === 'signatory' ? signatory : requester).slackUserId } as const);
  const notice = { kind: 'order_status', reader, fleetOrderId, clientStatus, requester } as const;
  // Named by request and status, not by revision: each reader is told once. Only statuses that we know are told.
  return { id: `status-${clientStatus}-${reader}.${id}`, work: { kind: 'notify', tenant, to, notice } };
}

/** How long an answer may be shown: a sweep may have recorded a newer status since. */
const FRESH_MS = 60_000;

/**
 * Asks Fleet about an order and records a new status for everyone, as a sweep does. For a request that is not an order,
 * our own record is complete.
 */
export async function refreshStatus(context: ServiceContext, request: DeviceRequest): Promise<StatusItem> {
  const { state, fleetOrderId } = request;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  if (!isOrder) return { request, stateInFleet: { kind: 'not_asked' } };
  let current = request;
  const onAnswer = async (found: StateInFleet) => {
    // An unknown status is no news.
    if (found.kind !== 'order' || found.clientStatus === 'UNKNOWN') return;
    const recorded = await recordStatusFromFleet(context, request.id, found.clientStatus);
    current = recorded.request ?? request;
  };
  const stateInFleet = await readStateInFleet(context, fleetOrderId, { likely: 'order', onAnswer });
  return { request: current, stateInFleet };
}

interface FleetQuestion {
  /** The route to ask first. */
  readonly likely: 'cart' | 'order';
  /** Gets each fresh answer, never a cached one. */
  readonly onAnswer?: (found: StateInFleet) => Promise<void>;
}

/** What Fleet holds under this number: an order, a cart, or nothing. Asked at most once a minute for each number. */
export async function readStateInFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  { likely, onAnswer }: FleetQuestion,
): Promise<StateInFleet> {
  const read = await context.store.cache.read<StateInFleet, FleetFailure>(
    {
      key: `standing:${likely}:${fleetOrderId}`,
      freshMs: FRESH_MS,
      keepMs: FRESH_MS,
      parse: (stored) => KnownStateInFleet.safeParse(stored).data ?? null,
    },
    async () => {
      const answer = await askFleet(context, fleetOrderId, likely);
      if (answer.ok) await onAnswer?.(answer.value);
      return answer;
    },
  );
  return read.ok ? read.value : { kind: 'not_asked' };
}

async function askFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  likely: 'cart' | 'order',
): Promise<FleetResult<StateInFleet>> {
  const found = await findInFleet(context, fleetOrderId, { likely });
  switch (found.kind) {
    case 'cart':
      return { ok: true, value: { kind: 'cart', purchaserId: found.cart.purchaserId, holds: snapshotOf(found.cart) } };
    case 'order': {
      const { clientStatus, orderNumber, deviceNames } = found.order;
      return { ok: true, value: { kind: 'order', clientStatus, orderNumber, deviceNames } };
    }
    case 'gone':
      return { ok: true, value: found };
    case 'unclear':
      return { ok: false, failure: found.failure };
  }
}
