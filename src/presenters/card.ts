import type { BlockButtonAction } from '@slack/bolt';
import { type Lease, withTimeout } from '../domain/async.ts';
import { errorName, type SlackFailure } from '../domain/failures/failure.ts';
import type { RequestId, SlackUserId } from '../domain/ids.ts';
import {
  type CardCopy,
  type DeviceRequest,
  isOpen,
  isShown,
  type RequestCard,
  shownOf,
} from '../domain/request/request.ts';
import type { Message } from '../domain/surfaces.ts';
import { checkMaySign } from '../services/people/approvers.ts';
import { renderCard } from '../services/request/cards.ts';
import type { RequestOutcome } from '../services/request/update.ts';
import type { SlackResult } from '../slack/slack.ts';
import { approvalsPageOf } from '../views/request/approvals.ts';
import { plainCard, requestCard, shortCard } from '../views/request/card.ts';
import { showApprovals } from './lists.ts';
import { answerUser, type Workspace } from './workspace.ts';

/**
 * Answers a press. A posted card is left alone: `update_cards` redraws every copy. An ephemeral one can only be replaced
 * from here, through its own response_url.
 */
export async function answerPress(
  workspace: Workspace,
  body: BlockButtonAction,
  outcome: RequestOutcome,
  text: string | null,
): Promise<void> {
  if (!(await claimAnswer(workspace, body, outcome))) return;
  if (text !== null) await answerUser(workspace, body, text);
  try {
    await redraw(workspace, body, outcome);
  } catch (error) {
    // They were told above. Only the old buttons remain, and pressing one again tells what happened to the request.
    workspace.context.log.warn('a private card was not drawn again', { error: errorName(error) });
  }
}

/** Redraws the private list that was pressed, or the single private card. */
async function redraw(workspace: Workspace, body: BlockButtonAction, outcome: RequestOutcome): Promise<void> {
  if (!('is_ephemeral' in body.container && body.container.is_ephemeral === true)) return;
  const page = approvalsPageOf(body.actions[0]?.block_id ?? '');
  const slackUserId = body.user.id as SlackUserId;
  if (page !== null)
    await showApprovals(workspace, { slackUserId, responseUrl: body.response_url, page, replaces: true });
  else if (outcome.request !== null) await replaceEphemeral(workspace, body, outcome.request.id);
}

/**
 * False: this delivery was answered. Repeated ones share a response_url, which Slack accepts only five times, so only
 * the first of them is told what its press came to.
 */
async function claimAnswer({ context }: Workspace, body: BlockButtonAction, outcome: RequestOutcome): Promise<boolean> {
  const [action] = body.actions;
  if (action === undefined) return true;
  const isRepeated = !outcome.ok && outcome.refusal.kind === 'repeated';
  const delivery = `${isRepeated ? 'answered-again' : 'answered'}.${body.user.id}.${action.action_id}.${action.action_ts}`;
  try {
    return (await context.store.commit({ once: delivery })) !== 'repeated';
  } catch {
    // Answering twice is better than not at all.
    return true;
  }
}

async function replaceEphemeral(
  { context, slack }: Workspace,
  body: BlockButtonAction,
  requestId: RequestId,
): Promise<void> {
  const request = await context.store.request(requestId);
  if (request === null) return;
  const slackUserId = body.user.id as SlackUserId;
  const side = slackUserId === request.requester.slackUserId ? 'requester' : 'approver';
  const card = requestCard(await renderCard(context, request, { side, slackUserId, otherCopy: null }));
  await slack.respond(body.response_url, { ...card, response_type: 'ephemeral', replace_original: true });
}

/** The result for all copies together; the longest wait counts. */
export interface CopiesOutcome {
  /** Null: everything that can be shown is shown. */
  readonly retryAfterMs: number | null;
  readonly approverUnreachable: boolean;
  /** Slack accepted a new card for the approver, which does not mean that it was read. */
  readonly approverPosted: boolean;
  readonly isLeaseLost: boolean;
}

interface CopiesUpdate {
  readonly workspace: Workspace;
  readonly lease: Lease;
  readonly leaseMs: number;
  readonly request: DeviceRequest;
  readonly outcome: { -readonly [K in keyof CopiesOutcome]: CopiesOutcome[K] };
}

const UNAVAILABLE_MS = 5_000;
const NOT_ALLOWED_MS = 5 * 60_000;

const WARM_WITHIN_MS = 3_000;

type Owner = 'requester' | 'approver';

/**
 * Posts the missing copies first, the requester's before the approver's, whose buttons name it; then updates those that
 * show anything else. A copy that fails does not stop the others.
 */
export async function updateCopies(
  workspace: Workspace,
  lease: Lease,
  leaseMs: number,
  request: DeviceRequest,
): Promise<CopiesOutcome> {
  const outcome = { retryAfterMs: null, approverUnreachable: false, approverPosted: false, isLeaseLost: false };
  const update: CopiesUpdate = { workspace, lease, leaseMs, request, outcome };
  await postMissing(update, 'requester');
  await postMissing(update, 'approver');
  for (const copy of await workspace.context.store.copies(request.id)) {
    if (!isShown(copy, request)) await updateCopy(update, copy);
  }
  return update.outcome;
}

