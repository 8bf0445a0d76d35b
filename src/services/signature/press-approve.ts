import { approve, mayNotApprove } from '../../domain/request/decide.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySignInTime } from '../people/may-sign-in-time.ts';
import type { CardPress } from './card-value.ts';
import { findRequest } from './find-request.ts';
import { loseApprover } from './lose-approver.ts';
import { putRight } from './put-right.ts';
import { type News, type Settled, settleRequest, workItem } from './settle-request.ts';

/**
 * Accepts an Approve: one commit takes the request from pending to validating together with the job that carries it out.
 * Fleet is not asked here. Of two presses one is accepted; the other is told who decided.
 */
export async function pressApprove(context: ServiceContext, press: CardPress, news?: News): Promise<Settled> {
  const found = await findRequest(context, press);
  if (!found.ok) return found;
  const outcome = await decided(context, press, found.request, found.card.fingerprint);
  if (!outcome.ok && outcome.refusal.kind === 'not_eligible') await loseThemselves(context, press, found.request, news);
  if (!outcome.ok && outcome.request !== null) {
    await putRight(context, press, outcome.request, outcome.refusal, news);
  }
  return outcome;
}

/** Only they would know otherwise: the requester chooses another, and admins hear of it. They read the refusal itself. */
async function loseThemselves(
  context: ServiceContext,
  { slackUserId }: CardPress,
  { id }: DeviceRequest,
  news: News = () => [],
): Promise<void> {
  await loseApprover(context, id, slackUserId, (request) => news(request).filter(({ to }) => to !== slackUserId));
}

async function decided(
  context: ServiceContext,
  { slackUserId }: CardPress,
  request: DeviceRequest,
  fingerprint: string,
): Promise<Settled> {
  const refused = mayNotApprove(request, { by: slackUserId, now: context.now(), fingerprint });
  if (refused !== null) return { ok: false, refusal: refused.refusal, request };
  const [may, pause] = await Promise.all([
    checkMaySignInTime(context, { slackUserId, requester: request.requester }),
    context.store.pause(),
  ]);
  if (!may.ok) return { ok: false, refusal: may.refusal, request };
  if (pause !== null) return { ok: false, refusal: { kind: 'ordering_paused' }, request };
  return settleRequest(context, request.id, {
    surface: 'card',
    decide: (current, now) => approve(current, { signer: may.person, now, fingerprint }),
    work: (accepted) => [
      workItem(accepted, { kind: 'carry_out_approval', tenant: context.tenant, requestId: accepted.id }),
    ],
  });
}
