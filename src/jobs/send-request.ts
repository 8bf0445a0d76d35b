import { noCarry } from '../domain/order/order-memory.ts';
import type { Work } from '../domain/work.ts';
import { showCartOutcome } from '../presenters/cart.ts';
import { sendRequest } from '../services/cart/send-request.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type SendRequest = Extract<Work, { kind: 'send_request' }>;

export async function carryOutSendRequest(work: SendRequest, tenant: JobTenant): Promise<void> {
  const { slackUserId, viewId, approverSlackUserId: approver, note } = work;
  const outcome = await sendRequest(tenant.context, work);
  const waiting = { slackUserId, viewId, carry: { ...noCarry, approver, note }, title: yourCartTitle };
  await carriedOut(showCartOutcome(tenant, outcome, waiting));
}
