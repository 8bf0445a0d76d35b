import type { CartTotal, FleetSnapshot } from '../../domain/cart/cart.ts';
import type { CartDifference } from '../../domain/cart/cart-difference.ts';
import { cartTotal } from '../../domain/cart/cart-total.ts';
import { compareCart, compareDevices, expectedSnapshot, statedTotal } from '../../domain/cart/compare-cart.ts';
import { isSameAmount } from '../../domain/decimal.ts';
import type { Money, OrderLine } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkOurSum, oneSum } from './check-our-sum.ts';
import { type Probed, probeCart, readCart } from './probe-cart.ts';

export type Checked =
  /** Fleet holds exactly what the approver signed. */
  | { readonly kind: 'as_signed'; readonly holds: FleetSnapshot }
  | {
      readonly kind: 'differs';
      readonly difference: CartDifference;
      readonly holds: FleetSnapshot;
      readonly total: CartTotal;
      /** As signed, with other prices where these moved. */
      readonly lines: readonly OrderLine[];
    }
  | Exclude<Probed, { readonly kind: 'cart' }>;

/**
 * Before anything is ordered: what Fleet's cart holds is compared with what the card said it holds, and our own sum is
 * asked for once more where Fleet states no total. Changes nothing; `patchSignedCart` comes last.
 */
export async function checkSignedCart(context: ServiceContext, request: DeviceRequest): Promise<Checked> {
  const read = await readCart(context, request);
  if (read.kind !== 'cart') return read;
  const difference = compareCart(request.expectedInFleet, read.holds);
  // Exactly what was signed: our own patch put it back, in a run that did not get as far as its claim.
  const isSame = difference === null || checkPatched(request, read.holds).kind === 'as_signed';
  return isSame ? checkUnstated(context, request, read.holds) : differs(request, difference, read.holds);
}

/** The same of a cart that holds what was just patched. */
export async function checkAfterPatch(
  context: ServiceContext,
  request: DeviceRequest,
  holds: FleetSnapshot,
): Promise<Checked> {
  const checked = checkPatched(request, holds);
  return checked.kind === 'as_signed' ? checkUnstated(context, request, holds) : checked;
}

/**
 * The last call before a validate is claimed, so that nothing takes time in between: the signed lines, mode and purchaser
 * are patched, and the answer is compared with what was signed.
 */
export async function patchSignedCart(context: ServiceContext, request: DeviceRequest): Promise<Checked> {
  // After Redis was lost the lines are not known: patching would change what Fleet still has of them.
  const found = await (request.lines.length === 0 ? readCart(context, request) : probeCart(context, request));
  return found.kind === 'cart' ? checkPatched(request, found.holds) : found;
}

/** What Fleet says it holds against what was signed. */
export function checkPatched(request: DeviceRequest, holds: FleetSnapshot): Checked {
  if (request.lines.length === 0) {
    const difference = compareCart(request.expectedInFleet, holds);
    return difference === null ? asSigned(holds) : differs(request, difference, holds);
  }
  const devices = compareDevices(expectedSnapshot(request.lines, null), holds);
  const { fleet } = cartTotal(request.lines, holds);
  const isSameTotal = sameMoney(request.total.fleet, fleet);
  if (devices === null && isSameTotal) return asSigned(holds);
  const total = isSameTotal ? null : { from: request.total.fleet, to: fleet };
  return differs(request, { missing: [], extra: [], ...devices, total }, holds);
}

async function checkUnstated(context: ServiceContext, request: DeviceRequest, holds: FleetSnapshot): Promise<Checked> {
  const isOurSum = request.lines.length > 0 && request.total.fleet === null;
  if (!isOurSum) return asSigned(holds);
  const sum = await checkOurSum(context, request);
  if (sum.kind === 'same') return asSigned(holds);
  if (sum.kind === 'unknown') {
    const { failure } = sum;
    return { kind: failure.kind === 'rejected' ? 'cart_refuses' : 'unclear', failure };
  }
  const { lines } = sum;
  const total = { from: oneSum(request.lines), to: oneSum(lines) };
  const difference = { missing: [], extra: [], total };
  return { kind: 'differs', difference, holds, lines, total: cartTotal(lines, holds) };
}

function asSigned(holds: FleetSnapshot): Checked {
  return { kind: 'as_signed', holds };
}

/** The total to sign next: Fleet's new one where it is for the devices that are signed, else the one from before. */
function differs(request: DeviceRequest, difference: CartDifference, holds: FleetSnapshot): Checked {
  const isForTheseDevices = difference.missing.length === 0 && difference.extra.length === 0;
  const fleet = request.lines.length === 0 ? statedTotal(holds) : cartTotal(request.lines, holds).fleet;
  const isTaken = isForTheseDevices || request.lines.length === 0;
  const total = isTaken ? { ...request.total, fleet } : request.total;
  return { kind: 'differs', difference, holds, total, lines: request.lines };
}

function sameMoney(one: Money | null, other: Money | null): boolean {
  if (one === null || other === null) return one === other;
  return one.currency === other.currency && isSameAmount(one.amount, other.amount);
}
