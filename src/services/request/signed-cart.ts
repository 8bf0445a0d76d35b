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

type OurSum =
  | { readonly kind: 'same' }
  | { readonly kind: 'moved'; readonly lines: readonly OrderLine[] }
  | { readonly kind: 'unknown'; readonly failure: FleetFailure };

/**
 * Where Fleet states no total (it may for BUY and for several currencies) it is our sum that was signed, and Fleet's cart
 * cannot say that a price moved: each row is priced once more, past the cache. An unknown price was signed as unknown.
 */
async function checkOurSum(context: ServiceContext, request: DeviceRequest): Promise<OurSum> {
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
function oneSum(lines: readonly OrderLine[]) {
  const [only, ...others] = cartTotal(lines, null).ours;
  return only === undefined || others.length > 0 ? null : only;
}

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
