import type { RequestId } from '../../domain/ids.ts';
import { decisionNotices } from '../../domain/request/notices.ts';
import { isBeingChecked } from '../../domain/request/request.ts';
import { confirmEnding, noteEndingTold } from '../../domain/request/validate.ts';
import { type JobOutcome, jobDone, retryAfter, type ServiceContext } from '../context.ts';
import { findInFleet } from '../fleet-orders.ts';
import { type ApprovalEnd, awaitGone, endFoundOrdered } from './end.ts';
import { doneOrRetry, updateIfUnchanged } from './update.ts';

const RETRY_MS = 5_000;
const MAX_RETRY_MS = 5 * 60_000;
/** People don't wait any longer to hear that it ended, checked or not. */
const TELL_AFTER_MS = 20_000;

/**
 * After an end without an order: asks Fleet whether that is so, and only then tells people that nothing was ordered. Both
 * of Fleet's routes are asked, since the one for carts may also answer for orders.
 */
export async function checkEnding(context: ServiceContext, requestId: RequestId): Promise<JobOutcome> {
  const request = await context.store.request(requestId);
  if (request === null || !isBeingChecked(request)) return jobDone;
  const end = { context, request };
  const found = await findInFleet(context, request.fleetOrderId, { likely: 'order' });
  switch (found.kind) {
    case 'order':
      return (await isSuperseded(end))
        ? confirm(end, { tells: false })
        : orderedAfterAll(end, found.order.clientStatus);
    case 'cart':
      return confirm(end);
    case 'gone':
      return tellIfLong(end, await awaitGone(end, (gone) => confirm(gone)));
    case 'unclear': {
      const { failure } = found;
      return tellIfLong(end, retryAfter(retryDelay(end, failure.kind === 'rate_limited' ? failure.retryAfterMs : 0)));
    }
  }
}

/** Sent again meanwhile: what became of the cart is the newer request's, and "Nothing was ordered" would be taken for it. */
async function isSuperseded({ context, request }: ApprovalEnd): Promise<boolean> {
  const newest = await context.store.requestForOrder(request.fleetOrderId);
  return newest !== null && newest.id !== request.id;
}

async function orderedAfterAll(end: ApprovalEnd, clientStatus: string): Promise<JobOutcome> {
  await endFoundOrdered(end, clientStatus);
  return jobDone;
}

async function confirm(
  { context, request }: ApprovalEnd,
  { tells } = { tells: request.ending !== 'told' },
): Promise<JobOutcome> {
  const update = { surface: 'job', decide: confirmEnding, ...(tells ? { notices: decisionNotices } : {}) } as const;
  return doneOrRetry(await updateIfUnchanged(context, request, update));
}

/** Fleet can be away for hours: people hear of the end without that, and the card shows the rest. */
async function tellIfLong({ context, request }: ApprovalEnd, outcome: JobOutcome): Promise<JobOutcome> {
  const endedAt = 'at' in request.state ? request.state.at : 0;
  if (outcome.kind === 'done' || request.ending === 'told') return outcome;
  if (context.now() - endedAt < TELL_AFTER_MS) return outcome;
  const current = await context.store.request(request.id);
  if (current === null) return outcome;
  const update = { surface: 'job', updatesCards: false, decide: noteEndingTold, notices: decisionNotices } as const;
  await updateIfUnchanged(context, current, update);
  return outcome;
}

/** Half of the time waited so far. */
function retryDelay({ context, request }: ApprovalEnd, atLeastMs: number): number {
  const endedAt = 'at' in request.state ? request.state.at : 0;
  const halfMs = Math.floor((context.now() - endedAt) / 2);
  return Math.max(atLeastMs, Math.min(Math.max(halfMs, RETRY_MS), MAX_RETRY_MS));
}
