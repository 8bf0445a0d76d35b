import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { type StatusReader, statusMoved, toBeTold } from '../../domain/tracking/follow-order.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type Settled, settleRequest } from '../signature/settle-request.ts';

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
