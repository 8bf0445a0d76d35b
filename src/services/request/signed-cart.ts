import {
  type CartTotal,
  cartTotal,
  type FleetSnapshot,
  provesPrices,
  statedTotal,
  totalsDiffer,
} from '../../domain/cart/cart.ts';
import {
  type CartDifference,
  compareCart,
  compareDevices,
  expectedSnapshot,
  hasUnreadableTotalMoved,
  snapshotOf,
} from '../../domain/cart/compare.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { pauseKindOf } from '../../domain/failures/pause.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import { isSameAmount, type Money, type OrderLine, type RowKey, rowKeyOf, rowsOf } from '../../domain/line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { Cart } from '../../fleet/schema.ts';
import { toOrderItems } from '../cart/session.ts';
import type { ServiceContext } from '../context.ts';
import { isCartOver, orderOrGone } from '../fleet-orders.ts';

/** What Fleet has under the request's number now, as far as its answers prove it. */
export type SignedCartState =
  /** Still a cart; after reapplying, it holds what was signed. */
  | { readonly kind: 'cart'; readonly holds: FleetSnapshot }
  /** Still a cart, but Fleet rejects what was signed. */
  | { readonly kind: 'cart_rejects'; readonly failure: FleetFailure }
  | { readonly kind: 'moved_on'; readonly clientStatus: string }
  | { readonly kind: 'gone' }
  /** No answer that proves anything: ask again later. */
  | { readonly kind: 'unclear'; readonly failure: FleetFailure };

export type SignedCartComparison =
  /** Fleet holds exactly what the approver signed. `isRepriced`: Fleet was asked for prices after this answer. */
  | { readonly kind: 'as_signed'; readonly holds: FleetSnapshot; readonly isRepriced?: true }
  | {
      readonly kind: 'differs';
      readonly difference: CartDifference;
      readonly holds: FleetSnapshot;
      readonly total: CartTotal;
      /** As signed, with the new prices where they changed. */
      readonly lines: readonly OrderLine[];
    }
  | Exclude<SignedCartState, { readonly kind: 'cart' }>;

/**
 * Before anything is ordered: compares Fleet's cart with what the card said it holds. Changes nothing;
 * `reapplyAndCompare` comes last, and it alone proves the prices.
 */
export async function compareSignedCart(
  context: ServiceContext,
  request: DeviceRequest,
): Promise<SignedCartComparison> {
  const read = await readSignedCart(context, request);
  if (read.kind !== 'cart') return read;
  const difference = compareCart(request.expectedInFleet, read.holds);
  // Equal to the signed lines: an earlier run reapplied them and did not get as far as its claim.
  const isSame =
    difference === null ||
    (compareWithSigned(request, read.holds).kind === 'as_signed' &&
      !hasUnreadableTotalMoved(request.expectedInFleet, read.holds));
  return isSame ? asSigned(read.holds) : comparePrices(context, request, differs(request, difference, read.holds));
}

/** The same for a cart that was just reapplied. */
export async function compareReapplied(
  context: ServiceContext,
  request: DeviceRequest,
  holds: FleetSnapshot,
): Promise<SignedCartComparison> {
  const compared = compareWithSigned(request, holds);
  return compared.kind === 'as_signed' ? compared : comparePrices(context, request, compared);
}

/**
 * The last calls before a validate is claimed: reapplies what was signed, compares Fleet's answer with it, and reprices
 * the lines where Fleet's total doesn't prove them.
 */
export async function reapplyAndCompare(
  context: ServiceContext,
  request: DeviceRequest,
): Promise<SignedCartComparison> {
  // After a loss of Redis the lines are unknown: patching would change what Fleet still has of them.
  const reapply = request.lines.length === 0 ? readSignedCart : reapplySignedCart;
  const cart = await reapply(context, request);
  if (cart.kind !== 'cart') return cart;
  const compared = await comparePrices(context, request, compareWithSigned(request, cart.holds));
  if (compared.kind !== 'as_signed' || compared.isRepriced !== true) return compared;
  // Somebody may have changed the cart while Fleet was asked for prices.
  const again = await reapply(context, request);
  return again.kind === 'cart' ? compareWithSigned(request, again.holds) : again;
}

type SameOrDifferent = Extract<SignedCartComparison, { readonly kind: 'as_signed' | 'differs' }>;

const asSigned = (holds: FleetSnapshot) => ({ kind: 'as_signed', holds }) as const;

function compareWithSigned(request: DeviceRequest, holds: FleetSnapshot): SameOrDifferent {
  if (request.lines.length === 0) {
    const difference = compareCart(request.expectedInFleet, holds);
    return difference === null ? asSigned(holds) : differs(request, difference, holds);
  }
  const devices = compareDevices(expectedSnapshot(request.lines, null), holds);
  const total = isSignedTotal(request, holds) ? null : { from: request.total.fleet, to: statedTotal(holds) };
  if (devices === null && total === null) return asSigned(holds);
  return differs(request, { missing: [], extra: [], ...devices, total }, holds);
}

