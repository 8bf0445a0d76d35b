import { remind } from '../../domain/request/reminder-time.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { reminderNotices } from '../../domain/request/request-notices.ts';
import { withTimeout } from '../../domain/with-timeout.ts';
import type { ServiceContext } from '../context.ts';
import { approverIsLost } from './approver-is-lost.ts';
import type { CardPress } from './card-value.ts';
import { pressOnCard } from './decide.ts';
import { findRequest } from './find-request.ts';
import { loseApprover } from './lose-approver.ts';
import type { Settled } from './settle-request.ts';

/** **Remind** on the requester's card. The reminder is accepted in the same commit as its time. */
export async function remindApprover(context: ServiceContext, press: CardPress): Promise<Settled> {
  const lost = await lostApprover(context, press);
  if (lost !== null) return { ok: false, refusal: { kind: 'approver_gone', approver: lost.approver }, request: lost };
  return pressOnCard(context, press, {
    surface: press.surface,
    notices: reminderNotices,
    isShown: false,
    decide: (request, now) => remind(request, { by: press.slackUserId, now }),
  });
}

/** Slack waits three seconds for its answer: whoever cannot be looked up by then is reminded. */
const WAIT_MS = 1_500;

/** Nobody is told that somebody was reminded who does not read it any more. */
async function lostApprover(context: ServiceContext, press: CardPress): Promise<DeviceRequest | null> {
  const found = await findRequest(context, press);
  if (!found.ok || found.request.requester.slackUserId !== press.slackUserId) return null;
  const { request } = found;
  if (request.state.kind !== 'pending' || context.now() >= request.expiresAt || request.approverGone) return null;
  if ((await withTimeout(context.sleep, WAIT_MS, approverIsLost(context, request))) !== true) return null;
  const lost = await loseApprover(context, request.id, request.approver.slackUserId);
  return lost.ok ? lost.request : null;
}
