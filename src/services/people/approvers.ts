import type { SlackUserId } from '../../domain/ids.ts';
import type { Match, Person } from '../../domain/people/people.ts';
import { maySign, type SignDecision } from '../../domain/request/may-sign.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { Looked, ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { fleetAdminsToTell } from './admins.ts';
import { everybodyLookedUp } from './everybody-looked-up.ts';
import { fleetPersonInSlack } from './fleet-person-in-slack.ts';
import { groupMembers, groupsOf } from './group-members.ts';
import { matchPerson } from './match-person.ts';

/** What one select can offer; who is beyond it is found by name: `findApprovers`. */
const MOST_APPROVERS = 100;

/** Who may sign for this requester, by name. Empty: nobody that Slack and Fleet both know. */
export async function listApprovers(context: ServiceContext, requester: Person): Promise<readonly Person[]> {
  const settings = await context.store.settings();
  const { people, userGroups } = settings.approvers;
  const candidates: readonly (Match | null)[] =
    people.length > 0 || userGroups.length > 0
      ? await inChunks(await listed(context, settings.approvers), (one) => matchPerson(context, one))
      : await fleetAdmins(context);
  const approvers = candidates.flatMap((signer) => {
    if (signer === null) return [];
    // Everybody here is listed themselves, or was found in one of the groups.
    const decision = maySign({ signer, requester, memberOf: userGroups, settings });
    return decision.ok ? [decision.person] : [];
  });
  return approvers.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** Asked when the approver is chosen and again when the button is pressed: settings and directory are read each time. */
export async function checkMaySign(
  context: ServiceContext,
  { slackUserId, requester }: { readonly slackUserId: SlackUserId; readonly requester: Person },
): Promise<SignDecision> {
  const settings = context.store.settings();
  const groups = settings.then(({ approvers: { people, userGroups } }) =>
    groupsOf(context, people.includes(slackUserId) ? [] : userGroups, slackUserId),
  );
  const [signer, { memberOf, isUnsure }] = await Promise.all([matchPerson(context, slackUserId), groups]);
  const decision = maySign({ signer, requester, memberOf, settings: await settings });
  const isDenied = !decision.ok && decision.refusal.kind === 'not_eligible' && decision.refusal.why === null;
  // Perhaps they are in the group that Slack says nothing of: refused all the same, and another try may help.
  return isDenied && isUnsure
    ? { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } } }
    : decision;
}

/** Those of the approver list and of its groups, each once. */
async function listed(
  context: ServiceContext,
  { people, userGroups }: Settings['approvers'],
): Promise<readonly SlackUserId[]> {
  const groups = await membersOf(context, userGroups);
  return eachOnce(
    people,
    groups.flatMap((members) => (members.ok ? members.value : [])),
  );
}

function membersOf(context: ServiceContext, groups: readonly string[]) {
  return Promise.all(groups.map((group) => groupMembers(context, group)));
}

function eachOnce(people: readonly SlackUserId[], members: readonly SlackUserId[]): readonly SlackUserId[] {
  return [...new Set([...people, ...members])].slice(0, MOST_APPROVERS);
}

/**
 * Whom a change of who may sign concerns: the list and its groups, or Fleet's `ADMIN`s while there is none. Not ok:
 * somebody could not be looked up just now, who would never hear of it.
 */
export async function approversToTell(
  context: ServiceContext,
  approvers: Settings['approvers'],
): Promise<Looked<readonly SlackUserId[]>> {
  const { people, userGroups } = approvers;
  if (people.length === 0 && userGroups.length === 0) return fleetAdminsToTell(context, MOST_APPROVERS);
  const groups = await membersOf(context, userGroups);
  // Nobody counts as a member of groups that the app is not let read.
  const members = everybodyLookedUp(groups.filter((group) => group.ok || group.isRefused !== true));
  return members.ok ? { ok: true, value: eachOnce(people, members.value.flat()) } : members;
}

async function fleetAdmins(context: ServiceContext): Promise<readonly (Match | null)[]> {
  const admins = await context.store.directory.admins();
  return inChunks(admins.slice(0, MOST_APPROVERS), async ({ fleetUserId }) => {
    const found = await fleetPersonInSlack(context, fleetUserId);
    return found.ok ? found.value : null;
  });
}
