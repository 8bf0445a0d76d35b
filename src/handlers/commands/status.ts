import { FleetOrderId, parseFleetId, type SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/surfaces.ts';
import { orderStatusPage, personStatusPage } from '../../presenters/lists.ts';
import { sentence } from '../../views/notices.ts';
import { notANumberText } from '../../views/status/status.ts';
import type { HandlerDeps, Tenant } from '../deps.ts';
import { answerAfterwards } from './answer-command.ts';
import type { CommandArgs } from './command-args.ts';

/** `/fleet status`, `/fleet status 42` and, for admins, `/fleet status @person`. */
export function onStatusCommand(deps: HandlerDeps) {
  return async (args: CommandArgs, tenant: Tenant, rest: string): Promise<void> => {
    const { user_id, response_url } = args.body;
    await answerAfterwards(deps, tenant, args, async () => {
      const shown = await statusAnswer(tenant, user_id as SlackUserId, rest.trim());
      const answered = await tenant.slack.respond(response_url, { ...shown, response_type: 'ephemeral' });
      // Whoever looks sees a new status first: the cards follow.
      deps.hurry();
      return answered;
    });
  };
}

async function statusAnswer(tenant: Tenant, slackUserId: SlackUserId, asked: string): Promise<Message> {
  const person = asked === '' ? slackUserId : mentioned(asked);
  if (person !== null) return personStatusPage(tenant, slackUserId, person);
  const fleetOrderId = parseFleetId(FleetOrderId, asked);
  if (fleetOrderId === null) return sentence(notANumberText);
  return orderStatusPage(tenant, slackUserId, fleetOrderId, 0);
}

/** `should_escape` makes `<@U1|anna>` of @anna. */
function mentioned(text: string): SlackUserId | null {
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/u.exec(text) ?? [];
  // Slack's own escape of a person, in a signed payload.
  return id === undefined ? null : (id as SlackUserId);
}
