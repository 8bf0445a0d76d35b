import type { Lease } from '../../domain/async.ts';
import { type FleetFailure, isAnswer, mayHaveHappened } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { SignRefusal } from '../../domain/people/match.ts';
import type { Person } from '../../domain/people/people.ts';
import { type DeviceRequest, isSameSave } from '../../domain/request/request.ts';
import { orderLease } from '../cart/session.ts';
import { type JobOutcome, jobDone, type ServiceContext, withLease } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { isPurchaserNow } from '../people/authority.ts';
import { reapplySignedCart, type SignedCartState } from './signed-cart.ts';

/** Longer than any single call to Fleet may take; extended before each. */
export const REQUEST_LEASE_MS = 45_000;

/** One run at a time for the request, and for its order: other requests and the cart write to that too. */
export async function withRequestLease(
  context: ServiceContext,
  requestId: RequestId,
  work: (request: DeviceRequest, lease: Lease) => Promise<JobOutcome>,
): Promise<JobOutcome> {
  const { store } = context;
  const known = await store.request(requestId);
  if (known === null) return jobDone;
  const names = [`request-${requestId}`, orderLease(known.fleetOrderId)];
  return withLease(context, names, REQUEST_LEASE_MS, async (lease) => {
    const request = await store.request(requestId);
    return request === null ? jobDone : work(request, lease);
  });
}

export type CannotSignReason = SignRefusal['kind'] | 'other_fleet_user' | 'requester_changed';

/**
 * Checked right before a validate leaves, since the press was some time ago. Someone who has become another Fleet user
 * has not signed as that user, and the purchaser must still be the requester. Slack is asked for both.
 */
export async function whyCannotSign(
  context: ServiceContext,
  { requester }: DeviceRequest,
  by: Person,
): Promise<CannotSignReason | null> {
  const [may, isPurchaser] = await Promise.all([
    checkMaySign(context, {
      slackUserId: by.slackUserId,
      requester,
      askedAs: by.fleetUserId,
      deciding: { waitMs: null },
    }),
    isPurchaserNow(context, requester),
  ]);
  if (!may.ok) return may.refusal.kind;
  if (may.person.fleetUserId !== by.fleetUserId) return 'other_fleet_user';
  if (isPurchaser === null) return 'eligibility_unknown';
  return isPurchaser ? null : 'requester_changed';
}

export type ValidateOutcome =
  | { readonly kind: 'ordered'; readonly clientStatus: string }
  /** It may have gone through: look it up, never just send it again. `refusal`: an answer that proves nothing. */
  | { readonly kind: 'unknown'; readonly refusal: FleetFailure | null }
  /** Turned away before anything happened (rate limit, no connection). */
  | { readonly kind: 'not_sent'; readonly failure: FleetFailure }
  | { readonly kind: 'rejected'; readonly failure: FleetFailure }
  /** Refused because it is no longer an open cart. */
  | Extract<SignedCartState, { readonly kind: 'moved_on' }>;

/**
 * A process can stand still (a paused machine) before its claim, and the cart may no longer be what it compared; or
 * between its claim and its call, and another may have given the claim up and drawn its conclusions.
 */
const MAX_STANDSTILL_MS = 5_000;

/** `since`: when Fleet's cart was compared or the validate claimed. */
export function isStillRecent({ now }: ServiceContext, since: number): boolean {
  return now() - since < MAX_STANDSTILL_MS;
}

async function mayStillSend(context: ServiceContext, claimed: DeviceRequest): Promise<boolean> {
  const { state } = claimed;
  const claimedAt = state.kind === 'validating' ? state.validateSentAt : 'gaveUpAt' in state && state.gaveUpAt;
  const current = await context.store.request(claimed.id);
  return current !== null && isSameSave(current, claimed) && isStillRecent(context, Number(claimedAt));
}

/**
 * The one call that orders; the caller holds the claim of this very revision. Both people are always named: Fleet would
 * otherwise take the purchaser as signatory, and it gives the signatory permission to sign.
 */
export async function sendValidate(
  context: ServiceContext,
  request: DeviceRequest,
  signer: Person,
): Promise<ValidateOutcome> {
  const { fleetOrderId, requester } = request;
  const people = { purchaserId: requester.fleetUserId, signatoryId: signer.fleetUserId };
  await context.step?.('approve.before_validate');
  if (!(await mayStillSend(context, request)))
    return { kind: 'not_sent', failure: { operation: 'validateCart', kind: 'unreachable' } };
  const answer = await context.fleet.validateCart(fleetOrderId, people, 'person');
  await context.step?.('approve.after_validate');
  if (answer.ok) return { kind: 'ordered', clientStatus: answer.value.clientStatus };
  const { failure } = answer;
  if (mayHaveHappened(failure)) return { kind: 'unknown', refusal: isAnswer(failure) ? failure : null };
  if (failure.kind === 'rate_limited' || failure.kind === 'unreachable') return { kind: 'not_sent', failure };
  return adviceFor(failure, 'approval').looksFirst
    ? reapplyAfterRejection(context, request, failure)
    : { kind: 'rejected', failure };
}

/** Fleet's rejection is about the cart's state, so find out what became of the cart before telling anyone. */
async function reapplyAfterRejection(
  context: ServiceContext,
  request: DeviceRequest,
  failure: FleetFailure,
): Promise<ValidateOutcome> {
  const cart = await reapplySignedCart(context, request);
  switch (cart.kind) {
    case 'moved_on':
      return cart;
    case 'cart':
    case 'cart_rejects':
      return { kind: 'rejected', failure };
    // So soon after our own write, neither a cart nor an order proves nothing.
    case 'gone':
    case 'unclear':
      return { kind: 'unknown', refusal: null };
  }
}
