import { type CartTotal, cartTotal, type FleetSnapshot, statedTotal } from '../../domain/cart/cart.ts';
import {
  type CartDifference,
  compareCart,
  compareDevices,
  expectedSnapshot,
  snapshotOf,
} from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { pauseKindOf } from '../../domain/failures/pause.ts';
import { type Money, type OrderLine, type RowKey, rowKeyOf, rowsOf } from '../../domain/line.ts';
import { isSameAmount } from '../../domain/money.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Cart } from '../../fleet/schema.ts';
import { toOrderItems } from '../cart/session.ts';
import type { ServiceContext } from '../context.ts';
import { isCartOver, orderOrGone } from '../fleet-orders.ts';

type Repricing =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly lines: readonly OrderLine[] }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/**
 * Where Fleet states no total (it may for BUY and for several currencies) it is our sum that was signed, and Fleet's cart
 * cannot say that a price moved: each row is priced once more, past the cache. An unknown price was signed as unknown.
 */
async function repriceLines(context: ServiceContext, request: DeviceRequest): Promise<Repricing> {
  const { lines } = request;
  const moved = new Map<RowKey, OrderLine>();
  for (const { key, line } of rowsOf(lines)) {
    if (line.price === null) continue;
    const priced = await priceNow(context, request, line, line.price);
    if (!priced.ok) return { kind: 'unknown', failure: priced.failure };
    const { price } = line;
    const amount = priced.value;
    if (!isSameAmount(amount, price.amount)) moved.set(key, { ...line, price: { ...price, amount } });
  }
  if (moved.size === 0) return { kind: 'same' };
  return { kind: 'moved', lines: lines.map((line) => moved.get(rowKeyOf(line)) ?? line) };
}

/** Longer than the minute's budget takes to be there again, and not so long that a price may have moved unseen. */
const ONE_CHECK_MS = 2 * 60_000;

/**
 * Asked once for each press and each second validate, so that a large cart that waits for Fleet in the middle goes on
 * where it stopped.
 */
async function priceNow(context: ServiceContext, { id, mode, state }: DeviceRequest, line: OrderLine, price: Money) {
  const { productId, deliveryCountry, keyboardLayout } = line;
  const { currency } = price;
  const since = state.kind === 'unconfirmed' ? state.gaveUpAt : 'at' in state && state.at;
  const key = [
    'signed-price',
    id,
    state.kind,
    since,
    productId,
    deliveryCountry,
    keyboardLayout ?? 'NONE',
    currency,
  ].join(':');
  const parse = (stored: unknown) => (typeof stored === 'string' ? stored : null);
  return context.store.cache.read<string, FleetFailure>(
    { key, freshMs: ONE_CHECK_MS, keepMs: ONE_CHECK_MS, parse },
    async () => {
      const asked = { productId, deliveryCountry, currency, acquisitionMode: mode };
      const priced = await context.fleet.getPricing(
        { ...asked, keyboardLayout: keyboardLayout ?? undefined },
        'person',
      );
      return priced.ok ? { ok: true, value: priced.value.amount } : priced;
    },
  );
}

/** Null where there are several currencies: these are never added. */
function singleSum(lines: readonly OrderLine[]) {
  const [only, ...others] = cartTotal(lines, null).ours;
  return only === undefined || others.length > 0 ? null : only;
}

/** What Fleet has under the request's number now, as far as its answers prove it. */
export type SignedCartState =
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
export async function reapplySignedCart(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  const probed = await patchLines(context, request);
  const isPaused = probed.kind === 'unclear' && pauseKindOf(probed.failure) !== null;
  return isPaused ? readWhilePaused(context, request, probed) : probed;
}

/** Nothing is patched while ordering pauses. A reading may say that it moved on; all else that it says proves nothing. */
async function readWhilePaused(
  context: ServiceContext,
  request: DeviceRequest,
  unclear: SignedCartState,
): Promise<SignedCartState> {
  const read = await readSignedCart(context, request);
  return read.kind === 'moved_on' ? read : unclear;
}

async function patchLines(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  const { requester, lines, mode } = request;
  if (lines.length === 0) return patchPurchaser(context, request, null);
  const body = { purchaserId: requester.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: mode };
  const patched = await context.fleet.patchCart(request.fleetOrderId, body, 'person');
  const read = await readAnswer(context, request, patched);
  return read.kind === 'cart_refuses' ? patchPurchaser(context, request, read.failure) : read;
}

/** A refusal of the lines does not prove that it is still a cart: Fleet may look at them first. */
async function patchPurchaser(
  context: ServiceContext,
  request: DeviceRequest,
  refusedLines: FleetFailure | null,
): Promise<SignedCartState> {
  const body = { purchaserId: request.requester.fleetUserId };
  const patched = await context.fleet.patchCart(request.fleetOrderId, body, 'person');
  const read = await readAnswer(context, request, patched);
  if (read.kind === 'cart_refuses') return confirmByReading(context, request, refusedLines ?? read.failure);
  return read.kind === 'cart' && refusedLines !== null ? { kind: 'cart_refuses', failure: refusedLines } : read;
}

