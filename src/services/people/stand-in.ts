import type { Person } from '../../domain/people/people.ts';
import { handToDeputy } from '../../domain/request/deputy.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { type News, settleExactly } from '../signature/settle-request.ts';
import { whenAskedAgain } from '../signature/when-asked-again.ts';
import { checkMaySign } from './approvers.ts';

/**
 * Whoever is asked may be away: then their deputy is, if that one is there and may sign for this requester. Otherwise it
 * stays where it is. Answers the request as it is then.
 */
export async function standIn(
  context: ServiceContext,
  request: DeviceRequest,
  news: { readonly standsIn: (away: Person) => News; readonly askedAgain: News },
): Promise<DeviceRequest> {
  const { state, approver, approverGone, requester } = request;
  if (state.kind !== 'pending' || approverGone) return request;
  const deputy = await context.store.deputy(approver.slackUserId);
  if (deputy === null || (await context.store.deputy(deputy.slackUserId)) !== null) return request;
  const may = await checkMaySign(context, { slackUserId: deputy.slackUserId, requester });
  if (!may.ok || may.person.slackUserId === approver.slackUserId) return request;
  const asked = await whenAskedAgain(context, request, may.person.slackUserId, news.askedAgain);
  const settled = await settleExactly(context, request, {
    surface: 'job',
    news: (current) => [...news.standsIn(approver)(current), ...asked(current)],
    decide: (current, now) => handToDeputy(current, { to: may.person, now }),
  });
  return settled !== 'overtaken' && settled.ok ? settled.request : request;
}
