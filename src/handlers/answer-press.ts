import type { BlockButtonAction } from '@slack/bolt';
import { errorName } from '../domain/error-name.ts';
import type { SlackUserId } from '../domain/ids.ts';
import { tellWhoActed } from '../presenters/workspace.ts';
import { renderCard } from '../services/signature/render-card.ts';
import type { Settled } from '../services/signature/settle-request.ts';
import { requestCard } from '../views/card/request-card.ts';
import { approvalsPageOf } from '../views/status/approvals.ts';
import type { Tenant } from './deps.ts';
import { showApprovals } from './show-list.ts';

/**
 * Never replaces the card that stays: `update-cards` does, for every copy. An ephemeral one can only be put right here,
 * by its own response.
 */
export async function answerPress(
  tenant: Tenant,
  body: BlockButtonAction,
  outcome: Settled,
  text: string | null,
): Promise<void> {
  if (await wasAnswered(tenant, body)) return;
  if (text !== null) await tellWhoActed(tenant, body, text);
  try {
    await drawAgain(tenant, body, outcome);
  } catch (error) {
    // They were told above: only the buttons are those of before, and whoever presses them again hears where it stands.
    tenant.context.log.warn('a private card was not drawn again', {
      error: errorName(error),
    });
  }
}

async function drawAgain(tenant: Tenant, body: BlockButtonAction, outcome: Settled): Promise<void> {
  const isEphemeral = 'is_ephemeral' in body.container && body.container.is_ephemeral === true;
  const page = approvalsPageOf(body.actions[0]?.block_id ?? '');
  if (isEphemeral && page !== null) await showApprovalsAgain(tenant, body, page);
  else if (isEphemeral && outcome.request !== null) await replaceEphemeral(tenant, body, outcome.request.id);
}

/** The same delivery again has the same response_url, and that may be used five times only. */
async function wasAnswered({ context }: Tenant, body: BlockButtonAction): Promise<boolean> {
  const [action] = body.actions;
  if (action === undefined) return false;
  const delivery = `answered.${body.user.id}.${action.action_id}.${action.action_ts}`;
  try {
    return (await context.store.commit({ once: delivery })) === 'repeated';
  } catch {
    // Better answered twice than not at all.
    return false;
  }
}

/** The list that it was pressed in, without what is decided now. */
async function showApprovalsAgain(tenant: Tenant, body: BlockButtonAction, page: number): Promise<void> {
  const slackUserId = body.user.id as SlackUserId;
  await showApprovals(tenant, { slackUserId, responseUrl: body.response_url, page, replaces: true });
}

async function replaceEphemeral(
  { context, slack }: Tenant,
  body: BlockButtonAction,
  requestId: Parameters<Tenant['context']['store']['request']>[0],
): Promise<void> {
  const request = await context.store.request(requestId);
  if (request === null) return;
  const slackUserId = body.user.id as SlackUserId;
  const side = slackUserId === request.requester.slackUserId ? 'requester' : 'approver';
  const card = requestCard(await renderCard(context, request, { side, slackUserId, otherCopy: null }));
  await slack.respond(body.response_url, { ...card, response_type: 'ephemeral', replace_original: true });
}