/** Only a reading: changes nothing, and proves less. */
export async function readSignedCart(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  return readAnswer(context, request, await context.fleet.getCart(request.fleetOrderId, 'person'));
}

/** Whoever refuses even a reading (a gateway in front of Fleet) says nothing of the cart: it may be ordered. */
async function confirmByReading(
  context: ServiceContext,
  request: DeviceRequest,
  refused: FleetFailure,
): Promise<SignedCartState> {
  const read = await readSignedCart(context, request);
  if (read.kind === 'cart_refuses') return { kind: 'unclear', failure: refused };
  return read.kind === 'cart' ? { kind: 'cart_refuses', failure: refused } : read;
}

async function readAnswer(
  context: ServiceContext,
  request: DeviceRequest,
  answer: FleetResult<Cart>,
): Promise<SignedCartState> {
  if (answer.ok) return { kind: 'cart', holds: snapshotOf(answer.value) };
  const { failure } = answer;
  if (failure.kind === 'rejected_in_words') return { kind: 'cart_refuses', failure };
  if (failure.kind !== 'rejected') return { kind: 'unclear', failure };
  if (!isCartOver(failure)) return { kind: 'cart_refuses', failure };
  const found = await orderOrGone(context, request.fleetOrderId, failure);
  return found.kind === 'order' ? { kind: 'moved_on', clientStatus: found.order.clientStatus } : found;
}

export type SignedCartCheck =
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
  | Exclude<SignedCartState, { readonly kind: 'cart' }>;

/**
 * Before anything is ordered: what Fleet's cart holds is compared with what the card said it holds, and our own sum is
 * asked for once more where Fleet states no total. Changes nothing; `patchSignedCart` comes last.
 */
export async function checkSignedCart(context: ServiceContext, request: DeviceRequest): Promise<SignedCartCheck> {
  const read = await readSignedCart(context, request);
  if (read.kind !== 'cart') return read;
  const difference = compareCart(request.expectedInFleet, read.holds);
  // Exactly what was signed: our own patch put it back, in a run that did not get as far as its claim.
  const isSame = difference === null || compareWithSigned(request, read.holds).kind === 'as_signed';
  return isSame ? checkTotal(context, request, read.holds) : differs(request, difference, read.holds);
}

/** The same of a cart that holds what was just patched. */
export async function checkReapplied(
  context: ServiceContext,
  request: DeviceRequest,
  holds: FleetSnapshot,
): Promise<SignedCartCheck> {
  const checked = compareWithSigned(request, holds);
  return checked.kind === 'as_signed' ? checkTotal(context, request, holds) : checked;
}

/**
 * The last call before a validate is claimed, so that nothing takes time in between: the signed lines, mode and purchaser
 * are patched, and the answer is compared with what was signed.
 */
export async function reapplyAndCompare(context: ServiceContext, request: DeviceRequest): Promise<SignedCartCheck> {
  // After Redis was lost the lines are not known: patching would change what Fleet still has of them.
  const found = await (request.lines.length === 0
    ? readSignedCart(context, request)
    : reapplySignedCart(context, request));
  return found.kind === 'cart' ? compareWithSigned(request, found.holds) : found;
}

/** What Fleet says it holds against what was signed. */
export function compareWithSigned(request: DeviceRequest, holds: FleetSnapshot): SignedCartCheck {
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

async function checkTotal(
  context: ServiceContext,
  request: DeviceRequest,
  holds: FleetSnapshot,
): Promise<SignedCartCheck> {
  const isOurSum = request.lines.length > 0 && request.total.fleet === null;
  if (!isOurSum) return asSigned(holds);
  const sum = await repriceLines(context, request);
  if (sum.kind === 'same') return asSigned(holds);
  if (sum.kind === 'unknown') {
    const { failure } = sum;
    return { kind: failure.kind === 'rejected' ? 'cart_refuses' : 'unclear', failure };
  }
  const { lines } = sum;
  const total = { from: singleSum(request.lines), to: singleSum(lines) };
  const difference = { missing: [], extra: [], total };
  return { kind: 'differs', difference, holds, lines, total: cartTotal(lines, holds) };
}

function asSigned(holds: FleetSnapshot): SignedCartCheck {
  return { kind: 'as_signed', holds };
}

/** The total to sign next: Fleet's new one where it is for the devices that are signed, else the one from before. */
function differs(request: DeviceRequest, difference: CartDifference, holds: FleetSnapshot): SignedCartCheck {
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
