import type { SlackUserId } from '../domain/ids.ts';
import { maySign, type SignDecision } from '../domain/may-sign.ts';
import type { Match, Person } from '../domain/people.ts';
import type { ServiceContext } from './context.ts';
import { fleetPersonInSlack } from './fleet-person-in-slack.ts';
import { inChunks } from './in-chunks.ts';
import { matchPerson } from './match-person.ts';

/** What one select can offer; who is beyond it can still be named by `/fleet` settings' approver list. */
const MOST_APPROVERS = 100;

/** Who may sign for this requester, by name. Empty: nobody that Slack and Fleet both know. */
export async function listApprovers(context: ServiceContext, requester: Person): Promise<readonly Person[]> {
  const settings = await context.store.settings();
  const { people, userGroups } = settings.approvers;
  const candidates: readonly (Match | null)[] =
    people.length > 0 || userGroups.length > 0
      ? await inChunks(people.slice(0, MOST_APPROVERS), (one) => matchPerson(context, one))
      : await fleetAdmins(context);
  const approvers = candidates.flatMap((signer) => {
    if (signer === null) return [];
    const decision = maySign({ signer, requester, memberOf: [], settings });
    return decision.ok ? [decision.person] : [];
  });
  return approvers.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** Asked when the approver is chosen and again when the button is pressed: settings and directory are read each time. */
export async function checkMaySign(
  context: ServiceContext,
  { slackUserId, requester }: { readonly slackUserId: SlackUserId; readonly requester: Person },
): Promise<SignDecision> {
  const [settings, signer] = await Promise.all([context.store.settings(), matchPerson(context, slackUserId)]);
  // Slack user groups need the optional `usergroups:read`, which is not asked for yet: nobody is known to be in one.
  return maySign({ signer, requester, memberOf: [], settings });
}

async function fleetAdmins(context: ServiceContext): Promise<readonly (Match | null)[]> {
  const admins = await context.store.directory.admins();
  return inChunks(admins.slice(0, MOST_APPROVERS), ({ fleetUserId }) => fleetPersonInSlack(context, fleetUserId));
}
