import { noCarry } from '../domain/order/order-memory.ts';
import type { Work } from '../domain/work.ts';
import { sendRequest } from '../services/cart/send-request.ts';
import { waitingModal } from '../views/cart/cart-waiting.ts';
import { yourCartTitle } from '../views/cart/your-cart.ts';
import type { JobTenant } from './job-tenant.ts';
import { showCartOutcome } from './show-cart-outcome.ts';

type SendRequest = Extract<Work, { kind: 'send_request' }>;

export async function carryOutSendRequest(work: SendRequest, tenant: JobTenant): Promise<void> {
  const { slackUserId, viewId, approverSlackUserId: approver, note } = work;
  const outcome = await sendRequest(tenant.context, work);
  await showCartOutcome(tenant, outcome, {
    slackUserId,
    viewId,
    carry: { ...noCarry, approver, note },
    waiting: (why) => waitingModal(yourCartTitle, why),
  });
}
