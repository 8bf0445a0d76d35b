import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { claimValidate, fleetIsBusy, giveUpOnAnswer, validateNotSent } from '../../domain/request/validate.ts';
import type { ServiceContext } from '../context.ts';
import { type Ending, endDiffering, endElsewhere, endOrdered, endRefused, endUnsigned } from './end.ts';
import { firstLook } from './look-up.ts';
import { done, ended, type JobOutcome, later, settleExactly, settleRequest, underLease } from './settle.ts';
import { type Checked, checkSignedCart, patchSignedCart } from './signed-cart.ts';
import {
  REQUEST_LEASE_MS,
  requestLease,
  sendValidate,
  type Unsigned,
  type Validated,
  whyMayNotSign,
} from './validate.ts';

/** How long an approval waits for a Fleet that cannot be asked before the approver is given it back. */
const PATIENCE_MS = 120_000;
const AGAIN_MS = 5_000;

/** The job behind an Approve. However often and wherever it runs, at most one validate of one approval leaves. */
export async function carryOutApproval(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return underLease(context, requestLease(requestId), REQUEST_LEASE_MS, async (lease) => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'validating') return done;
    // A validate may have left from a run that is no more: it is looked up, never sent again from here.
    if (request.state.validateSentAt !== null) return giveUp(context, request);
    await context.step?.('approve.before_read');
    const checked = await checkSignedCart(context, request);
    if (checked.kind !== 'as_signed') return stop({ context, request }, request.state, checked);
    const refusal = await whyMayNotSign(context, request, request.state.by);
    if (refusal !== null) return unsigned({ context, request }, request.state, refusal);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return later(AGAIN_MS);
    await context.step?.('approve.before_patch');
    const patched = await patchSignedCart(context, request);
    if (patched.kind !== 'as_signed') return stop({ context, request }, request.state, patched);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return later(AGAIN_MS);
    await context.step?.('approve.before_claim');
    const claimed = await settleExactly(context, request, {
      surface: 'job',
      isShown: false,
      decide: (current, now) => claimValidate(current, now, patched.holds),
    });
    if (claimed === 'overtaken' || !claimed.ok) return later(AGAIN_MS);
    const validated = await sendValidate(context, claimed.request, request.state.by);
    return record({ context, request: claimed.request }, request.state, validated);
  });
}

type Validating = RequestState & { readonly kind: 'validating' };

async function unsigned(ending: Ending, state: Validating, refusal: Unsigned): Promise<JobOutcome> {
  const mayPass = refusal === 'eligibility_unknown' && ending.context.now() - state.at < PATIENCE_MS;
  return mayPass ? later(AGAIN_MS) : ended(await endUnsigned(ending, { isLost: refusal === 'not_eligible' }));
}

/** It does not get as far as a validate. */
async function stop(
  ending: Ending,
  state: Validating,
  checked: Exclude<Checked, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (checked.kind) {
    case 'differs':
      return ended(await endDiffering(ending, checked));
    case 'cart_refuses':
      return ended(await endRefused(ending, checked.failure));
    case 'moved_on':
      return ended(await endElsewhere(ending, { how: 'ordered', clientStatus: checked.clientStatus }));
    case 'gone':
      return ended(await endElsewhere(ending, { how: 'gone', clientStatus: null }));
    case 'unclear':
      return waitOrStop(ending, state, checked.failure);
    default:
      return checked satisfies never;
  }
}

async function record(ending: Ending, state: Validating, validated: Validated): Promise<JobOutcome> {
  const { context, request } = ending;
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: true });
      return done;
    case 'unknown':
      return giveUp(context, request);
    case 'not_sent':
      return notSent(ending, state, validated.failure);
    case 'refused':
      return ended(await endRefused(ending, validated.failure));
    case 'moved_on':
      return ended(await endElsewhere(ending, { how: 'ordered', clientStatus: validated.clientStatus }));
    case 'gone':
      return ended(await endElsewhere(ending, { how: 'gone', clientStatus: null }));
    default:
      return validated satisfies never;
  }
}

/** The right to send is given back: nothing left, so whoever runs next may claim it anew. */
async function notSent(ending: Ending, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  const { context, request } = ending;
  const back = await settleRequest(context, request.id, { surface: 'job', isShown: false, decide: validateNotSent });
  return back.ok ? waitOrStop({ ...ending, request: back.request }, state, failure) : done;
}

/** Nothing was ordered. "Fleet is busy" goes on by itself; what else may pass gets some time, the rest goes back. */
async function waitOrStop(ending: Ending, state: Validating, failure: FleetFailure): Promise<JobOutcome> {
  if (failure.kind === 'rate_limited') return waitForFleet(ending, failure.retryAfterMs);
  const mayPass = ['unavailable', 'unreachable', 'no_answer', 'unreadable'].includes(failure.kind);
  if (mayPass && ending.context.now() - state.at < PATIENCE_MS) return later(AGAIN_MS);
  return ended(await endRefused(ending, failure));
}

/** A wait that nobody notices is not worth a word. */
const NOTICED_MS = 3_000;

async function waitForFleet({ context, request }: Ending, retryAfterMs: number): Promise<JobOutcome> {
  if (retryAfterMs >= NOTICED_MS) await settleExactly(context, request, { surface: 'job', decide: fleetIsBusy });
  return later(retryAfterMs);
}

async function giveUp(context: ServiceContext, request: DeviceRequest): Promise<JobOutcome> {
  const settled = await settleExactly(context, request, {
    surface: 'job',
    decide: giveUpOnAnswer,
    work: (unconfirmed) => [firstLook(unconfirmed, context.now())],
  });
  return ended(settled);
}
