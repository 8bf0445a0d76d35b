import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { ServiceContext } from '../context.ts';
import { followCarts } from './follow-carts.ts';
import { followPlaced } from './follow-placed.ts';
import { requeueOverdueWork } from './open-request.ts';
import type { Sweep } from './sweep.ts';

/** Longer than one call may wait for room in the minute's budget and for its answer. */
const LEASE_MS = 3 * 60_000;

/**
 * One sweep over what Fleet can move by itself: carts that wait for a signature first, then orders. A second run beside
 * this one does nothing.
 */
export async function followOrders(context: ServiceContext): Promise<void> {
  const { store } = context;
  const lease = await store.lease('follow-orders', LEASE_MS);
  if (lease === null) return;
  const sweep: Sweep = {
    context,
    isOurs: () => lease.extend(LEASE_MS),
    mark: await store.sweepMark(),
    counts: { pages: 0, asked: 0, moved: 0 },
  };
  try {
    await requeueOverdueWork(context);
    const failure = (await followCarts(sweep)) ?? (await followPlaced(sweep));
    report(sweep, failure);
  } finally {
    await store.putSweepMark(sweep.mark);
    await lease.release();
  }
}

function report({ context, counts }: Sweep, failure: FleetFailure | null): void {
  if (failure !== null)
    context.log.warn('orders were followed in part', {
      ...counts,
      operation: failure.operation,
      failure: failure.kind,
    });
  else if (counts.pages + counts.asked > 0) context.log.info('orders were followed', { ...counts });
}
