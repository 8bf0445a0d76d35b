import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import { loseApprover as lost } from '../../domain/request/decide-elsewhere.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { approverLostNotices } from '../../domain/request/request-notices.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type Settled, type Settlement, settleRequest, workItem } from './settle-request.ts';

/**
 * The approver cannot be reached or may no longer sign: the request does not sit silent. `approver`: who it was found out
 * of; a request that was handed over meanwhile is left alone.
 */
export async function loseApprover(
  context: ServiceContext,
  requestId: RequestId,
  approver: SlackUserId,
  notices: Settlement['notices'] = approverLostNotices,
): Promise<Settled> {
  return settleRequest(context, requestId, {
    surface: 'job',
    notices,
    decide: (request, now) =>
      request.approver.slackUserId === approver
        ? lost(request, now)
        : { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } },
    work: (request) => [tellAdminsOfLost(request)],
  });
}

export function tellAdminsOfLost(request: DeviceRequest): WorkItem {
  const { id, tenant, approver, requester } = request;
  const notice = { kind: 'approver_gone', requestId: id, approver, requester } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, 'tell-admins');
}
