import { z } from 'zod';
import { inChunks, withTimeout } from '../../domain/async.ts';
import { type FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { alphabetical } from '../../domain/name-match.ts';
import { maySign, type SignDecision } from '../../domain/people/match.ts';
import { type Match, type Person, SlackGroup } from '../../domain/people/people.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { LookedUp, LookUpFailed, ServiceContext } from '../context.ts';
import { allLookedUp, findFleetPersonInSlack, fleetAdminsToTell } from './admins.ts';
import { type Asking, matchNow } from './authority.ts';
import { isGoneFromFleet, matchPerson, namePerson, reportNoMatch } from './match.ts';

const MINUTE = 60_000;

/** Someone who leaves a group stops being an approver within five minutes. */
const groupCacheEntry = (group: string) => ({
  key: `group:${group}`,
  freshMs: MINUTE,
  keepMs: 5 * MINUTE,
  parse: (stored: unknown) => z.array(SlackUserId).safeParse(stored).data ?? null,
});

/** Not ok: Slack can't say, or the app may not read groups. We then know no member. */
async function groupMembers(
  { store, slackPeople }: ServiceContext,
  group: string,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const read = await store.cache.read<readonly SlackUserId[], LookUpFailed>(groupCacheEntry(group), async () => {
    const members = await slackPeople.groupMembers(group);
    return members.ok ? members : { ok: false, failure: members };
  });
  return read.ok ? { ok: true, value: read.value } : read.failure;
}

/**
 * The groups that this person is in. `isUnsure`: a look-up of another group failed. A group that the app may not read
 * counts as having no members.
 */
export async function findGroupsOf(
  context: ServiceContext,
  groups: readonly string[],
  slackUserId: SlackUserId,
): Promise<{ readonly memberOf: readonly string[]; readonly isUnsure: boolean }> {
  const lookUps = await readMembers(context, groups);
  const memberOf = groups.filter((_, index) => {
    const members = lookUps[index];
    return members?.ok === true && members.value.includes(slackUserId);
  });
  return { memberOf, isUnsure: lookUps.some((one) => !one.ok && one.isRefused !== true) };
}

/** Null: we can't list them (no `usergroups:read`, a Slack plan without groups, or Slack is down). */
export async function listGroups({ store, slackPeople }: ServiceContext): Promise<readonly SlackGroup[] | null> {
  const read = await store.cache.read<readonly SlackGroup[], 'unknown'>(
    {
      key: 'groups',
      freshMs: MINUTE,
      keepMs: 5 * MINUTE,
      parse: (stored) => z.array(SlackGroup).safeParse(stored).data ?? null,
    },
    async () => {
      const groups = await slackPeople.groups();
      return groups.ok ? groups : { ok: false, failure: 'unknown' };
    },
  );
  return read.ok ? read.value : null;
}

/** What one select can offer. `findApprovers` finds others by name. */
const MAX_APPROVERS = 100;

/** Who may sign for this requester, sorted by name. Empty: no one whom both Slack and Fleet know. */
export async function listApprovers(context: ServiceContext, requester: Person): Promise<readonly Person[]> {
  const settings = await context.store.settings();
  const { people, userGroups } = settings.approvers;
  const candidates: readonly (Match | null)[] =
    people.length > 0 || userGroups.length > 0
      ? await inChunks(await listConfigured(context, settings.approvers), (one) => matchPerson(context, one))
      : await findFleetAdmins(context);
  const approvers = candidates.flatMap((signer) => {
    if (signer === null) return [];
    // Every candidate is listed or was found in one of the groups.
    const decision = maySign({ signer, requester, memberOf: userGroups, settings });
    return decision.ok ? [decision.person] : [];
  });
  return approvers.sort((one, other) => alphabetical.compare(one.name, other.name));
}

interface SignerAsked {
  readonly slackUserId: SlackUserId;
  readonly requester: Person;
  /** Whom they were matched with when they were asked: one list that misses them doesn't undo that, Fleet is asked. */
  readonly askedAs?: FleetUserId;
  /** They are to decide now, so their authority must be fresh. */
  readonly deciding?: Asking;
}

/** While Slack waits for the answer to a press. */
export const PRESS_WAIT_MS = 600;

/** Call it when an approver is chosen and again when they press. `settings`: the operation's snapshot, if it has one. */
export async function checkMaySign(
  context: ServiceContext,
  asked: SignerAsked & { readonly settings?: Settings },
): Promise<SignDecision> {
  const { slackUserId, requester, askedAs, deciding } = asked;
  const settings = Promise.resolve(asked.settings ?? context.store.settings());
  const groups = settings.then(({ approvers: { people, userGroups } }) =>
    findGroupsOf(context, people.includes(slackUserId) ? [] : userGroups, slackUserId),
  );
  const matching = deciding ? matchNow(context, slackUserId, deciding) : matchPerson(context, slackUserId);
  const [signer, { memberOf, isUnsure }] = await Promise.all([matching, groups]);
  const decision = maySign({ signer, requester, memberOf, settings: await settings });
  if (askedAs !== undefined && !decision.ok && decision.refusal.kind === 'not_eligible') {
    const isMissing = decision.refusal.why?.kind === 'no_match';
    if (isMissing && !(await isGoneFromFleet(context, { slackUserId, fleetUserId: askedAs })))
      return { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'people_incomplete' } } };
  }
  const isDenied = !decision.ok && decision.refusal.kind === 'not_eligible' && decision.refusal.why === null;
  // They may be in the group that we couldn't read: still refused, but trying again may help.
  return isDenied && isUnsure
    ? { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } } }
    : decision;
}

