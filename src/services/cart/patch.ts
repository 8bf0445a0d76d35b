import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareDevices, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import { isCartOver } from '../fleet-orders.ts';
import { retryLater } from './outcome.ts';
import {
  type CartSession,
  incrementAttempts,
  MAX_ATTEMPTS,
  newDraft,
  renewLease,
  saveInSession,
  toOrderItems,
  type WrittenCart,
  whyCartIsOver,
  withAppliedChange,
} from './session.ts';

const RETRY_AFTER_MS = 2_000;

type CartInFleet = DraftCart & { readonly fleetOrderId: FleetOrderId };

/**
 * Every change after the first replaces all lines. Repeating a PATCH is harmless, but it would wipe out a change that
 * someone made in Fleet, so we read what Fleet holds first.
 */
export async function patchCart(session: CartSession, before: DraftCart, after: CartInFleet): Promise<WrittenCart> {
  const read = await session.context.fleet.getCart(after.fleetOrderId, 'person');
  if (!read.ok) return handleRefusal(session, before, after.fleetOrderId, read.failure);
  const inFleet = snapshotOf(read.value);
  if (!isChangedElsewhere(before, after, inFleet)) return patchLines(session, before, after);
  // The person sees this version now, so their next change may replace it.
  const draft = await saveInSession(session, before, { ...before, fleetHolds: inFleet });
  return { kind: 'changed_elsewhere', draft, inFleet };
}

/** The PATCH alone, for callers that have compared already. */
export async function patchLines(session: CartSession, before: DraftCart, after: CartInFleet): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  await renewLease(session);
  await context.step?.('cart.before_patch');
  const patched = await context.fleet.patchCart(
    after.fleetOrderId,
    { purchaserId: person.fleetUserId, orderItems: toOrderItems(after.lines), acquisitionMode: after.mode },
    'person',
  );
  await context.step?.('cart.patched');
  if (!patched.ok) return handleRefusal(session, before, after.fleetOrderId, patched.failure);
  const inFleet = snapshotOf(patched.value);
  const changed = withAppliedChange({ ...after, fleetHolds: inFleet }, changeId);
  return { kind: 'written', draft: await saveInSession(session, before, changed, 'cart_changed'), inFleet };
}

/** False when Fleet already holds what this change asks for: an earlier run of it got through. */
function isChangedElsewhere(before: DraftCart, after: DraftCart, inFleet: FleetSnapshot): boolean {
  if (before.standing !== 'ours' || before.fleetOrderId !== after.fleetOrderId || before.fleetHolds === null)
    return false;
  const isAsWeLeftIt = compareDevices(before.fleetHolds, inFleet) === null;
  return !isAsWeLeftIt && compareDevices(expectedSnapshot(after.lines, null), inFleet) !== null;
}

async function handleRefusal(
  session: CartSession,
  before: DraftCart,
  fleetOrderId: FleetOrderId,
  failure: FleetFailure,
): Promise<WrittenCart> {
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  if (mayHaveHappened(failure)) {
    // We no longer know what Fleet holds, so we must not report a change made elsewhere.
    const draft = await saveInSession(session, before, { ...before, fleetHolds: null });
    const attempts = await incrementAttempts(session);
    return attempts < MAX_ATTEMPTS
      ? retryLater(RETRY_AFTER_MS * attempts, 'fleet_did_not_confirm')
      : { kind: 'refused', draft, failure };
  }
  const over = isCartOver(failure) ? await whyCartIsOver(session.context, fleetOrderId, failure) : null;
  if (over === null) return { kind: 'refused', draft: before, failure };
  await saveInSession(session, before, null, over.kind);
  return { kind: 'over', draft: newDraft(session.person, before.mode), trouble: over };
}
