import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest, RequestState } from '../../domain/request/request.ts';
import {
  claimSecondValidate,
  countLookUp,
  giveUpOnSecondAnswer,
  SECOND_VALIDATE_AFTER_MS,
} from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../context.ts';
import {
  type ApprovalEnd,
  endFoundOrdered,
  endGone,
  endOrdered,
  fleetNeedsAdminItem,
  sendBackForSigner,
  sendBackWithDifference,
  sendBackWithProblem,
} from './end.ts';
import {
  compareReapplied,
  reapplyAndCompare,
  reapplySignedCart,
  type SignedCartComparison,
  type SignedCartState,
} from './signed-cart.ts';
import { doneOrRetry, updateIfUnchanged, workItem } from './update.ts';
import {
  isStillRecent,
  REQUEST_LEASE_MS,
  sendValidate,
  type ValidateOutcome,
  whyCannotSign,
  withRequestLease,
} from './validate.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const TELL_ADMINS_AFTER_MS = 24 * 60 * MINUTE;
const RETRY_MS = SECOND;

/** Delays between look-ups, by how many there were; after these, one every hour until the outcome is known. */
const delaysMs = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE] as const;
const HOURLY_MS = 60 * MINUTE;

type Unconfirmed = RequestState & { readonly kind: 'unconfirmed' };

/**
 * Finds out what became of a validate without a clear answer, and records it. While that is unknown, each look-up plans
 * the next one in the same commit.
 */
export async function resolveUnconfirmed(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withRequestLease(context, requestId, async (request, lease) => {
    if (request.state.kind !== 'unconfirmed') return jobDone;
    await tellAdminsOnce(context, request, request.state);
    await context.step?.('look.before_probe');
    const cart = await reapplySignedCart(context, request);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(RETRY_MS);
    const end = { context, request };
    return cart.kind === 'cart' ? validateAgain(end, request.state, cart) : conclude(end, request.state, cart);
  });
}

/**
 * An extra look-up: a sweep did not find the cart, so most likely it was ordered. Only that is recorded; everything
 * else is left to the planned look-up, so that there is only one chain of them.
 */
export async function resolveIfOrdered(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withRequestLease(context, requestId, async (request) => {
    if (request.state.kind !== 'unconfirmed') return jobDone;
    const cart = await reapplySignedCart(context, request);
    if (cart.kind === 'unclear' && cart.failure.kind === 'rate_limited') return retryAfter(cart.failure.retryAfterMs);
    if (cart.kind !== 'moved_on') return jobDone;
    await endFoundOrdered({ context, request }, cart.clientStatus);
    return jobDone;
  });
}

/** The first look-up comes soon: perhaps only the answer was lost. */
export function firstLookUpItem(request: DeviceRequest, now: number): WorkItem {
  return lookUpItem(request, now + SECOND);
}

/** Named by the request's revision: planning the same look-up again is a no-op unless the queue lost it. */
export function lookUpItem(request: DeviceRequest, notBefore: number): WorkItem {
  const work = { kind: 'look_up_unconfirmed', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, { name: 'look', notBefore });
}

/** `atTheLatest`: when something is known to change, if that is sooner than the usual delay. */
function nextLookUpItem(request: DeviceRequest, now: number, atTheLatest: number | null): WorkItem {
  // This look-up is counted already.
  const looks = request.state.kind === 'unconfirmed' ? request.state.looks : 1;
  const at = now + (delaysMs[looks - 1] ?? HOURLY_MS);
  return lookUpItem(request, Math.min(at, atTheLatest ?? at));
}

/** Either the outcome is known, or the cart is not fit for a second validate. */
async function conclude(
  end: ApprovalEnd,
  state: Unconfirmed,
  found: Exclude<SignedCartComparison, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (found.kind) {
    case 'moved_on':
      await endFoundOrdered(end, found.clientStatus);
      return jobDone;
    case 'gone':
      return isConclusive(end, state) ? endGone(end) : planNextLookUp(end, null, conclusiveAt(state));
    case 'unclear':
      return planNextLookUp(end, found.failure, null);
    case 'differs':
      return doneOrRetry(await sendBackWithDifference(end, found));
    case 'cart_rejects':
      return isConclusive(end, state)
        ? doneOrRetry(await sendBackWithProblem(end, found.failure))
        : planNextLookUp(end, null, conclusiveAt(state));
  }
}

