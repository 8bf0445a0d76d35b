import type { RequestId } from '../../domain/ids.ts';
import { expire } from '../../domain/request/decide-elsewhere.ts';
import { decisionNotices } from '../../domain/request/request-notices.ts';
import type { ServiceContext } from '../context.ts';
import { done, type JobOutcome, later } from '../under-lease.ts';
import { settleRequest } from './settle-request.ts';

/** What is being sent to Fleet at its deadline was decided in time; should it come back, this runs again. */
export async function expireRequest(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const outcome = await settleRequest(context, requestId, { surface: 'job', notices: decisionNotices, decide: expire });
  const { request } = outcome;
  if (outcome.ok || request?.state.kind !== 'pending') return done;
  return later(request.expiresAt - context.now());
}
