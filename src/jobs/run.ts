import { noCarry } from '../domain/order-form/state.ts';
import type { Work } from '../domain/work.ts';
import { showCartOutcome } from '../presenters/cart.ts';
import { showHome } from '../presenters/lists.ts';
import { changeCartInFleet } from '../services/cart/change.ts';
import { followOrders } from '../services/orders/follow.ts';
import { refreshHomes } from '../services/orders/home.ts';
import { refreshDirectory } from '../services/people/directory.ts';
import { carryOutApproval } from '../services/request/approve.ts';
import { applyPersonChange } from '../services/request/approver-unavailable.ts';
import { expireRequest } from '../services/request/decide.ts';
import { rebuildRequest } from '../services/request/rebuild.ts';
import { remind } from '../services/request/remind.ts';
import { resolveIfOrdered, resolveUnconfirmed } from '../services/request/resolve-unconfirmed.ts';
import { sendRequest } from '../services/request/send.ts';
import { resumeWorkspace } from '../services/settings/stop-workspace.ts';
import { yourCartTitle } from '../views/cart/modal.ts';
import { orderFormTitle } from '../views/order-form/blocks.ts';
import { updateCards } from './cards.ts';
import { notify } from './tell.ts';
import { type JobWorkspace, RetryLater, throwIfLater } from './workspace.ts';

type EraseWorkspace = Extract<Work, { readonly kind: 'erase_workspace' }>;

const AGAIN_MS = 60_000;

/**
 * Events arrive late and in any order, so only what Slack says about the token right now decides. If the token works,
 * the app was installed again, and nothing is deleted.
 */
export async function eraseStoppedWorkspace(
  work: EraseWorkspace,
  { context, slack, erase }: JobWorkspace,
): Promise<void> {
  const stop = await context.store.stop();
  if (stop === null) return;
  // 30 days later: a token that was revoked anew since then has an item of its own.
  if (work.stop.why === 'tokens_revoked' && stop.since !== work.stop.since) return;
  const token = await slack.tokenWorks();
  if (token.ok) return resumeWorkspace(context);
  if (token.failure.kind !== 'token_refused' || erase === undefined) throw new RetryLater(AGAIN_MS);
  await erase();
  // What is still under way elsewhere must find a workspace that has stopped, not an empty one.
  await context.store.commit({ stop });
  context.log.info('a workspace was erased', { why: stop.why });
}

const NEWER_RELEASE_MS = 15_000;
const SLACK_AGAIN_MS = 5_000;

/** The one place that knows what is behind each kind of work; all of it is safe to run twice. `jobId` is the work item's id. */
export async function carryOut(work: Work, workspace: JobWorkspace, jobId: string): Promise<void> {
  const { context } = workspace;
  switch (work.kind) {
    case 'change_cart':
      await changeCart(work, workspace);
      return refreshHomes(context, [work.slackUserId]);
    case 'send_request':
      return sendForApproval(work, workspace);
    case 'carry_out_approval':
      return throwIfLater(carryOutApproval(context, work.requestId));
    case 'look_up_unconfirmed': {
      const looked = work.isExtra === true ? resolveIfOrdered : resolveUnconfirmed;
      return throwIfLater(looked(context, work.requestId));
    }
    case 'update_cards':
      return updateCards(work, workspace);
    case 'remind':
      return throwIfLater(remind(context, work.requestId));
    case 'expire':
      return throwIfLater(expireRequest(context, work.requestId));
    case 'notify':
    case 'tell':
      return notify(work, workspace, jobId);
    case 'rebuild_request':
      return throwIfLater(rebuildRequest(context, work));
    case 'person_changed': {
      const changed = await applyPersonChange(context, work.slackUserId);
      if (!changed.ok) throw new RetryLater(changed.retryAfterMs ?? SLACK_AGAIN_MS);
      return;
    }
    case 'erase_workspace':
      return eraseStoppedWorkspace(work, workspace);
    case 'refresh_directory': {
      // A failure isn't one of this job: the service plans the next try and keeps the old directory.
      const refreshed = await refreshDirectory(context);
      if (refreshed.kind === 'done') context.log.info('the directory is complete', { people: refreshed.people });
      return;
    }
    case 'publish_home':
      return publishHome(work, workspace);
    case 'follow_orders':
      // Whatever Fleet couldn't be asked, the next sweep asks.
      return followOrders(context);
    default:
      work satisfies never;
      // Of a newer release, while both run: one of its instances takes it.
      throw new RetryLater(NEWER_RELEASE_MS);
  }
}

type WorkOf<Kind extends Work['kind']> = Extract<Work, { readonly kind: Kind }>;

async function changeCart(work: WorkOf<'change_cart'>, workspace: JobWorkspace): Promise<void> {
  const outcome = await changeCartInFleet(workspace.context, work);
  const title = 'choice' in work.change ? orderFormTitle(work.change.kind) : yourCartTitle;
  await throwIfLater(showCartOutcome(workspace, outcome, { ...work, title }));
}

async function sendForApproval(work: WorkOf<'send_request'>, workspace: JobWorkspace): Promise<void> {
  const { slackUserId, viewId, approverSlackUserId: approver, note } = work;
  const outcome = await sendRequest(workspace.context, work);
  const waiting = { slackUserId, viewId, carry: { ...noCarry, approver, note }, title: yourCartTitle };
  await throwIfLater(showCartOutcome(workspace, outcome, waiting));
}

/** Somebody who can't be shown a Home tab (left, tab switched off) misses nothing: their cards say the same. */
async function publishHome({ slackUserId }: WorkOf<'publish_home'>, workspace: JobWorkspace): Promise<void> {
  const published = await showHome(workspace, slackUserId);
  if (published.ok) return;
  if (published.failure.kind === 'rate_limited') throw new RetryLater(published.failure.retryAfterMs);
  workspace.context.log.warn('a Home tab was not published', { failure: published.failure.kind });
}