async function postMissing(update: CopiesUpdate, owner: Owner): Promise<void> {
  const { workspace, request, outcome } = update;
  const copies = await workspace.context.store.copies(request.id);
  if (copyOf(copies, request, owner) !== undefined || !mayPost(request, owner)) return;
  const shown = await renderCopy(update, owner, copies);
  if (!(await renewLease(update))) return;
  const posted = await sendOrShorten(update, shown, (card) => workspace.slack.post(request[owner].slackUserId, card));
  if (!posted.ok) return noteFailure(update, posted.failure, owner === 'approver' ? 'approver_post' : 'post');
  if (owner === 'approver') outcome.approverPosted = true;
  const { slackUserId } = request[owner];
  const { context } = workspace;
  await context.step?.('cards.posted');
  await context.store.putCopy(request.id, { kind: owner, slackUserId, ...posted.value, ...shownOf(request) });
  // The other copy's buttons name this message, so it must be redrawn even if nothing else changed.
  const other = copyOf(copies, request, owner === 'requester' ? 'approver' : 'requester');
  if (other !== undefined) await context.store.putCopy(request.id, { ...other, shows: 0 });
}

/** No approver gets a request that is already decided, and an unreachable one is not retried at every change. */
function mayPost(request: DeviceRequest, owner: Owner): boolean {
  return owner === 'requester' || (isOpen(request.state) && !request.approverGone);
}

async function updateCopy(update: CopiesUpdate, copy: CardCopy): Promise<void> {
  const { workspace, request } = update;
  const { context, slack } = workspace;
  const copies = await context.store.copies(request.id);
  const shown = await renderCopy(update, copy.kind, copies, copy);
  if (!(await renewLease(update))) return;
  const updated = await sendOrShorten(update, shown, (card) => slack.update(copy.channel, copy.ts, card));
  if (updated.ok) {
    await context.store.putCopy(request.id, { ...copy, ...shownOf(request) });
    return warmApproverProfile(update, copy.kind);
  }
  if (updated.failure.kind !== 'gone' && updated.failure.kind !== 'cannot_post_there') {
    return noteFailure(update, updated.failure, 'update');
  }
  await context.store.dropCopy(request.id, copy);
  if (copy.kind !== 'shared') await postMissing(update, copy.kind);
}

async function renderCopy(
  { workspace, request }: CopiesUpdate,
  side: CardCopy['kind'],
  copies: readonly CardCopy[],
  copy: Pick<CardCopy, 'slackUserId'> = { slackUserId: side === 'shared' ? null : request[side].slackUserId },
): Promise<RequestCard> {
  const otherCopy = copyOf(copies, request, side === 'requester' ? 'approver' : 'requester') ?? null;
  return renderCard(workspace.context, request, { side, slackUserId: copy.slackUserId, otherCopy });
}

/** If Slack refuses the card, sends a short version, and then its text alone, since the person waits for a card. */
async function sendOrShorten<T>(
  { workspace: { context } }: CopiesUpdate,
  card: RequestCard,
  send: (message: Message) => Promise<SlackResult<T>>,
): Promise<SlackResult<T>> {
  let sent = await send(requestCard(card));
  for (const shorter of [shortCard, plainCard]) {
    if (sent.ok || sent.failure.kind !== 'refused_payload') break;
    context.log.error('Slack refused a card', { error: sent.failure.error, details: sent.failure.details });
    sent = await send(shorter(card));
  }
  return sent;
}

function copyOf(copies: readonly CardCopy[], request: DeviceRequest, owner: Owner): CardCopy | undefined {
  return copies.find(({ kind, slackUserId }) => kind === owner && slackUserId === request[owner].slackUserId);
}

/** A press must be answered within seconds, so the approver's Slack profile is cached ahead of it. */
async function warmApproverProfile(
  { workspace: { context }, request }: CopiesUpdate,
  owner: CardCopy['kind'],
): Promise<void> {
  if (owner !== 'approver' || request.state.kind !== 'pending' || request.approverGone) return;
  const { approver, requester } = request;
  await withTimeout(
    context.sleep,
    WARM_WITHIN_MS,
    checkMaySign(context, { slackUserId: approver.slackUserId, requester }),
  );
}

/** Before each call to Slack: without the lease we might draw an outdated request. */
async function renewLease({ lease, leaseMs, outcome }: CopiesUpdate): Promise<boolean> {
  const isRenewed = !outcome.isLeaseLost && (await lease.extend(leaseMs));
  if (!isRenewed) outcome.isLeaseLost = true;
  return isRenewed;
}

function noteFailure(
  { workspace, outcome }: CopiesUpdate,
  failure: SlackFailure,
  what: 'post' | 'approver_post' | 'update',
): void {
  const { log } = workspace.context;
  const retryAfter = (ms: number) => {
    outcome.retryAfterMs = Math.max(outcome.retryAfterMs ?? 0, ms);
  };
  switch (failure.kind) {
    case 'rate_limited':
      retryAfter(failure.retryAfterMs);
      return;
    case 'unavailable':
      retryAfter(UNAVAILABLE_MS);
      return;
    case 'not_allowed':
    case 'token_refused':
      log.warn('Slack does not let the app show a card', { error: failure.error });
      retryAfter(NOT_ALLOWED_MS);
      return;
    case 'cannot_reach_person':
    case 'cannot_post_there':
      if (what === 'approver_post') outcome.approverUnreachable = true;
      else log.warn('a card cannot be shown', { kind: failure.kind, error: failure.error });
      return;
    case 'refused_payload':
      log.error('Slack refused a card', { error: failure.error, details: failure.details });
      if (what === 'approver_post') outcome.approverUnreachable = true;
      return;
    case 'gone':
    case 'stale_view':
    case 'trigger_expired':
      log.warn('a card cannot be shown', { kind: failure.kind });
      return;
    default:
      failure satisfies never;
  }
}