/** For a cart whose total changed in Fleet: the rows get today's prices too, unless Fleet doesn't name them all. */
export async function compareWithNewPrices(
  context: ServiceContext,
  request: DeviceRequest,
  holds: FleetSnapshot,
): Promise<SameOrDifferent> {
  const compared = compareWithSigned(request, holds);
  if (compared.kind === 'as_signed') return compared;
  const priced = await comparePrices(context, request, compared, 'background');
  return priced.kind === 'differs' ? priced : compared;
}

/** The total to sign next: Fleet's new one if it is for the signed devices, otherwise the previous one. */
function differs(request: DeviceRequest, difference: CartDifference, holds: FleetSnapshot): SameOrDifferent {
  const { lines } = request;
  const fleet = lines.length === 0 ? statedTotal(holds) : cartTotal(lines, holds).fleet;
  const total = isForSignedDevices(difference) || lines.length === 0 ? { ...request.total, fleet } : request.total;
  return { kind: 'differs', difference, holds, total, lines };
}

function isForSignedDevices({ missing, extra }: CartDifference): boolean {
  return missing.length === 0 && extra.length === 0;
}

/**
 * Whether Fleet's total agrees with the one that was signed: Fleet's, or our sum where Fleet stated none. Reading and
 * patching a cart can differ in stating one at all, so a missing total agrees with what the prices prove by themselves.
 */
function isSignedTotal({ lines, total: signed }: DeviceRequest, holds: FleetSnapshot): boolean {
  const { fleet } = cartTotal(lines, holds);
  if (fleet === null) return signed.fleet === null || !totalsDiffer(signed);
  if (signed.fleet === null) return !totalsDiffer({ ...signed, fleet });
  return fleet.currency === signed.fleet.currency && isSameAmount(fleet.amount, signed.fleet.amount);
}

/**
 * Proves what became of the cart by patching the signed lines, mode and purchaser again: 200 says that it is still a
 * cart (and makes it what was signed), 409 ORDER_NOT_CART that it moved on. If the lines are unknown, patches the
 * purchaser.
 */
export async function reapplySignedCart(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  const hasLines = request.lines.length > 0;
  const cart = await (hasLines ? patchLines(context, request) : patchPurchaser(context, request, null));
  const isPaused = cart.kind === 'unclear' && pauseKindOf(cart.failure) !== null;
  if (!isPaused) return cart;
  // Fleet takes no patch while ordering is paused. A read may show that it moved on, and proves nothing else.
  const read = await readSignedCart(context, request);
  return read.kind === 'moved_on' ? read : cart;
}

async function patchLines(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  const { requester, lines, mode } = request;
  const body = { purchaserId: requester.fleetUserId, orderItems: toOrderItems(lines), acquisitionMode: mode };
  const cart = await interpret(context, request, await context.fleet.patchCart(request.fleetOrderId, body, 'person'));
  return cart.kind === 'cart_rejects' ? patchPurchaser(context, request, cart.failure) : cart;
}

/** A refusal of the lines does not prove that it is still a cart: Fleet may check the lines first. */
async function patchPurchaser(
  context: ServiceContext,
  request: DeviceRequest,
  linesRefusal: FleetFailure | null,
): Promise<SignedCartState> {
  const body = { purchaserId: request.requester.fleetUserId };
  const cart = await interpret(context, request, await context.fleet.patchCart(request.fleetOrderId, body, 'person'));
  if (cart.kind === 'cart_rejects') return confirmByReading(context, request, linesRefusal ?? cart.failure);
  return cart.kind === 'cart' && linesRefusal !== null ? { kind: 'cart_rejects', failure: linesRefusal } : cart;
}

/** A refusal even to read comes from elsewhere (a gateway in front of Fleet): the cart may have been ordered. */
async function confirmByReading(
  context: ServiceContext,
  request: DeviceRequest,
  failure: FleetFailure,
): Promise<SignedCartState> {
  const read = await readSignedCart(context, request);
  if (read.kind === 'cart_rejects') return { kind: 'unclear', failure };
  if (read.kind !== 'cart') return read;
  // Whether Fleet's route for carts also answers for orders isn't documented.
  const order = await context.fleet.getOrder(request.fleetOrderId, 'person');
  if (order.ok) return { kind: 'moved_on', clientStatus: order.value.clientStatus };
  return order.failure.kind === 'rejected'
    ? { kind: 'cart_rejects', failure }
    : { kind: 'unclear', failure: order.failure };
}

/** Changes nothing in Fleet, and proves less than reapplying. */
export async function readSignedCart(context: ServiceContext, request: DeviceRequest): Promise<SignedCartState> {
  return interpret(context, request, await context.fleet.getCart(request.fleetOrderId, 'person'));
}

