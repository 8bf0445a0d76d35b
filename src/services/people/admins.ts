import { inChunks } from '../../domain/async.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { barredProfile } from '../../domain/people/match.ts';
import type { Match } from '../../domain/people/people.ts';
import type { LookedUp, ServiceContext } from '../context.ts';
import { askForRefresh } from './directory.ts';
import { matchOrReport, matchPerson } from './match.ts';
import { slackIdsByEmail, slackProfile } from './profiles.ts';

/** Of many look-ups one answer. One that failed leaves all of it unknown, for as long as the longest wait asked for. */
export function allLookedUp<T>(looked: readonly LookedUp<T>[]): LookedUp<readonly T[]> {
  const found = looked.flatMap((one) => (one.ok ? [one.value] : []));
  if (found.length === looked.length) return { ok: true, value: found };
  const [longest] = looked
    .flatMap((one) => (one.ok || one.retryAfterMs === undefined ? [] : [one.retryAfterMs]))
    .sort((one, other) => other - one);
  return longest === undefined ? { ok: false } : { ok: false, retryAfterMs: longest };
}

type Matched = Extract<Match, { readonly kind: 'matched' }>;

/**
 * Who a Fleet user is in Slack, by link or address; and only when that account leads back to the very same Fleet user.
 * Null: nobody. Not ok: that cannot be said just now.
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
    isUnsure ||= match.kind === 'slack_unreachable' || match.kind === 'people_loading';
  }
  // Where the app is not let look by address, nobody is found by one; waiting would not change it.
  if (!byEmail.ok && byEmail.isRefused !== true) return byEmail;
  return isUnsure ? { ok: false } : { ok: true, value: null };
}

export interface AdminRights {
  readonly isAdmin: boolean;
  /** Of Fleet's own role: only these change who signs. */
  readonly isFleetAdmin: boolean;
  readonly fleetUserId: FleetUserId | null;
  /** Null: Fleet doesn't know them. */
  readonly name: string | null;
}

export async function adminRights(context: ServiceContext, slackUserId: SlackUserId): Promise<AdminRights> {
  const [admin, match] = await Promise.all([isAdmin(context, slackUserId), matchPerson(context, slackUserId)]);
  if (match.kind !== 'matched') return { isAdmin: admin, isFleetAdmin: false, fleetUserId: null, name: null };
  const { name, fleetUserId } = match.person;
  return { isAdmin: admin, isFleetAdmin: match.isFleetAdmin, fleetUserId, name };
}

const MAX_ADMINS_TOLD = 50;

/** On the admin list or with Fleet's role `ADMIN`; Slack's own admins only while there is neither. */
export function isAdmin(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  return judgeAdmin(context, slackUserId, matchPerson);
}

/** `isAdmin` for someone asking for an admin's function: without a match, they are reported. */
export function admitAdmin(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  return judgeAdmin(context, slackUserId, matchOrReport);
}

async function judgeAdmin(
  context: ServiceContext,
  slackUserId: SlackUserId,
  findMatch: typeof matchPerson,
): Promise<boolean> {
  const { admins } = await context.store.settings();
  if (admins.includes(slackUserId)) return isActiveMember(context, slackUserId);
  const match = await findMatch(context, slackUserId);
  if (match.kind === 'matched' && match.isFleetAdmin) return true;
  if (admins.length > 0) return false;
  // While nobody knows yet who Fleet's admins are, there may be some: that is not the same as none.
  if ((await context.store.directory.builtAt()) === null) return false;
  if ((await context.store.directory.admins()).length > 0) return false;
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && profile.value?.isSlackAdmin === true && barredProfile(profile.value) === null;
}

/**
 * Whom messages "to admins" reach: the list, else Fleet's `ADMIN`s as far as Slack knows them. Never Slack's own. Not ok:
 * somebody could not be looked up just now, who would never hear of it.
 */
export async function adminsToTell(context: ServiceContext): Promise<LookedUp<readonly SlackUserId[]>> {
  const { admins } = await context.store.settings();
  return admins.length > 0 ? { ok: true, value: admins } : fleetAdminsToTell(context, MAX_ADMINS_TOLD);
}

/** Not ok as well while it is not known who Fleet's `ADMIN`s are: that is not the same as none. */
export async function fleetAdminsToTell(
  context: ServiceContext,
  most: number,
): Promise<LookedUp<readonly SlackUserId[]>> {
  if ((await context.store.directory.builtAt()) === null) {
    await askForRefresh(context);
    return { ok: false };
  }
  const fleetAdmins = await context.store.directory.admins();
  const matches = await inChunks(fleetAdmins.slice(0, most), ({ fleetUserId }) =>
    findFleetPersonInSlack(context, fleetUserId),
  );
  const looked = allLookedUp(matches);
  if (!looked.ok) return looked;
  return { ok: true, value: looked.value.flatMap((match) => (match === null ? [] : [match.person.slackUserId])) };
}

/** Somebody on the list who has since become a guest, left, or is not known to Slack is no admin any more. */
async function isActiveMember(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && barredProfile(profile.value) === null;
}
