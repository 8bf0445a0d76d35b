import { cartTotal } from '../domain/cart-total.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { rowsOf } from '../domain/order-line.ts';
import type { PersonStatus } from '../domain/status-report.ts';
import type { ServiceContext } from './context.ts';
import { requestStanding } from './fleet-standing.ts';

const SHOWN = 20;

/** A person's own cart, requests and orders, newest first, each with what Fleet says of it. */
export async function personStatus(context: ServiceContext, slackUserId: SlackUserId): Promise<PersonStatus> {
  const [draft, requests, waiting] = await Promise.all([
    context.store.draft(slackUserId),
    context.store.requestsBy(slackUserId, SHOWN),
    context.store.requestsWaitingFor(slackUserId),
  ]);
  const items = await Promise.all(
    requests.map(async (request) => ({ request, standing: await requestStanding(context, request) })),
  );
  const hasLines = draft !== null && draft.lockedBy === null && draft.lines.length > 0;
  return {
    draft: hasLines
      ? { cart: draft, rows: rowsOf(draft.lines), total: cartTotal(draft.lines, draft.fleetHolds) }
      : null,
    items,
    waiting: waiting.length,
  };
}
