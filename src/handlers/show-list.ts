import { type CartFilter, isCartFilter } from '../domain/cart/cart-list.ts';
import { type FleetOrderId, parseFleetId, type SlackUserId } from '../domain/ids.ts';
import { isAdmin } from '../services/people/admins.ts';
import { isApprover, waitingApprovals } from '../services/signature/waiting-approvals.ts';
import { listCarts } from '../services/tracking/list-carts.ts';
import { orderStatus } from '../services/tracking/order-status.ts';
import type { SlackResult } from '../slack/slack.ts';
import { sentence } from '../views/notices.ts';
import { approvalsMessage } from '../views/status/approvals.ts';
import { cartListMessage, cartsForAdminsText } from '../views/status/cart-list.ts';
import { orderStatusMessage } from '../views/status/status.ts';
import type { Message } from '../views/surfaces.ts';
import type { Tenant } from './deps.ts';
import { pageValueFor } from './page-value.ts';
import { respondWithTable } from './respond-with-table.ts';
import { shareValueFor } from './share-value.ts';

/** A private list that is turned page by page: each time it is as things stand then. */
export interface WantedList {
  readonly slackUserId: SlackUserId;
  readonly responseUrl: string;
  readonly page: number;
  /** In the place of the page before. */
  readonly replaces: boolean;
}

export async function showCartList(tenant: Tenant, filter: CartFilter, wanted: WantedList): Promise<SlackResult<void>> {
  const { context, slack } = tenant;
  const how = { replace_original: wanted.replaces };
  if (!(await isAdmin(context, wanted.slackUserId)))
    return slack.respond(wanted.responseUrl, { ...sentence(cartsForAdminsText), ...how, response_type: 'ephemeral' });
  const list = await listCarts(context, filter, wanted.page);
  const shown = cartListMessage(list, pageValueFor(tenant, `carts.${filter}`));
  return respondWithTable(slack, wanted.responseUrl, shown, how);
}

/** Only ever what waits for whoever asks: nobody else's is in it. */
export async function showApprovals(tenant: Tenant, wanted: WantedList): Promise<SlackResult<void>> {
  const { context } = tenant;
  const { slackUserId } = wanted;
  const waiting = await waitingApprovals(context, slackUserId, wanted.page);
  const away = (await isApprover(context, slackUserId))
    ? { deputy: await context.store.deputy(slackUserId) }
    : undefined;
  const shown = approvalsMessage(waiting, pageValueFor(tenant, 'approvals'), away);
  const how = { response_type: 'ephemeral', replace_original: wanted.replaces } as const;
  return tenant.slack.respond(wanted.responseUrl, { ...shown, ...how });
}

/** One order in full: who may see it is asked for each page. */
export async function orderStatusPage(
  tenant: Tenant,
  slackUserId: SlackUserId,
  fleetOrderId: FleetOrderId,
  page: number,
): Promise<Message> {
  const status = await orderStatus(tenant.context, slackUserId, fleetOrderId);
  const values = { share: shareValueFor(tenant, status), page: pageValueFor(tenant, `status.${fleetOrderId}`) };
  return orderStatusMessage(status, values, page);
}

async function showOrderStatus(
  tenant: Tenant,
  fleetOrderId: FleetOrderId,
  { slackUserId, responseUrl, page, replaces }: WantedList,
): Promise<SlackResult<void>> {
  const shown = await orderStatusPage(tenant, slackUserId, fleetOrderId, page);
  return tenant.slack.respond(responseUrl, { ...shown, response_type: 'ephemeral', replace_original: replaces });
}

/** By the name that a paging button carries; null: no list of this release. */
export function listNamed(name: string): ((tenant: Tenant, wanted: WantedList) => Promise<SlackResult<void>>) | null {
  if (name === 'approvals') return showApprovals;
  const fleetOrderId = parseFleetId<FleetOrderId>(name.replace(/^status\./u, ''));
  if (fleetOrderId !== null) return (tenant, wanted) => showOrderStatus(tenant, fleetOrderId, wanted);
  const filter = name.replace(/^carts\./u, '');
  return name.startsWith('carts.') && isCartFilter(filter)
    ? (tenant, wanted) => showCartList(tenant, filter, wanted)
    : null;
}
