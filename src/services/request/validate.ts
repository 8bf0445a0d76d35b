import { type FleetFailure, mayHaveHappened } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { Person } from '../../domain/people/people.ts';
import type { SignRefusal } from '../../domain/request/may-sign.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { isStillPurchaser } from '../people/match.ts';
import { reapplySignedCart, type SignedCartState } from './signed-cart.ts';

/** Longer than any one call to Fleet may take; extended before each. */
export const REQUEST_LEASE_MS = 45_000;

export const requestLease = (requestId: RequestId): string => `request-${requestId}`;

export type CannotSignReason = SignRefusal['kind'] | 'somebody_else' | 'requester_changed';

/**
 * Right before a validate leaves, since the press was some time ago. Somebody who is another Fleet user by now has not
 * signed as that one, and nobody purchases as somebody who they are not (any more).
 */
export async function whyCannotSign(
  context: ServiceContext,
  { requester }: DeviceRequest,
  by: Person,
): Promise<CannotSignReason | null> {
  const [may, stands] = await Promise.all([
    checkMaySign(context, { slackUserId: by.slackUserId, requester }),
    isStillPurchaser(context, requester),
  ]);
  if (!may.ok) return may.refusal.kind;
  if (may.person.fleetUserId !== by.fleetUserId) return 'somebody_else';
  return stands ? null : 'requester_changed';
}

/** What one validate came to. */
export type ValidateOutcome =
  | { readonly kind: 'ordered'; readonly clientStatus: string }
  /** It may have gone through: look, never simply send again. */
  | { readonly kind: 'unknown' }
  /** Turned away before anything happened (rate limit, no connection). */
  | { readonly kind: 'not_sent'; readonly failure: FleetFailure }
  | { readonly kind: 'refused'; readonly failure: FleetFailure }
  /** Refused because it is no open cart any more. */
  | Extract<SignedCartState, { readonly kind: 'moved_on' | 'gone' }>;

/**
 * The one call that orders. Whoever comes here holds the claim of this very revision. Both people are always named:
 * Fleet would take the purchaser as signatory, and gives whoever is named permission to sign.
 */
export async function sendValidate(
  context: ServiceContext,
  request: DeviceRequest,
  signer: Person,
): Promise<ValidateOutcome> {
  const { fleetOrderId, requester } = request;
  const people = { purchaserId: requester.fleetUserId, signatoryId: signer.fleetUserId };
  await context.step?.('approve.before_validate');
  const answer = await context.fleet.validateCart(fleetOrderId, people, 'person');
  await context.step?.('approve.after_validate');
  if (answer.ok) return { kind: 'ordered', clientStatus: answer.value.clientStatus };
  const { failure } = answer;
  if (mayHaveHappened(failure)) return { kind: 'unknown' };
  if (failure.kind === 'rate_limited' || failure.kind === 'unreachable') return { kind: 'not_sent', failure };
  return adviceFor(failure, 'approval').looksFirst
    ? reapplyAfterRefusal(context, request, failure)
    : { kind: 'refused', failure };
}

/** Fleet said something about the cart's state: what it is now is looked up before anybody is told. */
async function reapplyAfterRefusal(
  context: ServiceContext,
  request: DeviceRequest,
  failure: FleetFailure,
): Promise<ValidateOutcome> {
  const probed = await reapplySignedCart(context, request);
  switch (probed.kind) {
    case 'moved_on':
    case 'gone':
      return probed;
    case 'cart':
    case 'cart_refuses':
      return { kind: 'refused', failure };
    case 'unclear':
      return { kind: 'unknown' };
    default:
      return probed satisfies never;
  }
}
