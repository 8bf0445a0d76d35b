import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart } from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import { recordCartChange } from '../../domain/orders/follow.ts';
import { type DeviceRequest, signedText } from '../../domain/request/request.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { standingInFleet } from '../fleet-orders.ts';
import { endClosedElsewhere, expiryItem } from '../request/end.ts';
import { lookUpItem } from '../request/resolve-unconfirmed.ts';
import { compareWithSigned } from '../request/signed-cart.ts';
import { updateIfUnchanged, workItem } from '../request/update.ts';

/**
 * What became of a waiting request's cart in Fleet's own cockpit. The request is read before Fleet is asked, and only
 * exactly that one is changed: whoever pressed meanwhile is not overruled by something older. Null: Fleet answered.
 */
export async function syncOpenRequest(context: ServiceContext, requestId: RequestId): Promise<FleetFailure | null> {
  const request = await context.store.request(requestId);
  if (request?.state.kind === 'unconfirmed') await queueExtraLookUp(context, request);
  if (request?.state.kind !== 'pending') return null;
  const standing = await standingInFleet(context, request.fleetOrderId, 'background');
  const ending = { context, request };
  switch (standing.kind) {
    case 'cart':
      await recordChange(context, request, standing.holds);
      return null;
    case 'order':
      await endClosedElsewhere(ending, { how: 'ordered', clientStatus: standing.clientStatus });
      return null;
    case 'gone':
      await endClosedElsewhere(ending, { how: 'gone', clientStatus: null });
      return null;
    case 'unclear':
      return standing.failure;
    default:
      return standing satisfies never;
  }
}

/** What is found of it is most likely our own validate: the look-up proves it and says who pressed. */
async function queueExtraLookUp({ store, workspaceId }: ServiceContext, request: DeviceRequest): Promise<void> {
  const work = { kind: 'look_up_unconfirmed', tenant: workspaceId, requestId: request.id, isExtra: true } as const;
  const item = workItem(request, work, 'look-now');
  await store.commit({ once: item.id, work: [item] });
}

async function recordChange(context: ServiceContext, request: DeviceRequest, holds: FleetSnapshot): Promise<void> {
  if (compareCart(request.expectedInFleet, holds) === null) return;
  const checked = compareWithSigned(request, holds);
  if (checked.kind !== 'differs' && checked.kind !== 'as_signed') return;
  const difference = checked.kind === 'differs' ? checked.difference : null;
  const total = checked.kind === 'differs' ? checked.total : request.total;
  const fingerprint = context.seal.digest(signedText({ ...request, expectedInFleet: holds, total }, difference));
  await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: difference !== null || request.difference !== null,
    decide: (current, now) =>
      recordCartChange(current, now, { difference, expectedInFleet: holds, total, fingerprint }),
  });
}

/** Longer than a job of a living queue leaves a request as it is. */
const SILENT_MS = 5 * 60_000;
const MAX_ITEMS = 200;

/**
 * A queue that lost its jobs leaves requests that nothing moves any more. Their work is asked for again under the name
 * that it has for this revision: the queue ignores what it still has, and each job is safe to run twice.
 */
export async function requeueOverdueWork({ store, now }: ServiceContext): Promise<void> {
  const work = (await store.openRequests()).flatMap((request) => overdueItems(request, now())).slice(0, MAX_ITEMS);
  if (work.length > 0) await store.commit({ work });
}

function overdueItems(request: DeviceRequest, now: number): readonly WorkItem[] {
  const { state, tenant, id: requestId } = request;
  switch (state.kind) {
    case 'pending':
      return now < request.expiresAt ? [] : [expiryItem(request)];
    case 'validating':
      return now - state.at < SILENT_MS ? [] : [workItem(request, { kind: 'carry_out_approval', tenant, requestId })];
    case 'unconfirmed':
      return now - state.gaveUpAt < SILENT_MS ? [] : [lookUpItem(request, now)];
    default:
      return [];
  }
}
