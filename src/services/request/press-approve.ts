import { approve, whyCannotApprove } from '../../domain/request/decide.ts';
import { isOwnRequest } from '../../domain/request/may-sign.ts';
import { decisionNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { admitSignerInTime } from '../people/approvers.ts';
import { isStillPurchaserInTime } from '../people/match.ts';
import { markApproverUnavailable } from './approver-unavailable.ts';
import { type CardPress, receivePress, refreshStaleCard } from './press.ts';
import { type RequestOutcome, updateRequest, workItem } from './update.ts';

/**
 * Accepts an Approve: one commit takes the request from pending to validating together with the job that carries it out.
 * Fleet is not asked here. Of two presses one is accepted; the other is told who decided.
 */
export async function pressApprove(context: ServiceContext, press: CardPress): Promise<RequestOutcome> {
  const found = await receivePress(context, press);
  if (!found.ok) return found;
  const outcome = await decideApproval(context, press, found.request, found.card.fingerprint);
  if (!outcome.ok && outcome.refusal.kind === 'not_eligible')
    await markPresserUnavailable(context, press, found.request);
  if (!outcome.ok && outcome.request !== null) {
    await refreshStaleCard(context, press, outcome.request, outcome.refusal, decisionNotices);
  }
  return outcome;
}

/** Only they would know otherwise: the requester chooses another, and admins hear of it. They read the refusal itself. */
async function markPresserUnavailable(
  context: ServiceContext,
  { slackUserId }: CardPress,
  { id }: DeviceRequest,
): Promise<void> {
  await markApproverUnavailable(context, id, slackUserId, (request) =>
    decisionNotices(request).filter(({ to }) => to !== slackUserId),
  );
}

async function decideApproval(
  context: ServiceContext,
  { slackUserId, surface }: CardPress,
  request: DeviceRequest,
  fingerprint: string,
): Promise<RequestOutcome> {
  const refused = whyCannotApprove(request, { by: slackUserId, now: context.now(), fingerprint });
  if (refused !== null) return { ok: false, refusal: refused.refusal, request };
  const { requester } = request;
  const [may, stands, pause, { selfApproval }] = await Promise.all([
    admitSignerInTime(context, { slackUserId, requester }),
    isStillPurchaserInTime(context, requester),
    context.store.pause(),
    context.store.settings(),
  ]);
  if (!may.ok) return { ok: false, refusal: may.refusal, request };
  if (!stands) return { ok: false, refusal: { kind: 'requester_changed', requester }, request };
  if (pause !== null) return { ok: false, refusal: { kind: 'ordering_paused' }, request };
  const isOwn = selfApproval !== null && isOwnRequest(may.person, requester);
  const own = isOwn ? { ownRequestReason: selfApproval.reason } : {};
  return updateRequest(context, request.id, {
    surface,
    decide: (current, now) => approve(current, { signer: may.person, now, fingerprint, ...own }),
    work: (accepted) => [
      workItem(accepted, { kind: 'carry_out_approval', tenant: context.workspaceId, requestId: accepted.id }),
    ],
  });
}
