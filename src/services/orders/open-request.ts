import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import { cartChangedElsewhere } from '../../domain/orders/follow.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { standingInFleet } from '../fleet-orders.ts';
import { endElsewhere, expireAgain } from '../request/end.ts';
import { lookAt } from '../request/look-up.ts';
import { settleExactly, workItem } from '../request/settle.ts';
import { checkPatched } from '../request/signed-cart.ts';

/**
 * What became of a waiting request's cart in Fleet's own cockpit. The request is read before Fleet is asked, and only
 * exactly that one is changed: whoever pressed meanwhile is not overruled by something older. Null: Fleet answered.
 */
export async function checkOpenRequest(context: ServiceContext, requestId: RequestId): Promise<FleetFailure | null> {
  const request = await context.store.request(requestId);
  if (request?.state.kind === 'unconfirmed') await lookNow(context, request);
  if (request?.state.kind !== 'pending') return null;
  const standing = await standingInFleet(context, request.fleetOrderId, 'background');
  const ending = { context, request };
  switch (standing.kind) {
    case 'cart':
      await compare(context, request, standing.holds);
      return null;
    case 'order':
      await endElsewhere(ending, { how: 'ordered', clientStatus: standing.clientStatus });
      return null;
    case 'gone':
      await endElsewhere(ending, { how: 'gone', clientStatus: null });
      return null;
    case 'unclear':
      return standing.failure;
    default:
      return standing satisfies never;
  }
}

/** What is found of it is most likely our own validate: the look-up proves it and says who pressed. */
async function lookNow({ store, workspaceId }: ServiceContext, request: DeviceRequest): Promise<void> {
  const work = { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: request.id, isExtra: true } as const;
  const item = workItem(request, work, 'look-now');
  await store.commit({ once: item.id, work: [item] });
}

async function compare(context: ServiceContext, request: DeviceRequest, holds: FleetSnapshot): Promise<void> {
  if (compareCart(request.expectedInFleet, holds) === null) return;
  const checked = checkPatched(request, holds);
  if (checked.kind !== 'differs' && checked.kind !== 'as_signed') return;
  const difference = checked.kind === 'differs' ? checked.difference : null;
  const total = checked.kind === 'differs' ? checked.total : request.total;
  const fingerprint = context.seal.digest(signedText({ ...request, expectedInFleet: holds, total }, difference));
  await settleExactly(context, request, {
    surface: 'job',
    isShown: difference !== null || request.difference !== null,
    decide: (current, now) =>
      cartChangedElsewhere(current, now, { difference, expectedInFleet: holds, total, fingerprint }),
  });
}

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
