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
import type { ServiceContext } from '../context.ts';
import {
  type ApprovalEnd,
  endClosedElsewhere,
  endOrdered,
  fleetNeedsAdminItem,
  sendBackForSigner,
  sendBackWithDifference,
  sendBackWithProblem,
} from './end.ts';
import {
  checkReapplied,
  reapplyAndCompare,
  reapplySignedCart,
  type SignedCartCheck,
  type SignedCartState,
} from './signed-cart.ts';
import { doneOrRetry, type JobOutcome, jobDone, retryAfter, updateIfUnchanged, withLease, workItem } from './update.ts';
import { REQUEST_LEASE_MS, requestLease, sendValidate, type ValidateOutcome, whyCannotSign } from './validate.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** After which times it is looked again, counted by looks; the last one goes on until it is known. */
const delaysMs = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE] as const;
const EVERY_MS = 60 * MINUTE;

/** The lost answer may just have been lost: the first look is soon. */
export function firstLookUpItem(request: DeviceRequest, now: number): WorkItem {
  return lookUpItem(request, now + SECOND);
}

/** `notBefore`: what the looks so far would come to, or sooner when something is known to happen then. */
function nextLookUpItem(request: DeviceRequest, now: number, atTheLatest: number | null): WorkItem {
  // This look is counted already.
  const looks = request.state.kind === 'unconfirmed' ? request.state.looks : 1;
  const at = now + (delaysMs[looks - 1] ?? EVERY_MS);
  return lookUpItem(request, Math.min(at, atTheLatest ?? at));
}

/** Named by the request's revision: planning it again is one item, unless the queue lost it. */
export function lookUpItem(request: DeviceRequest, notBefore: number): WorkItem {
  const work = { kind: 'look_up_unconfirmed', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'look', notBefore);
}

const TELL_ADMINS_AFTER_MS = 24 * 60 * 60 * 1000;
const AGAIN_MS = 1_000;

type Unconfirmed = RequestState & { readonly kind: 'unconfirmed' };

/** Finds out what became of a validate without a clear answer. Each look plans the next in the same commit. */
export async function resolveUnconfirmed(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withLease(context, requestLease(requestId), REQUEST_LEASE_MS, async (lease) => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'unconfirmed') return jobDone;
    await tellAdminsOnce(context, request, request.state);
    await context.step?.('look.before_probe');
    const probed = await reapplySignedCart(context, request);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(AGAIN_MS);
    const ending = { context, request };
    return probed.kind === 'cart'
      ? retryValidate(ending, request.state, probed)
      : conclude(ending, request.state, probed);
  });
}

/** It is known what became of it, or it is not as it would have to be for a second validate. */
async function conclude(
  ending: ApprovalEnd,
  state: Unconfirmed,
  found: Exclude<SignedCartCheck, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (found.kind) {
    case 'moved_on':
      await endOrdered(ending, { clientStatus: found.clientStatus, signatoryConfirmed: false });
      return jobDone;
    case 'gone':
      return isConclusive(ending, state)
        ? doneOrRetry(await endClosedElsewhere(ending, { how: 'gone', clientStatus: null }))
        : planNextLookUp(ending, null, conclusiveAt(state));
    case 'unclear':
      return planNextLookUp(ending, found.failure, null);
    case 'differs':
      return doneOrRetry(await sendBackWithDifference(ending, found));
    case 'cart_refuses':
      return isConclusive(ending, state)
        ? doneOrRetry(await sendBackWithProblem(ending, found.failure))
        : planNextLookUp(ending, null, conclusiveAt(state));
    default:
      return found satisfies never;
  }
}

/** The validate may still be on its way inside Fleet: for a minute neither a cart nor the lack of one proves anything. */
function isConclusive({ context }: ApprovalEnd, state: Unconfirmed): boolean {
  return context.now() >= conclusiveAt(state);
}

function conclusiveAt({ gaveUpAt }: Unconfirmed): number {
  return gaveUpAt + SECOND_VALIDATE_AFTER_MS;
}

