import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { snapshotOf } from '../../domain/cart/compare-cart.ts';
import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import { pauseKindOf } from '../../domain/failures/pause.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Cart } from '../../fleet/schema.ts';
import { toOrderItems } from '../cart/order-items.ts';
import type { ServiceContext } from '../context.ts';
import { isCartOver, orderOrGone } from '../tracking/look-in-fleet.ts';

/** What Fleet has under the request's number now, as far as its answers prove it. */
export type Probed =
  /** Still a cart, and it now holds what was signed. */
  | { readonly kind: 'cart'; readonly holds: FleetSnapshot }
  /** Still a cart, but Fleet does not take what was signed. */
  | { readonly kind: 'cart_refuses'; readonly failure: FleetFailure }
  | { readonly kind: 'moved_on'; readonly clientStatus: string }
  | { readonly kind: 'gone' }
  /** No answer that proves anything: ask again later. */
  | { readonly kind: 'unclear'; readonly failure: FleetFailure };

/**
 * The certain probe: patching the signed lines, mode and purchaser once more. 200 says that it is still a cart (and makes
 * it what was signed), 409 ORDER_NOT_CART that it moved on. Where the lines are not known only the purchaser is patched.
 */
export async function probeCart(context: ServiceContext, request: DeviceRequest): Promise<Probed> {
  const probed = await probeByPatch(context, request);
  const isPaused = probed.kind === 'unclear' && pauseKindOf(probed.failure) !== null;
  return isPaused ? probeWhilePaused(context, request, probed) : probed;
}

/** Nothing is patched while ordering pauses. A reading may say that it moved on; all else that it says proves nothing. */
async function probeWhilePaused(context: ServiceContext, request: DeviceRequest, unclear: Probed): Promise<Probed> {
  const read = await readCart(context, request);
  return read.kind === 'moved_on' ? read : unclear;
}

async function probeByPatch(context: ServiceContext, request: DeviceRequest): Promise<Probed> {
  const { requester, lines, mode } = request;
  if (lines.length === 0) return probeByPurchaser(context, request, null);
  const body = { purchaserId: requester.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: mode };
  const patched = await context.fleet.patchCart(request.fleetOrderId, body, 'person');
  const read = await readAnswer(context, request, patched);
  return read.kind === 'cart_refuses' ? probeByPurchaser(context, request, read.failure) : read;
}

/** A refusal of the lines does not prove that it is still a cart: Fleet may look at them first. */
async function probeByPurchaser(
  context: ServiceContext,
  request: DeviceRequest,
  refusedLines: FleetFailure | null,
): Promise<Probed> {
  const body = { purchaserId: request.requester.fleetUserId };
  const patched = await context.fleet.patchCart(request.fleetOrderId, body, 'person');
  const read = await readAnswer(context, request, patched);
  if (read.kind === 'cart_refuses') return probeByReading(context, request, refusedLines ?? read.failure);
  return read.kind === 'cart' && refusedLines !== null ? { kind: 'cart_refuses', failure: refusedLines } : read;
}

/** Only a reading: changes nothing, and proves less. */
export async function readCart(context: ServiceContext, request: DeviceRequest): Promise<Probed> {
  return readAnswer(context, request, await context.fleet.getCart(request.fleetOrderId, 'person'));
}

/** Whoever refuses even a reading (a gateway in front of Fleet) says nothing of the cart: it may be ordered. */
async function probeByReading(context: ServiceContext, request: DeviceRequest, refused: FleetFailure): Promise<Probed> {
  const read = await readCart(context, request);
  if (read.kind === 'cart_refuses') return { kind: 'unclear', failure: refused };
  return read.kind === 'cart' ? { kind: 'cart_refuses', failure: refused } : read;
}

async function readAnswer(context: ServiceContext, request: DeviceRequest, answer: FleetResult<Cart>): Promise<Probed> {
  if (answer.ok) return { kind: 'cart', holds: snapshotOf(answer.value) };
  const { failure } = answer;
  if (failure.kind === 'rejected_in_words') return { kind: 'cart_refuses', failure };
  if (failure.kind !== 'rejected') return { kind: 'unclear', failure };
  if (!isCartOver(failure)) return { kind: 'cart_refuses', failure };
  const found = await orderOrGone(context, request.fleetOrderId, failure);
  return found.kind === 'order' ? { kind: 'moved_on', clientStatus: found.order.clientStatus } : found;
}
