import type { DraftCart, FleetSnapshot } from '../../domain/cart/cart.ts';
import { compareDevices, expectedSnapshot, snapshotOf } from '../../domain/cart/compare.ts';
import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import type { FleetOrderId } from '../../domain/ids.ts';
import { isCartOver } from '../fleet-orders.ts';
import { retryLater } from './outcome.ts';
import {
  type CartSession,
  cartAudit,
  countAttempt,
  MAX_ATTEMPTS,
  newDraft,
  renewLease,
  saveDraft,
  toOrderItems,
  type WrittenCart,
  whyCartIsOver,
  withAppliedChange,
} from './session.ts';

const RETRY_AFTER_MS = 2_000;

/**
 * Every later change replaces all lines. Fleet keeps no more than the last patch, so sending it twice is harmless; but it
 * would also wipe out what somebody did in Fleet, so what Fleet holds is read first.
 */
export async function patchCart(
  session: CartSession,
  before: DraftCart,
  is: DraftCart & { readonly fleetOrderId: FleetOrderId },
): Promise<WrittenCart> {
  const read = await session.context.fleet.getCart(is.fleetOrderId, 'person');
  if (!read.ok) return handleRefusal(session, before, is.fleetOrderId, read.failure);
  const inFleet = snapshotOf(read.value);
  if (isChangedElsewhere(before, is, inFleet)) {
    // Seen by the person now: the next change may replace it.
    const draft = await save(session, before, { ...before, fleetHolds: inFleet });
    return { kind: 'changed_elsewhere', draft, inFleet };
  }
  return patchLines(session, before, is);
}

/** The patch itself, for whoever has looked already. */
export async function patchLines(
  session: CartSession,
  before: DraftCart,
  is: DraftCart & { readonly fleetOrderId: FleetOrderId },
): Promise<WrittenCart> {
  const { context, person, changeId } = session;
  await renewLease(session);
  await context.step?.('cart.before_patch');
  const patched = await context.fleet.patchCart(
    is.fleetOrderId,
    { purchaserId: person.fleetUserId, orderItems: toOrderItems(is.lines), acquisitionMode: is.mode },
    'person',
  );
  await context.step?.('cart.patched');
  if (!patched.ok) return handleRefusal(session, before, is.fleetOrderId, patched.failure);
  const inFleet = snapshotOf(patched.value);
  const changed = withAppliedChange({ ...is, fleetHolds: inFleet }, changeId);
  return { kind: 'written', draft: await save(session, before, changed, 'cart_changed'), inFleet };
}

/** Not when it holds what this very change makes of it: then an earlier run of it got through. */
function isChangedElsewhere(before: DraftCart, is: DraftCart, inFleet: FleetSnapshot): boolean {
  if (before.standing !== 'ours' || before.fleetOrderId !== is.fleetOrderId || before.fleetHolds === null) return false;
  const isAsLeft = compareDevices(before.fleetHolds, inFleet) === null;
  return !isAsLeft && compareDevices(expectedSnapshot(is.lines, null), inFleet) !== null;
}

async function handleRefusal(
  session: CartSession,
  before: DraftCart,
  fleetOrderId: FleetOrderId,
  failure: FleetFailure,
): Promise<WrittenCart> {
  const { context } = session;
  if (failure.kind === 'rate_limited') return retryLater(failure.retryAfterMs, 'fleet_is_busy');
  if (mayHaveHappened(failure)) {
    // What Fleet holds is not known any more, so nothing must be reported as changed elsewhere.
    const draft = await save(session, before, { ...before, fleetHolds: null });
    const tries = await countAttempt(session);
    return tries < MAX_ATTEMPTS
      ? retryLater(RETRY_AFTER_MS * tries, 'fleet_did_not_confirm')
      : { kind: 'refused', draft, failure };
  }
  const over = isCartOver(failure) ? await whyCartIsOver(context, fleetOrderId, failure) : null;
  if (over === null) return { kind: 'refused', draft: before, failure };
  await save(session, before, null, over.kind);
  return { kind: 'over', draft: newDraft(session.person, before.mode), trouble: over };
}

function save(session: CartSession, before: DraftCart, is: DraftCart | null, did?: string): Promise<DraftCart> {
  const audit = did === undefined ? [] : [cartAudit(session, did, is ?? before, 'done')];
  return saveDraft(session.context, session.person.slackUserId, { before, is, audit });
}