async function retryValidate(
  ending: ApprovalEnd,
  state: Unconfirmed,
  { holds }: Extract<SignedCartState, { readonly kind: 'cart' }>,
): Promise<JobOutcome> {
  const { context, request } = ending;
  if (!isConclusive(ending, state)) return planNextLookUp(ending, null, conclusiveAt(state));
  const checked = await checkReapplied(context, request, holds);
  if (checked.kind !== 'as_signed') return conclude(ending, state, checked);
  const refusal = await whyCannotSign(context, request, state.by);
  if (refusal === 'eligibility_unknown') return planNextLookUp(ending, null, null);
  if (refusal !== null) return doneOrRetry(await sendBackForSigner(ending, { isLost: refusal === 'not_eligible' }));
  // Asking for prices and people takes time, in which Fleet's cockpit may add a device.
  const patched = await reapplyAndCompare(context, request);
  if (patched.kind !== 'as_signed') return conclude(ending, state, patched);
  await context.step?.('look.before_claim');
  const claimed = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: claimSecondValidate,
  });
  if (claimed === 'overtaken' || !claimed.ok) return retryAfter(AGAIN_MS);
  const validated = await sendValidate(context, claimed.request, state.by);
  return recordValidate({ ...ending, request: claimed.request }, validated);
}

async function recordValidate(ending: ApprovalEnd, validated: ValidateOutcome): Promise<JobOutcome> {
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: true });
      return jobDone;
    case 'moved_on':
      // The first one went through after all.
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: false });
      return jobDone;
    case 'refused':
      return doneOrRetry(await sendBackWithProblem(ending, validated.failure));
    case 'gone':
      return doneOrRetry(await endClosedElsewhere(ending, { how: 'gone', clientStatus: null }));
    case 'not_sent':
      return planNextLookUp(ending, validated.failure, null);
    case 'unknown':
      return giveUpAgain(ending);
    default:
      return validated satisfies never;
  }
}

async function giveUpAgain({ context, request }: ApprovalEnd): Promise<JobOutcome> {
  const settled = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: giveUpOnSecondAnswer,
    work: (next) => [nextLookUpItem(next, context.now(), null)],
  });
  return doneOrRetry(settled);
}

async function planNextLookUp(
  { context, request }: ApprovalEnd,
  failure: FleetFailure | null,
  atTheLatest: number | null,
): Promise<JobOutcome> {
  if (failure?.kind === 'rate_limited') return retryAfter(failure.retryAfterMs);
  const settled = await updateIfUnchanged(context, request, {
    surface: 'job',
    updatesCards: false,
    decide: countLookUp,
    work: (next) => [nextLookUpItem(next, context.now(), atTheLatest)],
  });
  return doneOrRetry(settled);
}

/** It goes on being looked up, but not in silence. */
async function tellAdminsOnce(context: ServiceContext, request: DeviceRequest, state: Unconfirmed): Promise<void> {
  if (context.now() - state.at < TELL_ADMINS_AFTER_MS) return;
  const failure = { operation: 'validateCart', kind: 'no_answer', why: 'timeout' } as const;
  await context.store.commit({
    once: `unconfirmed-${request.id}`,
    work: [fleetNeedsAdminItem(request, failure, 'unconfirmed')],
  });
}

/**
 * Besides the planned looks: a sweep did not find the cart of an unconfirmed request, so most likely it is ordered. That
 * is recorded; everything else is left to the look that is planned already, so that there is one chain of them.
 */
export async function resolveIfOrdered(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withLease(context, requestLease(requestId), REQUEST_LEASE_MS, async () => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'unconfirmed') return jobDone;
    const probed = await reapplySignedCart(context, request);
    if (probed.kind === 'unclear' && probed.failure.kind === 'rate_limited')
      return retryAfter(probed.failure.retryAfterMs);
    if (probed.kind !== 'moved_on') return jobDone;
    await endOrdered({ context, request }, { clientStatus: probed.clientStatus, signatoryConfirmed: false });
    return jobDone;
  });
}
