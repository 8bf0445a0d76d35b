import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareCart } from '../../domain/cart/compare-cart.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { signedText } from '../../domain/request/signed-text.ts';
import { cartChangedElsewhere } from '../../domain/tracking/follow-cart.ts';
import type { ServiceContext } from '../context.ts';
import { checkPatched } from '../signature/check-signed-cart.ts';
import { endElsewhere } from '../signature/end-approval.ts';
import { settleExactly, workItem } from '../signature/settle-request.ts';
import { standingInFleet } from './standing-in-fleet.ts';

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
async function lookNow({ store, tenant }: ServiceContext, request: DeviceRequest): Promise<void> {
  const work = { kind: 'look_up_unconfirmed', tenant, requestId: request.id, isExtra: true } as const;
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
