import type { AllMiddlewareArgs, BlockButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { FleetOrderId, SlackChannelId, SlackUserId } from '../../domain/ids.ts';
import { readShareValue } from '../../presenters/lists.ts';
import { tellWhoActed } from '../../presenters/workspace.ts';
import { keepSharedCopy } from '../../services/tracking/keep-shared-copy.ts';
import { orderStatus } from '../../services/tracking/order-status.ts';
import { sentence } from '../../views/notices.ts';
import { asOf, couldNotShareText, perhapsSharedText, sharedStatus } from '../../views/status/shared-status.ts';
import { orderNotFoundText } from '../../views/status/status.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { waitedFor } from '../waited-for.ts';

type Args = SlackActionMiddlewareArgs<BlockButtonAction> & AllMiddlewareArgs;

/** Authority is checked again: the private answer with the button may be older than somebody's role. */
export function onShareStatus(deps: HandlerDeps) {
  return async ({ ack, action, body }: Args, tenant: Tenant): Promise<void> => {
    const fleetOrderId = readShareValue(tenant, action.value);
    await ack();
    if (fleetOrderId === null) return tellWhoActed(tenant, body, orderNotFoundText);
    waitedFor(deps, tenant, 'share a status', { body, failed: perhapsSharedText }, async () => {
      await share(tenant, body, fleetOrderId);
      deps.hurry();
    });
  };
}

async function share(tenant: Tenant, body: BlockButtonAction, fleetOrderId: FleetOrderId): Promise<void> {
  const { context, slack } = tenant;
  const status = await orderStatus(context, body.user.id as SlackUserId, fleetOrderId);
  const shown = sharedStatus(status);
  if (shown === null) return tellWhoActed(tenant, body, orderNotFoundText);
  const channel = body.channel?.id as SlackChannelId | undefined;
  if (channel !== undefined && status.kind === 'request') {
    const posted = await slack.post(channel, shown);
    if (posted.ok) {
      await keepSharedCopy(context, status.item.request, posted.value);
      return;
    }
    // It may stand there already: a second copy would be nobody's to keep current.
    if (posted.failure.kind === 'unavailable') return tellWhoActed(tenant, body, perhapsSharedText);
  }
  // Where the bot is no member only the button's own response reaches the channel, and that copy cannot be kept current.
  const copy = { ...asOf(shown, context.now()), response_type: 'in_channel', replace_original: false } as const;
  const answered = await slack.respond(body.response_url, copy);
  if (answered.ok) return;
  const text = answered.failure.kind === 'unavailable' ? perhapsSharedText : couldNotShareText;
  await slack.post(body.user.id as SlackUserId, sentence(text));
}