async function interpret(
  context: ServiceContext,
  request: DeviceRequest,
  answer: FleetResult<Cart>,
): Promise<SignedCartState> {
  if (answer.ok) return { kind: 'cart', holds: snapshotOf(answer.value) };
  const { failure } = answer;
  if (failure.kind === 'rejected_in_words') return { kind: 'cart_rejects', failure };
  if (failure.kind !== 'rejected') return { kind: 'unclear', failure };
  if (!isCartOver(failure)) return { kind: 'cart_rejects', failure };
  const found = await orderOrGone(context, request.fleetOrderId, failure);
  return found.kind === 'order' ? { kind: 'moved_on', clientStatus: found.order.clientStatus } : found;
}

/**
 * Where Fleet's total isn't the sum of the signed prices (for BUY or several currencies it can be missing, zero or only
 * a part), it cannot show that a price changed: each row is priced again, past the cache. So it is where Fleet's total
 * changed, or the approver would be shown the old prices with it. An unknown price was signed as unknown.
 */
async function comparePrices(
  context: ServiceContext,
  request: DeviceRequest,
  compared: SameOrDifferent,
  urgency: Urgency = 'person',
): Promise<SignedCartComparison> {
  const { holds } = compared;
  const isProved = provesPrices(cartTotal(request.lines, holds));
  const haveDevicesChanged = compared.kind === 'differs' && !isForSignedDevices(compared.difference);
  if (request.lines.length === 0 || isProved || haveDevicesChanged) return compared;
  const changed = new Map<RowKey, OrderLine>();
  const asked: string[] = [];
  let isRepriced = false;
  for (const { key, line } of rowsOf(request.lines)) {
    const { price } = line;
    if (price === null) continue;
    const entry = signedPriceKey(request, line, price);
    const priced = await priceOnce(context, request, { ...line, currency: price.currency, urgency, entry }, () => {
      isRepriced = true;
    });
    asked.push(entry);
    if (!priced.ok) {
      const { failure } = priced;
      return { kind: failure.kind === 'rejected' ? 'cart_rejects' : 'unclear', failure };
    }
    if (!isSameAmount(priced.value, price.amount)) {
      changed.set(key, { ...line, price: { ...price, amount: priced.value } });
    }
  }
  // A later run, after a patch that failed, asks again: a price may have moved since.
  await Promise.all(asked.map((entry) => context.store.cache.forget(entry)));
  if (changed.size === 0) return compared.kind === 'as_signed' && isRepriced ? { ...compared, isRepriced } : compared;
  const lines = request.lines.map((line) => changed.get(rowKeyOf(line)) ?? line);
  const ours = { missing: [], extra: [], total: { from: singleSum(request.lines), to: singleSum(lines) } };
  const difference = compared.kind === 'differs' ? compared.difference : ours;
  return { kind: 'differs', difference, holds, lines, total: cartTotal(lines, holds) };
}

/** Null with several currencies, which are never added up. */
function singleSum(lines: readonly OrderLine[]): Money | null {
  const [only, ...others] = cartTotal(lines, null).ours;
  return only === undefined || others.length > 0 ? null : only;
}

/** Longer than the minute's budget takes to refill, and too short for a price change to go unnoticed. */
const PRICE_KEPT_MS = 2 * 60_000;

/** For one press or second validate. */
function signedPriceKey({ id, state }: DeviceRequest, line: OrderLine, { currency }: Money): string {
  const since = state.kind === 'unconfirmed' ? state.gaveUpAt : 'at' in state && state.at;
  const { productId, deliveryCountry, keyboardLayout } = line;
  const of = [productId, deliveryCountry, keyboardLayout ?? 'NONE', currency];
  return ['signed-price', id, state.kind, since, ...of].join(':');
}

/** Kept until all of them were asked, so that a large cart that waits for Fleet resumes where it stopped. */
async function priceOnce(
  context: ServiceContext,
  { mode }: DeviceRequest,
  line: OrderLine & Pick<Money, 'currency'> & { readonly urgency: Urgency; readonly entry: string },
  onAsk: () => void,
) {
  const { productId, deliveryCountry, keyboardLayout, currency, urgency, entry: key } = line;
  const parse = (stored: unknown) => (typeof stored === 'string' ? stored : null);
  return context.store.cache.read<string, FleetFailure>(
    { key, freshMs: PRICE_KEPT_MS, keepMs: PRICE_KEPT_MS, parse },
    async () => {
      onAsk();
      const asked = { productId, deliveryCountry, currency, acquisitionMode: mode };
      const priced = await context.fleet.getPricing({ ...asked, keyboardLayout: keyboardLayout ?? undefined }, urgency);
      return priced.ok ? { ok: true, value: priced.value.amount } : priced;
    },
  );
}
