import { handToDeputy } from '../../domain/request/deputy.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { askedAgainNotices, deputyNotices } from '../../domain/request/request-notices.ts';
import type { ServiceContext } from '../context.ts';
import { wasAskedBefore } from '../signature/decide.ts';
import { settleExactly } from '../signature/settle-request.ts';
import { checkMaySign } from './approvers.ts';

export interface StoodIn {
  /** As it is then. */
  readonly request: DeviceRequest;
  /** Whether the deputy may sign cannot be said just now: worth another try. */
  readonly isUnsure: boolean;
}

/**
 * Whoever is asked may be away: then their deputy is, if that one is there and may sign for this requester. Otherwise it
 * stays where it is.
 */
export async function standIn(context: ServiceContext, request: DeviceRequest): Promise<StoodIn> {
  const stays: StoodIn = { request, isUnsure: false };
  const { state, approver, approverGone, requester } = request;
  if (state.kind !== 'pending' || approverGone) return stays;
  const deputy = await context.store.deputy(approver.slackUserId);
  if (deputy === null || (await context.store.deputy(deputy.slackUserId)) !== null) return stays;
  const may = await checkMaySign(context, { slackUserId: deputy.slackUserId, requester });
  if (!may.ok) return { request, isUnsure: may.refusal.kind === 'eligibility_unknown' };
  if (may.person.slackUserId === approver.slackUserId) return stays;
  const wasAsked = await wasAskedBefore(context, request, may.person.slackUserId);
  const settled = await settleExactly(context, request, {
    surface: 'job',
    notices: (current) => [...deputyNotices(current, approver), ...(wasAsked ? askedAgainNotices(current) : [])],
    decide: (current, now) => handToDeputy(current, { to: may.person, now }),
  });
  return settled !== 'overtaken' && settled.ok ? { request: settled.request, isUnsure: false } : stays;
}
