import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { RequestId } from '../../domain/ids.ts';
import type { DeviceRequest, RequestState } from '../../domain/request/request.ts';
import { claimSecondValidate, giveUpSecond, looked, SECOND_VALIDATE_AFTER_MS } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type Ending, endDiffering, endElsewhere, endOrdered, endRefused, endUnsigned, needsAdmin } from './end.ts';
import { done, ended, type JobOutcome, later, settleExactly, underLease, workItem } from './settle.ts';
import { type Checked, checkAfterPatch, type Probed, patchSignedCart, probeCart } from './signed-cart.ts';
import { REQUEST_LEASE_MS, requestLease, sendValidate, type Validated, whyMayNotSign } from './validate.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** After which times it is looked again, counted by looks; the last one goes on until it is known. */
const delaysMs = [10 * SECOND, 30 * SECOND, MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE] as const;
const EVERY_MS = 60 * MINUTE;

/** The lost answer may just have been lost: the first look is soon. */
export function firstLook(request: DeviceRequest, now: number): WorkItem {
  return lookAt(request, now + SECOND);
}

/** `notBefore`: what the looks so far would come to, or sooner when something is known to happen then. */
function nextLook(request: DeviceRequest, now: number, atTheLatest: number | null): WorkItem {
  // This look is counted already.
  const looks = request.state.kind === 'unconfirmed' ? request.state.looks : 1;
  const at = now + (delaysMs[looks - 1] ?? EVERY_MS);
  return lookAt(request, Math.min(at, atTheLatest ?? at));
}

/** Named by the request's revision: planning it again is one item, unless the queue lost it. */
export function lookAt(request: DeviceRequest, notBefore: number): WorkItem {
  const work = { kind: 'look_up_unconfirmed', tenant: request.tenant, requestId: request.id } as const;
  return workItem(request, work, 'look', notBefore);
}

const TELL_ADMINS_AFTER_MS = 24 * 60 * 60 * 1000;
const AGAIN_MS = 1_000;

type Unconfirmed = RequestState & { readonly kind: 'unconfirmed' };

/** Finds out what became of a validate without a clear answer. Each look plans the next in the same commit. */
export async function lookUpUnconfirmed(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return underLease(context, requestLease(requestId), REQUEST_LEASE_MS, async (lease) => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'unconfirmed') return done;
    await tellAdminsOnce(context, request, request.state);
    await context.step?.('look.before_probe');
    const probed = await probeCart(context, request);
    if (!(await lease.extend(REQUEST_LEASE_MS))) return later(AGAIN_MS);
    const ending = { context, request };
    return probed.kind === 'cart' ? stillACart(ending, request.state, probed) : conclude(ending, request.state, probed);
  });
}

/** It is known what became of it, or it is not as it would have to be for a second validate. */
async function conclude(
  ending: Ending,
  state: Unconfirmed,
  found: Exclude<Checked, { readonly kind: 'as_signed' }>,
): Promise<JobOutcome> {
  switch (found.kind) {
    case 'moved_on':
      await endOrdered(ending, { clientStatus: found.clientStatus, signatoryConfirmed: false });
      return done;
    case 'gone':
      return isProven(ending, state)
        ? ended(await endElsewhere(ending, { how: 'gone', clientStatus: null }))
        : lookAgain(ending, null, provenAt(state));
    case 'unclear':
      return lookAgain(ending, found.failure, null);
    case 'differs':
      return ended(await endDiffering(ending, found));
    case 'cart_refuses':
      return isProven(ending, state)
        ? ended(await endRefused(ending, found.failure))
        : lookAgain(ending, null, provenAt(state));
    default:
      return found satisfies never;
  }
}

/** The validate may still be on its way inside Fleet: for a minute neither a cart nor the lack of one proves anything. */
function isProven({ context }: Ending, state: Unconfirmed): boolean {
  return context.now() >= provenAt(state);
}

function provenAt({ gaveUpAt }: Unconfirmed): number {
  return gaveUpAt + SECOND_VALIDATE_AFTER_MS;
}

