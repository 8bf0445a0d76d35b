import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { claimValidate, giveUpOnAnswer, markFleetBusy, releaseValidate } from '../../domain/request/validate.ts';
import type { ServiceContext } from '../context.ts';
import {
  type ApprovalEnd,
  endClosedElsewhere,
  endOrdered,
  sendBackForSigner,
  sendBackWithDifference,
  sendBackWithProblem,
} from './end.ts';
import { firstLookUpItem } from './resolve-unconfirmed.ts';
import { checkSignedCart, reapplyAndCompare, type SignedCartCheck } from './signed-cart.ts';
import {
  doneOrRetry,
  type JobOutcome,
  jobDone,
  retryAfter,
  updateIfUnchanged,
  updateRequest,
  withLease,
} from './update.ts';
import {
  type CannotSignReason,
  REQUEST_LEASE_MS,
  requestLease,
  sendValidate,
  type ValidateOutcome,
  whyCannotSign,
} from './validate.ts';

/** How long an approval waits for a Fleet that cannot be asked before the approver is given it back. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 5_000;

/** The job behind an Approve. However often and wherever it runs, at most one validate of one approval leaves. */
export async function carryOutApproval(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return withLease(context, requestLease(requestId), REQUEST_LEASE_MS, async (lease) => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'validating') return jobDone;
    // A validate may have left from a run that is no more: it is looked up, never sent again from here.
    if (request.state.validateSentAt !== null) return giveUp(context, request);
    await context.step?.('approve.before_read');
    const checked = await checkSignedCart(context, request);
    if (checked.kind !== 'as_signed') return stopBeforeValidate({ context, request }, request.state, checked);
    const refusal = await whyCannotSign(context, request, request.state.by);
    if (refusal !== null) return signerRefused({ context, request }, request.state, refusal);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(AGAIN_MS);
    await context.step?.('approve.before_patch');
    const patched = await reapplyAndCompare(context, request);
    if (patched.kind !== 'as_signed') return stopBeforeValidate({ context, request }, request.state, patched);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return retryAfter(AGAIN_MS);
    await context.step?.('approve.before_claim');
    const claimed = await updateIfUnchanged(context, request, {
      surface: 'job',
      updatesCards: false,
      decide: (current, now) => claimValidate(current, now, patched.holds),
    });
    if (claimed === 'overtaken' || !claimed.ok) return retryAfter(AGAIN_MS);
    const validated = await sendValidate(context, claimed.request, request.state.by);
    return recordValidate({ context, request: claimed.request }, request.state, validated);
  });
}

type Validating = RequestState & { readonly kind: 'validating' };

async function signerRefused(ending: ApprovalEnd, state: Validating, refusal: CannotSignReason): Promise<JobOutcome> {
  const mayPass = refusal === 'eligibility_unknown' && ending.context.now() - state.at < PATIENCE_MS;
  return mayPass
    ? retryAfter(AGAIN_MS)
    : doneOrRetry(await sendBackForSigner(ending, { isLost: refusal === 'not_eligible' }));
}

/** It does not get as far as a validate. */
async function stopBeforeValidate(
  ending: ApprovalEnd,
  state: Validating,
  checked: Exclude<SignedCartCheck, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (checked.kind) {
    case 'differs':
      return doneOrRetry(await sendBackWithDifference(ending, checked));
    case 'cart_refuses':
      return doneOrRetry(await sendBackWithProblem(ending, checked.failure));
    case 'moved_on':
      return doneOrRetry(await endClosedElsewhere(ending, { how: 'ordered', clientStatus: checked.clientStatus }));
    case 'gone':
      return doneOrRetry(await endClosedElsewhere(ending, { how: 'gone', clientStatus: null }));
    case 'unclear':
      return waitOrStop(ending, state, checked.failure);
    default:
      return checked satisfies never;
  }
}

async function recordValidate(ending: ApprovalEnd, state: Validating, validated: ValidateOutcome): Promise<JobOutcome> {
  const { context, request } = ending;
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: true });
      return jobDone;
    case 'unknown':
      return giveUp(context, request);
    case 'not_sent':
      return releaseAndWait(ending, state, validated.failure);
    case 'refused':
      return doneOrRetry(await sendBackWithProblem(ending, validated.failure));
    case 'moved_on':
      return doneOrRetry(await endClosedElsewhere(ending, { how: 'ordered', clientStatus: validated.clientStatus }));
    case 'gone':
      return doneOrRetry(await endClosedElsewhere(ending, { how: 'gone', clientStatus: null }));
    default:
      return validated satisfies never;
  }
}

/** The right to send is given back: nothing left, so whoever runs next may claim it anew. */
async function releaseAndWait(ending: ApprovalEnd, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  const { context, request } = ending;
  const back = await updateRequest(context, request.id, {
    surface: 'job',
    updatesCards: false,
    decide: releaseValidate,
  });
  return back.ok ? waitOrStop({ ...ending, request: back.request }, state, failure) : jobDone;
}

/** Nothing was ordered. "Fleet is busy" goes on by itself; what else may pass gets some time, the rest goes back. */
async function waitOrStop(ending: ApprovalEnd, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  if (failure.kind === 'rate_limited') return waitForFleet(ending, failure.retryAfterMs);
  const mayPass = ['unavailable', 'unreachable', 'no_answer', 'unreadable'].includes(failure.kind);
  if (mayPass && ending.context.now() - state.at < PATIENCE_MS) return retryAfter(AGAIN_MS);
  return doneOrRetry(await sendBackWithProblem(ending, failure));
}

/** A wait that nobody notices is not worth a word. */
const NOTICED_MS = 3_000;

async function waitForFleet({ context, request }: ApprovalEnd, retryAfterMs: number): Promise<JobOutcome> {
  if (retryAfterMs >= NOTICED_MS) await updateIfUnchanged(context, request, { surface: 'job', decide: markFleetBusy });
  return retryAfter(retryAfterMs);
}

async function giveUp(context: ServiceContext, request: DeviceRequest): Promise<JobOutcome> {
  const settled = await updateIfUnchanged(context, request, {
    surface: 'job',
    decide: giveUpOnAnswer,
    work: (unconfirmed) => [firstLookUpItem(unconfirmed, context.now())],
  });
  return doneOrRetry(settled);
}