/** `checkMaySign` for someone who is to sign now: without a match, they are reported. */
export async function admitSigner(context: ServiceContext, asked: SignerAsked): Promise<SignDecision> {
  const decision = await checkMaySign(context, asked);
  const why = decision.ok || decision.refusal.kind === 'own_request' ? null : decision.refusal.why;
  if (why !== null) await reportNoMatch(context, asked.slackUserId, why);
  return decision.ok ? { ...decision, person: await namePerson(context, decision.person) } : decision;
}

/** The approver list and the members of its groups, without duplicates. */
async function listConfigured(
  context: ServiceContext,
  { people, userGroups }: Settings['approvers'],
): Promise<readonly SlackUserId[]> {
  const groups = await readMembers(context, userGroups);
  return uniquePeople(
    people,
    groups.flatMap((members) => (members.ok ? members.value : [])),
  );
}

function readMembers(context: ServiceContext, groups: readonly string[]) {
  return Promise.all(groups.map((group) => groupMembers(context, group)));
}

function uniquePeople(people: readonly SlackUserId[], members: readonly SlackUserId[]): readonly SlackUserId[] {
  return [...new Set([...people, ...members])].slice(0, MAX_APPROVERS);
}

/**
 * Who is told when the approvers change: the list and its groups, or Fleet's `ADMIN`s if there is no list.
 * Not ok: a look-up failed, and that person would never be told.
 */
export async function approversToTell(
  context: ServiceContext,
  approvers: Settings['approvers'],
): Promise<LookedUp<readonly SlackUserId[]>> {
  const { people, userGroups } = approvers;
  if (people.length === 0 && userGroups.length === 0) return fleetAdminsToTell(context, MAX_APPROVERS);
  const groups = await readMembers(context, userGroups);
  // Groups that the app may not read count as empty.
  const members = allLookedUp(groups.filter((group) => group.ok || group.isRefused !== true));
  return members.ok ? { ok: true, value: uniquePeople(people, members.value.flat()) } : members;
}

async function findFleetAdmins(context: ServiceContext): Promise<readonly (Match | null)[]> {
  const admins = await context.store.directory.admins();
  return inChunks(admins.slice(0, MAX_APPROVERS), async ({ fleetUserId }) => {
    const found = await findFleetPersonInSlack(context, fleetUserId);
    return found.ok ? found.value : null;
  });
}

/** Slack expects an answer within three seconds, and the press must be recorded in that time too. */
const WAIT_MS = 1_500;

/** `admitSigner` while Slack waits for its answer. What comes too late is cached, so the next press finds it. */
export async function admitSignerInTime(context: ServiceContext, asked: SignerAsked): Promise<SignDecision> {
  const decision = await withTimeout(context.sleep, WAIT_MS, admitSigner(context, asked));
  return decision ?? { ok: false, refusal: { kind: 'eligibility_unknown', why: { kind: 'slack_unreachable' } } };
}
