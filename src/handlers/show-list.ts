import { type CartFilter, isCartFilter } from '../domain/cart/cart-list.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { isAdmin } from '../services/people/admins.ts';
import { isApprover, waitingApprovals } from '../services/signature/waiting-approvals.ts';
import { listCarts } from '../services/tracking/list-carts.ts';
import type { SlackResult } from '../slack/slack.ts';
import { sentence } from '../views/notices.ts';
import { approvalsMessage } from '../views/status/approvals.ts';
import { cartListMessage, cartsForAdminsText } from '../views/status/cart-list.ts';
import type { Tenant } from './deps.ts';
import { pageValueFor } from './page-value.ts';
import { respondWithTable } from './respond-with-table.ts';

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

/** By the name that a paging button carries; null: no list of this release. */
export function listNamed(name: string): ((tenant: Tenant, wanted: WantedList) => Promise<SlackResult<void>>) | null {
  if (name === 'approvals') return showApprovals;
  const filter = name.replace(/^carts\./u, '');
  return name.startsWith('carts.') && isCartFilter(filter)
    ? (tenant, wanted) => showCartList(tenant, filter, wanted)
    : null;
}
