import type { SlackUserId } from '../../domain/ids.ts';
import { barredProfile } from '../../domain/people/who-is-who.ts';
import type { ServiceContext } from '../context.ts';
import { inChunks } from '../in-chunks.ts';
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

/** Whom messages "to admins" reach: the list, else Fleet's `ADMIN`s as far as Slack knows them. Never Slack's own. */
export async function adminsToTell(context: ServiceContext): Promise<readonly SlackUserId[]> {
  const { admins } = await context.store.settings();
  if (admins.length > 0) return admins;
  const fleetAdmins = await context.store.directory.admins();
  const matches = await inChunks(fleetAdmins.slice(0, MOST_TOLD), ({ fleetUserId }) =>
    fleetPersonInSlack(context, fleetUserId),
  );
  return matches.flatMap((match) => (match === null ? [] : [match.person.slackUserId]));
}

/** Somebody on the list who has since become a guest, left, or is not known to Slack is no admin any more. */
async function isOneOfUs(context: ServiceContext, slackUserId: SlackUserId): Promise<boolean> {
  const profile = await slackProfile(context, slackUserId);
  return profile.ok && barredProfile(profile.value) === null;
}
