import { cartTotal } from '../domain/cart-total.ts';
import { followedStatus } from '../domain/follow-order.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { rowsOf } from '../domain/order-line.ts';
import type { DeviceRequest } from '../domain/request.ts';
import type { PersonStatus, StatusItem } from '../domain/status-report.ts';
import type { ServiceContext } from './context.ts';
import { requestStanding } from './fleet-standing.ts';
import { inChunks } from './in-chunks.ts';
import { scheduleSweep } from './order-sweeps.ts';

const SHOWN = 20;

/** A person's own cart, requests and orders, newest first, each with what Fleet says of it. */
export async function personStatus(context: ServiceContext, slackUserId: SlackUserId): Promise<PersonStatus> {
  const [draft, requests, waiting] = await Promise.all([
    context.store.draft(slackUserId),
    context.store.requestsBy(slackUserId, SHOWN + 1),
    context.store.requestsWaitingFor(slackUserId),
    // A chain of sweeps that broke (Redis lost an item) is taken up again from here; one that goes on is left alone.
    scheduleSweep(context),
  ]);
  const items = await inChunks(requests.slice(0, SHOWN), (request) => itemOf(context, request));
  const hasLines = draft !== null && draft.lockedBy === null && draft.lines.length > 0;
  return {
    draft: hasLines
      ? { cart: draft, rows: rowsOf(draft.lines), total: cartTotal(draft.lines, draft.fleetHolds) }
      : null,
    items,
    hasOlder: requests.length > SHOWN,
    waiting: waiting.length,
  };
}

/** What is over does not move any more: asking Fleet for it again would cost a request each. */
async function itemOf(context: ServiceContext, request: DeviceRequest): Promise<StatusItem> {
  const isOver = followedStatus(request) === null;
  return isOver ? { request, standing: { kind: 'not_asked' } } : requestStanding(context, request);
}
