import type { DeviceRequest } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { expireAgain } from '../signature/end-approval.ts';
import { lookAt } from '../signature/look-schedule.ts';
import { workItem } from '../signature/settle-request.ts';

/** Longer than a job of a living queue leaves a request as it is. */
const SILENT_MS = 5 * 60_000;
const MOST = 200;

/**
 * A queue that lost its jobs leaves requests that nothing moves any more. Their work is asked for again under the name
 * that it has for this revision: the queue ignores what it still has, and each job is safe to run twice.
 */
export async function takeUpAgain({ store, now }: ServiceContext): Promise<void> {
  const work = (await store.openRequests()).flatMap((request) => overdue(request, now())).slice(0, MOST);
  if (work.length > 0) await store.commit({ work });
}

function overdue(request: DeviceRequest, now: number): readonly WorkItem[] {
  const { state, tenant, id: requestId } = request;
  switch (state.kind) {
    case 'pending':
      return now < request.expiresAt ? [] : [expireAgain(request)];
    case 'validating':
      return now - state.at < SILENT_MS ? [] : [workItem(request, { kind: 'carry_out_approval', tenant, requestId })];
    case 'unconfirmed':
      return now - state.gaveUpAt < SILENT_MS ? [] : [lookAt(request, now)];
    default:
      return [];
  }
}
