import { followOrders } from '../services/tracking/follow-orders.ts';
import { decisionNews } from '../views/card/decision-news.ts';
import type { JobTenant } from './job-tenant.ts';

/** Carts and orders that Fleet moved by itself. What could not be asked is asked by the next sweep. */
export async function carryOutFollowOrders({ context }: JobTenant): Promise<void> {
  await followOrders(context, decisionNews);
}