/** Fleet may still be working on the validate: for a minute, neither a cart nor a missing one proves anything. */
function isConclusive({ context }: ApprovalEnd, state: Unconfirmed): boolean {
  return context.now() >= conclusiveAt(state);
}

function conclusiveAt({ gaveUpAt }: Unconfirmed): number {
  return gaveUpAt + SECOND_VALIDATE_AFTER_MS;
}

/**
 * Still a cart, so the validate did not go through: after a minute it is checked as before a first one and sent again.
 */
async function validateAgain(
  end: ApprovalEnd,
  state: Unconfirmed,
  { holds }: Extract<SignedCartState, { readonly kind: 'cart' }>,
): Promise<JobOutcome> {
  const { context, request } = end;
  if (!isConclusive(end, state)) return planNextLookUp(end, null, conclusiveAt(state));
  // It was refused, if not in a way that proved it: sending it again would only be refused again.
  if (state.refusal != null) return doneOrRetry(await sendBackWithProblem(end, state.refusal));
  const compared = await compareReapplied(context, request, holds);
  if (compared.kind !== 'as_signed') return conclude(end, state, compared);
  const reason = await whyCannotSign(context, request, state.by);
  if (reason === 'eligibility_unknown') return planNextLookUp(end, null, null);
  if (reason !== null) return doneOrRetry(await sendBackForSigner(end, reason));
  // Looking up prices and people takes time, in which someone may add a device in Fleet's cockpit.
  const reapplied = await reapplyAndCompare(context, request);
  if (reapplied.kind !== 'as_signed') return conclude(end, state, reapplied);
  const comparedAt = context.now();
  await context.step?.('look.before_claim');
  if (!isStillRecent(context, comparedAt)) return retryAfter(RETRY_MS);
  const claimed = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: claimSecondValidate,
  });
  if (claimed === 'conflict' || !claimed.ok) return retryAfter(RETRY_MS);
  const validated = await sendValidate(context, claimed.request, state.by);
  return recordValidate({ context, request: claimed.request }, state, validated);
}

async function recordValidate(end: ApprovalEnd, state: Unconfirmed, validated: ValidateOutcome): Promise<JobOutcome> {
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(end, { clientStatus: validated.clientStatus, by: state.by });
      return jobDone;
    case 'moved_on':
      // The first one went through after all.
      await endFoundOrdered(end, validated.clientStatus);
      return jobDone;
    case 'rejected':
      return doneOrRetry(await sendBackWithProblem(end, validated.failure));
    case 'not_sent':
      return planNextLookUp(end, validated.failure, null);
    case 'unknown':
      return giveUpAgain(end, validated.refusal);
  }
}

async function giveUpAgain({ context, request }: ApprovalEnd, refusal: FleetFailure | null): Promise<JobOutcome> {
  const outcome = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: (current, now) => giveUpOnSecondAnswer(current, now, refusal),
    work: (next) => [nextLookUpItem(next, context.now(), null)],
  });
  return doneOrRetry(outcome);
}

async function planNextLookUp(
  { context, request }: ApprovalEnd,
  failure: FleetFailure | null,
  atTheLatest: number | null,
): Promise<JobOutcome> {
  if (failure?.kind === 'rate_limited') return retryAfter(failure.retryAfterMs);
  const outcome = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: countLookUp,
    work: (next) => [nextLookUpItem(next, context.now(), atTheLatest)],
  });
  return doneOrRetry(outcome);
}

/** The look-ups go on, but not silently. */
async function tellAdminsOnce(context: ServiceContext, request: DeviceRequest, state: Unconfirmed): Promise<void> {
  if (context.now() - state.at < TELL_ADMINS_AFTER_MS) return;
  const failure = { operation: 'validateCart', kind: 'no_answer', why: 'timeout' } as const;
  await context.store.commit({
    once: `unconfirmed-${request.id}`,
    work: [fleetNeedsAdminItem(request, failure, 'unconfirmed')],
  });
}
