import type { RequestId } from '../../domain/ids.ts';
import type { ServiceContext } from '../context.ts';
import { done, type JobOutcome, later, underLease } from '../under-lease.ts';
import { REQUEST_LEASE_MS, requestLease } from './carry-out-approval.ts';
import { endOrdered } from './end-approval.ts';
import { probeCart } from './probe-cart.ts';

/**
 * Besides the planned looks: a sweep did not find the cart of an unconfirmed request, so most likely it is ordered. That
 * is recorded; everything else is left to the look that is planned already, so that there is one chain of them.
 */
export async function lookNow(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return underLease(context, requestLease(requestId), REQUEST_LEASE_MS, async () => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'unconfirmed') return done;
    const probed = await probeCart(context, request);
    if (probed.kind === 'unclear' && probed.failure.kind === 'rate_limited') return later(probed.failure.retryAfterMs);
    if (probed.kind !== 'moved_on') return done;
    await endOrdered({ context, request }, { clientStatus: probed.clientStatus, signatoryConfirmed: false });
    return done;
  });
}
