import type { DeviceRequest } from '../domain/request/request.ts';
import type { Work } from '../domain/work.ts';
import { bringCopies, type CopiesOutcome } from '../presenters/card.ts';
import { standIn } from '../services/people/stand-in.ts';
import { approverIsLost } from '../services/signature/approver-is-lost.ts';
import { loseApprover } from '../services/signature/lose-approver.ts';
import { refreshHomes } from '../services/tracking/refresh-homes.ts';
import { type JobOutcome, later, underLease } from '../services/under-lease.ts';
import { announce } from './announce.ts';
import type { JobTenant } from './job-tenant.ts';
import { carriedOut } from './outcome.ts';

type UpdateCards = Extract<Work, { readonly kind: 'update_cards' }>;

/** Longer than one call to Slack may take; extended before each. */
const CARDS_LEASE_MS = 30_000;
const AGAIN_MS = 3_000;
/** Meanwhile the card is with whoever is away, so nobody waits for an answer. */
const DEPUTY_AGAIN_MS = 15_000;

/**
 * Brings every copy of the card up to the request's revision. One run per request at a time: two could show an older
 * state over a newer one.
 */
export async function carryOutUpdateCards(work: UpdateCards, tenant: JobTenant): Promise<void> {
  const { context } = tenant;
  await carriedOut(
    underLease(context, `cards-${work.requestId}`, CARDS_LEASE_MS, async (lease) => {
      for (;;) {
        const found = await context.store.request(work.requestId);
        if (found === null) return { kind: 'done' };
        const { request, isUnsure } = await standIn(context, found);
        await refreshHomes(context, [request.requester.slackUserId, request.approver.slackUserId]);
        const outcome = await bringCopies(tenant, lease, CARDS_LEASE_MS, request);
        if (await isLost(tenant, request, outcome)) {
          // The request does not sit silent: the requester is asked to choose another approver, and admins are told.
          await loseApprover(context, request.id, request.approver.slackUserId);
        }
        const announceAgainMs = outcome.isLeaseLost ? null : await announce(tenant, request);
        const next = await afterwards(tenant, request, outcome, announceAgainMs);
        if (next === 'changed_meanwhile') continue;
        return isUnsure && next.kind === 'done' ? later(DEPUTY_AGAIN_MS) : next;
      }
    }),
  );
}

async function afterwards(
  { context }: JobTenant,
  request: DeviceRequest,
  { retryAfterMs, isLeaseLost }: CopiesOutcome,
  announceAgainMs: number | null,
): Promise<JobOutcome | 'changed_meanwhile'> {
  if (isLeaseLost) return later(AGAIN_MS);
  const againMs = retryAfterMs ?? announceAgainMs;
  if (againMs !== null) return later(againMs);
  const now = await context.store.request(request.id);
  return now !== null && now.revision > request.revision ? 'changed_meanwhile' : { kind: 'done' };
}

/** Looked at once for each new card: who was asked may be deactivated by now. */
async function isLost(
  { context }: JobTenant,
  request: DeviceRequest,
  { approverUnreachable, approverPosted }: CopiesOutcome,
): Promise<boolean> {
  return approverUnreachable || (approverPosted && (await approverIsLost(context, request)));
}
