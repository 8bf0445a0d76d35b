import { inChunks } from '../../domain/async.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { barredProfile } from '../../domain/people/match.ts';
import type { Match } from '../../domain/people/people.ts';
import type { LookedUp, ServiceContext } from '../context.ts';
import { askForRefresh } from './directory.ts';
import { matchOrReport, matchPerson, slackIdsByEmail, slackProfile } from './match.ts';

/** One result for many look-ups. If any failed, all is unknown, for the longest wait that Slack asked for. */
export function allLookedUp<T>(lookUps: readonly LookedUp<T>[]): LookedUp<readonly T[]> {
  const found = lookUps.flatMap((one) => (one.ok ? [one.value] : []));
  if (found.length === lookUps.length) return { ok: true, value: found };
  const [longest] = lookUps
    .flatMap((one) => (one.ok || one.retryAfterMs === undefined ? [] : [one.retryAfterMs]))
    .sort((one, other) => other - one);
  return longest === undefined ? { ok: false } : { ok: false, retryAfterMs: longest };
}

type Matched = Extract<Match, { readonly kind: 'matched' }>;

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
    isUnsure ||= match.kind === 'slack_unreachable' || match.kind === 'people_loading';
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
  // Until the directory is built, Fleet may have admins that we don't know of.
  if ((await context.store.directory.builtAt()) === null) return false;
  if ((await context.store.directory.admins()).length > 0) return false;
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && profile.value?.isSlackAdmin === true && barredProfile(profile.value) === null;
}

/**
 * Who gets messages to admins: the list, or else Fleet's `ADMIN`s who are in Slack. Never Slack's own admins.
 * Not ok: a look-up failed, and that person would never get the message.
 */
export async function adminsToTell(context: ServiceContext): Promise<LookedUp<readonly SlackUserId[]>> {
  const { admins } = await context.store.settings();
  return admins.length > 0 ? { ok: true, value: admins } : fleetAdminsToTell(context, MAX_ADMINS_TOLD);
}

/** Also not ok until the directory is built: not knowing Fleet's `ADMIN`s is not the same as having none. */
export async function fleetAdminsToTell(
  context: ServiceContext,
  max: number,
): Promise<LookedUp<readonly SlackUserId[]>> {
  if ((await context.store.directory.builtAt()) === null) {
    await askForRefresh(context);
    return { ok: false };
  }
  const fleetAdmins = await context.store.directory.admins();
  const matches = await inChunks(fleetAdmins.slice(0, max), ({ fleetUserId }) =>
    findFleetPersonInSlack(context, fleetUserId),
  );
  const found = allLookedUp(matches);
  if (!found.ok) return found;
  return { ok: true, value: found.value.flatMap((match) => (match === null ? [] : [match.person.slackUserId])) };
}

/** A listed admin who became a guest, left, or is unknown to Slack is no longer an admin. */
async function isActiveMember(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && barredProfile(profile.value) === null;
}
