import { snapshotOf } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { FleetOrderId, RequestId } from '../../domain/ids.ts';
import { type StatusReader, statusMoved, toBeTold } from '../../domain/orders/follow.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { KnownStateInFleet, type StateInFleet, type StatusItem } from '../../domain/screens.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { lookInFleet } from '../fleet-orders.ts';
import { type Settled, settleRequest } from '../request/settle.ts';

/**
 * What Fleet says of an order becomes part of its request: one commit with the cards to be brought up to date and with
 * whoever must hear of it. Saying the same twice changes nothing.
 */
export async function recordStatus(
  context: ServiceContext,
  requestId: RequestId,
  clientStatus: string,
): Promise<Settled> {
  let readers: readonly StatusReader[] = [];
  return settleRequest(context, requestId, {
    surface: 'job',
    decide: (request, now) => {
      readers = toBeTold(request, clientStatus);
      return statusMoved(request, now, clientStatus);
    },
    work: (request) => readers.map((reader) => tellOfStatus(request, clientStatus, reader)),
  });
}

function tellOfStatus(request: DeviceRequest, clientStatus: string, reader: StatusReader): WorkItem {
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
export async function requestStanding(context: ServiceContext, request: DeviceRequest): Promise<StatusItem> {
  const { state, fleetOrderId } = request;
  const isOrder = state.kind === 'ordered' || (state.kind === 'closed_elsewhere' && state.how === 'ordered');
  if (!isOrder) return { request, standing: { kind: 'not_asked' } };
  let current = request;
  const standing = await fleetStanding(context, fleetOrderId, 'order', async (found) => {
    // That Fleet does not tell it is no news of the order.
    if (found.kind !== 'order' || found.clientStatus === 'UNKNOWN') return;
    const recorded = await recordStatus(context, request.id, found.clientStatus);
    current = recorded.request ?? request;
  });
  return { request: current, standing };
}

/**
 * What Fleet holds under this number now: an order, still a cart, or nothing. Asked at most once a minute for each number.
 * `likely` is asked first: whether one of the two routes also answers for the other's is not documented.
 */
export async function fleetStanding(
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
      const looked = await look(context, fleetOrderId, likely);
      if (looked.ok) await onAnswer(looked.value);
      return looked;
    },
  );
  return read.ok ? read.value : { kind: 'not_asked' };
}

type Looked =
  | { readonly ok: true; readonly value: StateInFleet }
  | { readonly ok: false; readonly failure: FleetFailure };

async function look(context: ServiceContext, fleetOrderId: FleetOrderId, likely: 'cart' | 'order'): Promise<Looked> {
  const found = await lookInFleet(context, fleetOrderId, { likely });
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
