import { snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetOrderId, RequestId } from '../../domain/ids.ts';
import { recordStatusChange, type StatusReader, statusReaders } from '../../domain/orders/follow.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { KnownStateInFleet, type StateInFleet, type StatusItem } from '../../domain/screens.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { findInFleet } from '../fleet-orders.ts';
import { type RequestOutcome, updateRequest } from '../request/update.ts';

/**
 * What Fleet says of an order becomes part of its request: one commit with the cards to be brought up to date and with
 * whoever must hear of it. Saying the same twice changes nothing.
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
  // By request and status and not by revision: nobody hears of the same twice. Only statuses that we know are told.
  return { id: `status-${clientStatus}-${reader}.${id}`, work: { kind: 'notify', tenant, to, notice } };
}

/** No answer is shown that is older: the sweeps may have recorded a newer one since. */
const FRESH_MS = 60_000;

/**
 * Of what became an order Fleet is asked; of the rest our own record says everything. Whoever looks sees a new status
 * first, and it is recorded for everybody as by a sweep.
 */
export async function refreshStatus(context: ServiceContext, request: DeviceRequest): Promise<StatusItem> {
  const { state, fleetOrderId } = request;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  if (!isOrder) return { request, stateInFleet: { kind: 'not_asked' } };
  let current = request;
  const stateInFleet = await readStateInFleet(context, fleetOrderId, 'order', async (found) => {
    // That Fleet does not tell it is no news of the order.
    if (found.kind !== 'order' || found.clientStatus === 'UNKNOWN') return;
    const recorded = await recordStatusFromFleet(context, request.id, found.clientStatus);
    current = recorded.request ?? request;
  });
  return { request: current, stateInFleet };
}

/**
 * What Fleet holds under this number now: an order, still a cart, or nothing. Asked at most once a minute for each number.
 * `likely` is asked first: whether one of the two routes also answers for the other's is not documented.
 */
export async function readStateInFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  likely: 'cart' | 'order',
  onAnswer: (found: StateInFleet) => Promise<void> = async () => undefined,
): Promise<StateInFleet> {
  const read = await context.store.cache.read<StateInFleet, FleetFailure>(
    {
      key: `standing:${likely}:${fleetOrderId}`,
      freshMs: FRESH_MS,
      keepMs: FRESH_MS,
      parse: (stored) => KnownStateInFleet.safeParse(stored).data ?? null,
    },
    async () => {
      const looked = await readFleet(context, fleetOrderId, likely);
      if (looked.ok) await onAnswer(looked.value);
      return looked;
    },
  );
  return read.ok ? read.value : { kind: 'not_asked' };
}

type StateInFleetResult =
  | { readonly ok: true; readonly value: StateInFleet }
  | { readonly ok: false; readonly failure: FleetFailure };

async function readFleet(
  context: ServiceContext,
  fleetOrderId: FleetOrderId,
  likely: 'cart' | 'order',
): Promise<StateInFleetResult> {
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
    default:
      return found satisfies never;
  }
}
