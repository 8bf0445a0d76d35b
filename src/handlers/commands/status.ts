import { type FleetOrderId, parseFleetId, type SlackUserId } from '../../domain/ids.ts';
import type { Message } from '../../domain/surfaces.ts';
import { orderStatusPage } from '../../presenters/lists.ts';
import type { ServiceContext } from '../../services/context.ts';
import { isAdmin } from '../../services/people/admins.ts';
import { matchPerson } from '../../services/people/match-person.ts';
import { slackProfile } from '../../services/people/slack-profile.ts';
import { personStatus } from '../../services/tracking/person-status.ts';
import { sentence } from '../../views/notices.ts';
import { notANumberText, othersForAdminsText, statusMessage, unnamedPerson } from '../../views/status/status.ts';
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
  const { context } = tenant;
  const person = mentioned(asked);
  if (asked === '' || person === slackUserId) return statusMessage(await personStatus(context, slackUserId));
  if (person !== null) return othersStatus(tenant, slackUserId, person);
  const fleetOrderId = parseFleetId<FleetOrderId>(asked);
  if (fleetOrderId === null) return sentence(notANumberText);
  return orderStatusPage(tenant, slackUserId, fleetOrderId, 0);
}

async function othersStatus({ context }: Tenant, asking: SlackUserId, person: SlackUserId): Promise<Message> {
  if (!(await isAdmin(context, asking))) return sentence(othersForAdminsText);
  const [status, name] = await Promise.all([personStatus(context, person), nameOf(context, person)]);
  return statusMessage(status, name);
}

/** As on cards and in the list of carts: Fleet's name, and Slack's for whoever is nobody there. */
async function nameOf(context: ServiceContext, slackUserId: SlackUserId): Promise<string> {
  const [match, profile] = await Promise.all([matchPerson(context, slackUserId), slackProfile(context, slackUserId)]);
  if (match.kind === 'matched') return match.person.name;
  return profile.ok && profile.value !== null ? profile.value.name : unnamedPerson;
}

/** `should_escape` makes `<@U1|anna>` of @anna. */
function mentioned(text: string): SlackUserId | null {
  const [, id] = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/u.exec(text) ?? [];
  // Slack's own escape of a person, in a signed payload.
  return id === undefined ? null : (id as SlackUserId);
}
