import { inChunks } from '../../domain/async.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { barredProfile } from '../../domain/people/match.ts';
import type { Match, NoMatch } from '../../domain/people/people.ts';
import type { LookedUp, ServiceContext } from '../context.ts';
import { matchNow, profileNow } from './authority.ts';
import { askForRefresh } from './directory.ts';
import { type Matched, matchPerson, reportNoMatch, slackIdsByEmail, slackProfile } from './match.ts';

/** One result for many look-ups. If any failed, all is unknown, for the longest wait that Slack asked for. */
export function allLookedUp<T>(lookUps: readonly LookedUp<T>[]): LookedUp<readonly T[]> {
  const found = lookUps.flatMap((one) => (one.ok ? [one.value] : []));
  if (found.length === lookUps.length) return { ok: true, value: found };
  const [longest] = lookUps
    .flatMap((one) => (one.ok || one.retryAfterMs === undefined ? [] : [one.retryAfterMs]))
    .sort((one, other) => other - one);
  return longest === undefined ? { ok: false } : { ok: false, retryAfterMs: longest };
}

/**
 * Who a Fleet user is in Slack, by link or email, as long as that account matches this same Fleet user.
 * Null: no one. Not ok: we can't tell.
 */
export async function findFleetPersonInSlack(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<LookedUp<Matched | null>> {
  const link = await context.store.linkOf(fleetUserId);
  const byEmail = await slackIdsByEmail(context, fleetUserId);
  let isUnsure = false;
  for (const slackUserId of [...(link === null ? [] : [link.slackUserId]), ...(byEmail.ok ? byEmail.value : [])]) {
    const match = await matchPerson(context, slackUserId);
    if (match.kind === 'matched' && match.person.fleetUserId === fleetUserId) return { ok: true, value: match };
    isUnsure ||=
      match.kind === 'slack_unreachable' || match.kind === 'people_loading' || match.kind === 'people_incomplete';
  }
  // If the app may not look people up by email, no one is found that way and waiting won't help.
  if (!byEmail.ok && byEmail.isRefused !== true) return byEmail;
  return isUnsure ? { ok: false } : { ok: true, value: null };
}

export interface AdminRights {
  readonly isAdmin: boolean;
  /** By Fleet's own role: only these people may change who signs. */
  readonly isFleetAdmin: boolean;
  readonly fleetUserId: FleetUserId | null;
  /** Null: not matched. */
  readonly name: string | null;
}

export async function adminRights(context: ServiceContext, slackUserId: SlackUserId): Promise<AdminRights> {
  return rightsOf(await judgeAdmin(context, slackUserId, asKnown));
}

/**
 * For someone who uses these rights: Slack and Fleet are asked now. `waitMs`: for each of them; null: no limit.
 * `unsure`: why they may have more rights than this.
 */
export async function adminRightsNow(
  context: ServiceContext,
  slackUserId: SlackUserId,
  waitMs: number | null,
): Promise<AdminRights & { readonly answer: AdminAnswer; readonly unsure: NoMatch | null }> {
  const judged = await judgeAndReport(context, slackUserId, asOfNow(waitMs));
  const { answer, match } = judged;
  const isUnsure = match.kind === 'slack_unreachable' || match.kind === 'fleet_unreachable';
  return { ...rightsOf(judged), answer, unsure: isUnsure ? match : null };
}

function rightsOf({ answer, match }: Judged): AdminRights {
  const isAdmin = answer === 'admin';
  if (match.kind !== 'matched') return { isAdmin, isFleetAdmin: false, fleetUserId: null, name: null };
  const { name, fleetUserId } = match.person;
  return { isAdmin, isFleetAdmin: match.isFleetAdmin, fleetUserId, name };
}

const MAX_ADMINS_TOLD = 50;

/** On the admin list or with Fleet's role `ADMIN`; Slack's own admins only while there is neither. */
export async function isAdmin(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  return (await judgeAdmin(context, slackUserId, asKnown)).answer === 'admin';
}

/** `admins_unknown`: Fleet's people are not read whole, so this person may be an `ADMIN` or someone else may be. */
export type AdminAnswer = 'admin' | 'not_an_admin' | 'admins_unknown';

/** `isAdmin` for someone asking for an admin's function: without a match, they are reported. */
export async function admitAdmin(context: ServiceContext, slackUserId: SlackUserId): Promise<AdminAnswer> {
  return (await admitted(context, slackUserId)).answer;
}

/** The same with who they are in Fleet. */
export function admitted(context: ServiceContext, slackUserId: SlackUserId): Promise<Judged> {
  return judgeAndReport(context, slackUserId, asKnown);
}

async function judgeAndReport(context: ServiceContext, slackUserId: SlackUserId, lookUp: LookUp): Promise<Judged> {
  const judged = await judgeAdmin(context, slackUserId, lookUp);
  // Someone on the admin list needs no Fleet user.
  if (!judged.isListed && judged.match.kind !== 'matched') await reportNoMatch(context, slackUserId, judged.match);
  return judged;
}

/** How a person is looked up. */
interface LookUp {
  readonly match: typeof matchPerson;
  readonly profile: typeof slackProfile;
}

const asKnown: LookUp = { match: matchPerson, profile: slackProfile };

const asOfNow = (waitMs: number | null): LookUp => ({
  match: (context, slackUserId) => matchNow(context, slackUserId, { waitMs }),
  profile: (context, slackUserId) => profileNow(context, slackUserId, { waitMs }),
});

interface Judged {
  readonly answer: AdminAnswer;
  readonly isListed: boolean;
  readonly match: Match;
}

async function judgeAdmin(context: ServiceContext, slackUserId: SlackUserId, lookUp: LookUp): Promise<Judged> {
  const [match, { admins }] = await Promise.all([lookUp.match(context, slackUserId), context.store.settings()]);
  const isListed = admins.includes(slackUserId);
  if (!isListed)
    return { answer: await judgeUnlisted(context, slackUserId, { match, admins, lookUp }), isListed, match };
  const profile = await lookUp.profile(context, slackUserId);
  // A listed admin who became a guest, left, or is unknown to Slack is no longer an admin.
  const isActive = profile.ok && barredProfile(profile.value) === null;
  return { answer: isActive ? 'admin' : 'not_an_admin', isListed, match };
}

interface Unlisted {
  readonly match: Match;
  readonly admins: readonly SlackUserId[];
  readonly lookUp: LookUp;
}

async function judgeUnlisted(
  context: ServiceContext,
  slackUserId: SlackUserId,
  { match, admins, lookUp }: Unlisted,
): Promise<AdminAnswer> {
  if (match.kind === 'matched' && match.isFleetAdmin) return 'admin';
  if (match.kind === 'people_incomplete') return 'admins_unknown';
  if (admins.length > 0) return 'not_an_admin';
  const profile = await lookUp.profile(context, slackUserId);
  const isSlackAdmin = profile.ok && profile.value?.isSlackAdmin === true && barredProfile(profile.value) === null;
  if (!isSlackAdmin) return 'not_an_admin';
  const { directory } = context.store;
  const [state, fleetAdmins] = await Promise.all([directory.state(), directory.admins()]);
  if (fleetAdmins.length > 0) return 'not_an_admin';
  // Until the directory is built, and whole, Fleet may have admins that we don't know of.
  return state?.areAdminsKnown === true ? 'admin' : 'admins_unknown';
}

/**
 * Who gets messages to admins: the list, or else Fleet's `ADMIN`s who are in Slack. Never Slack's own admins.
 * Not ok: a look-up failed, and that person would never get the message.
 */
export async function adminsToTell(context: ServiceContext): Promise<LookedUp<readonly SlackUserId[]>> {
  const { admins } = await context.store.settings();
  return admins.length > 0 ? { ok: true, value: admins } : fleetAdminsToTell(context, MAX_ADMINS_TOLD);
}

/** Not ok either while Fleet's `ADMIN`s are not known: that is not the same as having none. */
export async function fleetAdminsToTell(
  context: ServiceContext,
  max: number,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const { directory } = context.store;
  const [state, fleetAdmins] = await Promise.all([directory.state(), directory.admins()]);
  if (state === null || (fleetAdmins.length === 0 && !state.areAdminsKnown)) {
    await askForRefresh(context);
    return { ok: false };
  }
  const matches = await inChunks(fleetAdmins.slice(0, max), ({ fleetUserId }) =>
    findFleetPersonInSlack(context, fleetUserId),
  );
  const found = allLookedUp(matches);
  if (!found.ok) return found;
  // Someone who is one only by a link may not have an `ADMIN`'s rights.
  const admins = found.value.filter((match) => match?.isFleetAdmin === true);
  return { ok: true, value: admins.flatMap((match) => match?.person.slackUserId ?? []) };
}
