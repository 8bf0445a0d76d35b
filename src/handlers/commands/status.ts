import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { type FleetOrderId, parseFleetId, type SlackUserId } from '../../domain/ids.ts';
import { orderStatus } from '../../services/order-status.ts';
import { personStatus } from '../../services/person-status.ts';
import { sentence } from '../../views/notices.ts';
import { notANumberText, orderStatusMessage, statusMessage } from '../../views/status.ts';
import type { Message } from '../../views/surfaces.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { shareValueFor } from '../share-value.ts';

type Args = SlackCommandMiddlewareArgs & AllMiddlewareArgs;

/** `/fleet status` and `/fleet status 42`: `rest` is what was typed after the verb. Fleet may be slow, so the answer follows the acknowledgement. */
export function onStatusCommand(deps: HandlerDeps) {
  return async ({ ack, body }: Args, tenant: Tenant, rest: string): Promise<void> => {
    await ack();
    const answer = async () => {
      const shown = await statusAnswer(tenant, body.user_id as SlackUserId, rest.trim());
      await tenant.slack.respond(body.response_url, { ...shown, response_type: 'ephemeral' });
    };
    deps.inBackground('answer /fleet status', answer());
  };
}

async function statusAnswer(tenant: Tenant, slackUserId: SlackUserId, asked: string): Promise<Message> {
  if (asked === '') return statusMessage(await personStatus(tenant.context, slackUserId));
  const fleetOrderId = parseFleetId<FleetOrderId>(asked);
  if (fleetOrderId === null) return sentence(notANumberText);
  const status = await orderStatus(tenant.context, slackUserId, fleetOrderId);
  return orderStatusMessage(status, shareValueFor(tenant, status));
}
