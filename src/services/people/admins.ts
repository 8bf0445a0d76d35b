import type { SlackUserId } from '../../domain/ids.ts';
import { barredProfile } from '../../domain/people/who-is-who.ts';
import type { Looked, ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
import { askForRefresh } from './directory-refreshes.ts';
import { everybodyLookedUp } from './everybody-looked-up.ts';
import { fleetPersonInSlack } from './fleet-person-in-slack.ts';
import { matchPerson } from './match-person.ts';
import { slackProfile } from './slack-profile.ts';

const MOST_TOLD = 50;

/** On the admin list or Fleet role `ADMIN`; Slack's own admins only while there is neither. */
export async function isAdmin(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const { admins } = await context.store.settings();
  if (admins.includes(slackUserId)) return isOneOfUs(context, slackUserId);
  const match = await matchPerson(context, slackUserId);
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
export async function adminsToTell(context: ServiceContext): Promise<Looked<readonly SlackUserId[]>> {
  const { admins } = await context.store.settings();
  return admins.length > 0 ? { ok: true, value: admins } : fleetAdminsToTell(context, MOST_TOLD);
}

/** Not ok as well while it is not known who Fleet's `ADMIN`s are: that is not the same as none. */
export async function fleetAdminsToTell(
  context: ServiceContext,
  most: number,
): Promise<Looked<readonly SlackUserId[]>> {
  if ((await context.store.directory.builtAt()) === null) {
    await askForRefresh(context);
    return { ok: false };
  }
  const fleetAdmins = await context.store.directory.admins();
  const matches = await inChunks(fleetAdmins.slice(0, most), ({ fleetUserId }) =>
    fleetPersonInSlack(context, fleetUserId),
  );
  const looked = everybodyLookedUp(matches);
  if (!looked.ok) return looked;
  return { ok: true, value: looked.value.flatMap((match) => (match === null ? [] : [match.person.slackUserId])) };
}

/** Somebody on the list who has since become a guest, left, or is not known to Slack is no admin any more. */
async function isOneOfUs(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && barredProfile(profile.value) === null;
}