async function stillACart(
  ending: Ending,
  state: Unconfirmed,
  { holds }: Extract<Probed, { readonly kind: 'cart' }>,
): Promise<JobOutcome> {
  const { context, request } = ending;
  if (!isProven(ending, state)) return lookAgain(ending, null, provenAt(state));
  const checked = await checkAfterPatch(context, request, holds);
  if (checked.kind !== 'as_signed') return conclude(ending, state, checked);
  const refusal = await whyMayNotSign(context, request, state.by);
  if (refusal === 'eligibility_unknown') return lookAgain(ending, null, null);
  if (refusal !== null) return ended(await endUnsigned(ending, { isLost: refusal === 'not_eligible' }));
  // Asking for prices and people takes time, in which Fleet's cockpit may add a device.
  const patched = await patchSignedCart(context, request);
  if (patched.kind !== 'as_signed') return conclude(ending, state, patched);
  await context.step?.('look.before_claim');
  const claimed = await settleExactly(context, request, {
    surface: 'job',
    isShown: false,
    decide: claimSecondValidate,
  });
  if (claimed === 'overtaken' || !claimed.ok) return later(AGAIN_MS);
  const validated = await sendValidate(context, claimed.request, state.by);
  return record({ ...ending, request: claimed.request }, validated);
}

async function record(ending: Ending, validated: Validated): Promise<JobOutcome> {
  switch (validated.kind) {
    case 'ordered':
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: true });
      return done;
    case 'moved_on':
      // The first one went through after all.
      await endOrdered(ending, { clientStatus: validated.clientStatus, signatoryConfirmed: false });
      return done;
    case 'refused':
      return ended(await endRefused(ending, validated.failure));
    case 'gone':
      return ended(await endElsewhere(ending, { how: 'gone', clientStatus: null }));
    case 'not_sent':
      return lookAgain(ending, validated.failure, null);
    case 'unknown':
      return giveUpAgain(ending);
    default:
      return validated satisfies never;
  }
}

async function giveUpAgain({ context, request }: Ending): Promise<JobOutcome> {
  const settled = await settleExactly(context, request, {
    surface: 'job',
    isShown: false,
    decide: giveUpSecond,
    work: (next) => [nextLook(next, context.now(), null)],
  });
  return ended(settled);
}

async function lookAgain(
  { context, request }: Ending,
  failure: FleetFailure | null,
  atTheLatest: number | null,
): Promise<JobOutcome> {
  if (failure?.kind === 'rate_limited') return later(failure.retryAfterMs);
  const settled = await settleExactly(context, request, {
    surface: 'job',
    isShown: false,
    decide: looked,
    work: (next) => [nextLook(next, context.now(), atTheLatest)],
  });
  return ended(settled);
}

/** It goes on being looked up, but not in silence. */
async function tellAdminsOnce(context: ServiceContext, request: DeviceRequest, state: Unconfirmed): Promise<void> {
  if (context.now() - state.at < TELL_ADMINS_AFTER_MS) return;
  const failure = { operation: 'validateCart', kind: 'no_answer', why: 'timeout' } as const;
  await context.store.commit({
    once: `unconfirmed-${request.id}`,
    work: [needsAdmin(request, failure, 'unconfirmed')],
  });
}

/**
 * Besides the planned looks: a sweep did not find the cart of an unconfirmed request, so most likely it is ordered. That
 * is recorded; everything else is left to the look that is planned already, so that there is one chain of them.
 */
export async function lookNow(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  return underLease(context, requestLease(requestId), REQUEST_LEASE_MS, async () => {
    const request = await context.store.request(requestId);
    if (request?.state.kind !== 'unconfirmed') return done;
    const probed = await probeCart(context, request);
    if (probed.kind === 'unclear' && probed.failure.kind === 'rate_limited') return later(probed.failure.retryAfterMs);
    if (probed.kind !== 'moved_on') return done;
    await endOrdered({ context, request }, { clientStatus: probed.clientStatus, signatoryConfirmed: false });
    return done;
  });
}
