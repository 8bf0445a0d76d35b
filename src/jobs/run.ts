import { noCarry } from '../domain/order-form/choice.ts';
import type { Work } from '../domain/work.ts';
import { showCartOutcome } from '../presenters/cart.ts';
import { showHome } from '../presenters/lists.ts';
import { changeCartInFleet } from '../services/cart/change.ts';
import { type JobOutcome, jobDone, retryAfter } from '../services/context.ts';
import { saveInFleet } from '../services/fleet-task.ts';
import { followOrders } from '../services/orders/follow.ts';
import { queueHomeUpdates } from '../services/orders/lists.ts';
import { refreshDirectory } from '../services/people/directory.ts';
import { carryOutApproval } from '../services/request/approve.ts';
import { checkEnding } from '../services/request/check-ending.ts';
import { expireRequest } from '../services/request/decide.ts';
import { applyPersonChange } from '../services/request/deputy.ts';
import { rebuildRequest, remind } from '../services/request/remind.ts';
import { resolveIfOrdered, resolveUnconfirmed } from '../services/request/resolve-unconfirmed.ts';
import { sendRequest } from '../services/request/send.ts';
import { resumeWorkspace } from '../services/settings/pause.ts';
import { yourCartTitle } from '../views/cart/modal.ts';
import { orderFormTitle } from '../views/order-form/read.ts';
import { updateCards } from './cards.ts';
import { onceDelivered, tellPeople } from './tell.ts';
import type { JobWorkspace } from './worker.ts';

const NEWER_RELEASE_MS = 15_000;
const SLACK_AGAIN_MS = 5_000;

/** Carries out one work item; every kind is safe to run twice. `jobId` is the item's id. */
export async function carryOut(work: Work, workspace: JobWorkspace, jobId: string): Promise<JobOutcome> {
  const { context } = workspace;
  switch (work.kind) {
    case 'change_cart':
      return onceDelivered(context, jobId, () => changeCart(work, workspace));
    case 'send_request':
      return onceDelivered(context, jobId, () => sendForApproval(work, workspace));
    case 'carry_out_approval':
      return carryOutApproval(context, work.requestId);
    case 'look_up_unconfirmed': {
      const resolve = work.isExtra === true ? resolveIfOrdered : resolveUnconfirmed;
      return resolve(context, work.requestId);
    }
    case 'update_cards':
      return updateCards(work, workspace);
    case 'remind':
      return remind(context, work.requestId);
    case 'expire':
      return expireRequest(context, work.requestId);
    case 'check_ending':
      return checkEnding(context, work.requestId);
    case 'notify':
    case 'tell':
      return tellPeople(work, workspace, jobId);
    case 'rebuild_request':
      return rebuildRequest(context, work);
    case 'person_changed': {
      const changed = await applyPersonChange(context, work.slackUserId);
      return changed.ok ? jobDone : retryAfter(changed.retryAfterMs ?? SLACK_AGAIN_MS);
    }
    case 'erase_workspace':
      return eraseStoppedWorkspace(work, workspace);
    case 'save_in_fleet':
      return saveInFleet(context, work.taskId);
    case 'refresh_directory': {
      // If it fails, the service keeps the old directory and plans the next try.
      const refreshed = await refreshDirectory(context);
      if (refreshed.kind === 'done' && refreshed.notWhole === null)
        context.log.info('the directory is complete', { people: refreshed.people });
      return jobDone;
    }
    case 'publish_home':
      return publishHome(work, workspace);
    case 'follow_orders':
      // The next sweep asks whatever Fleet could not answer in this one.
      await followOrders(context);
      return jobDone;
    default:
      work satisfies never;
      // A newer release queued it while both run: one of its instances will take it.
      return retryAfter(NEWER_RELEASE_MS);
  }
}

type WorkOf<Kind extends Work['kind']> = Extract<Work, { readonly kind: Kind }>;

async function changeCart(work: WorkOf<'change_cart'>, workspace: JobWorkspace): Promise<JobOutcome> {
  const outcome = await changeCartInFleet(workspace.context, work);
  const title = 'choice' in work.change ? orderFormTitle(work.change.kind) : yourCartTitle;
  const shown = await showCartOutcome(workspace, outcome, { ...work, title });
  if (shown.kind === 'done') await queueHomeUpdates(workspace.context, [work.slackUserId]);
  return shown;
}

async function sendForApproval(work: WorkOf<'send_request'>, workspace: JobWorkspace): Promise<JobOutcome> {
  const { approverSlackUserId: approver, note } = work;
  const outcome = await sendRequest(workspace.context, work);
  const waiting = {
    ...work,
    carry: { ...noCarry, approver, note, isNoteShown: true as const },
    title: yourCartTitle,
  };
  return showCartOutcome(workspace, outcome, waiting);
}

/** A person without a Home tab (they left, or it is switched off) misses nothing: their cards say the same. */
async function publishHome({ slackUserId }: WorkOf<'publish_home'>, workspace: JobWorkspace): Promise<JobOutcome> {
  const published = await showHome(workspace, slackUserId);
  if (published.ok) return jobDone;
  if (published.failure.kind === 'rate_limited') return retryAfter(published.failure.retryAfterMs);
  workspace.context.log.warn('a Home tab was not published', { failure: published.failure.kind });
  return jobDone;
}

const ERASE_AGAIN_MS = 60_000;

/**
 * Events arrive late and in any order, so only what Slack says about the token now decides. If the token works, the app
 * was installed again, and nothing is deleted.
 */
export async function eraseStoppedWorkspace(
  work: WorkOf<'erase_workspace'>,
  { context, slack, erase }: JobWorkspace,
): Promise<JobOutcome> {
  const stop = await context.store.stop();
  if (stop === null) return jobDone;
  // This item is 30 days old: if the token was revoked again since then, that has an item of its own.
  if (work.stop.why === 'tokens_revoked' && stop.since !== work.stop.since) return jobDone;
  const token = await slack.tokenWorks();
  if (token.ok) {
    await resumeWorkspace(context);
    return jobDone;
  }
  if (token.failure.kind !== 'token_refused' || erase === undefined) return retryAfter(ERASE_AGAIN_MS);
  // From here on no commit writes anything, not even of a job still running, and the stop outlives everything else.
  await context.store.commit({ stop: { ...stop, why: 'app_uninstalled' } });
  await erase();
  context.log.info('a workspace was erased', { why: stop.why });
  return jobDone;
}
