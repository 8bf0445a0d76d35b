import { cartTotal } from '../../domain/cart/cart-total.ts';
import type { FleetOrderId, SlackUserId } from '../../domain/ids.ts';
import { rowsOf } from '../../domain/order/order-line.ts';
import { maySeeRequest, type Viewer } from '../../domain/tracking/may-see.ts';
import type { OrderStatus } from '../../domain/tracking/status-report.ts';
import type { ServiceContext } from '../context.ts';
import { isAdmin } from '../people/admins.ts';
import { matchPerson } from '../people/match-person.ts';
import { fleetStanding, requestStanding } from './fleet-standing.ts';

/**
 * `/fleet status 42`. Whoever may not see it gets the very answer of a number that does not exist, and Fleet is not asked
 * for them: neither the answer nor its time tells whether there is one.
 */
export async function orderStatus(
  context: ServiceContext,
  slackUserId: SlackUserId,
  fleetOrderId: FleetOrderId,
): Promise<OrderStatus> {
  const [viewer, request, draft] = await Promise.all([
    viewerOf(context, slackUserId),
    context.store.requestForOrder(fleetOrderId),
    context.store.draft(slackUserId),
  ]);
  if (request !== null && maySeeRequest(viewer, request))
    return { kind: 'request', item: await requestStanding(context, request) };
  if (draft?.fleetOrderId === fleetOrderId && draft.lockedBy === null)
    return {
      kind: 'own_cart',
      fleetOrderId,
      mode: draft.mode,
      rows: rowsOf(draft.lines),
      total: cartTotal(draft.lines, draft.fleetHolds),
    };
  if (!viewer.isAdmin) return { kind: 'not_found' };
  const standing = await fleetStanding(context, fleetOrderId, 'cart');
  if (standing.kind === 'gone') return { kind: 'not_found' };
  return standing.kind === 'not_asked' ? { kind: 'could_not_look' } : { kind: 'foreign', fleetOrderId, standing };
}

export async function viewerOf(context: ServiceContext, slackUserId: SlackUserId): Promise<Viewer> {
  const [match, admin] = await Promise.all([matchPerson(context, slackUserId), isAdmin(context, slackUserId)]);
  return { slackUserId, fleetUserId: match.kind === 'matched' ? match.person.fleetUserId : null, isAdmin: admin };
}
