import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import type { FleetPerson, Match, NoMatch } from '../../domain/people/people.ts';
import type { SlackProfile } from '../../domain/people/slack-profile.ts';
import { barredProfile, userOf } from '../../domain/people/who-is-who.ts';
import type { ServiceContext } from '../context.ts';
import { askForRefresh, lastRefreshFailed } from './directory-refreshes.ts';
import { findByEmail, othersByEmail } from './matched-by-email.ts';
import { slackProfile } from './slack-profile.ts';

/** The Fleet user of a Slack person, or why there is none. Every failed lookup ends as a `NoMatch`: it acts for nobody. */
export async function matchPerson(context: ServiceContext, slackUserId: SlackUserId): Promise<Match> {
  const profile = await slackProfile(context, slackUserId);
  if (!profile.ok) return { kind: 'slack_unreachable' };
  if (profile.value === null) return { kind: 'deactivated' };
  return barredProfile(profile.value) ?? matchProfile(context, profile.value);
}

async function matchProfile(context: ServiceContext, profile: SlackProfile): Promise<Match> {
  const { directory } = context.store;
  if ((await directory.builtAt()) === null) return notBuilt(context);

  const [byEmail, link] = await Promise.all([
    findByEmail(context, profile.email),
    context.store.link(profile.slackUserId),
  ]);
  const user = userOf(byEmail, link?.fleetUserId ?? null);
  if (user.kind !== 'found') return missing(context, profile, user);
  if (link !== null) {
    // Somebody else's own address names that Fleet user by now: two people must never be one.
    const others = await othersByEmail(context, link.fleetUserId, profile.slackUserId);
    if (!others.ok) return { kind: 'slack_unreachable' };
    if (others.value.length > 0) return missing(context, profile, { kind: 'two_matches' });
  }
  const person = await directory.person(user.fleetUserId);
  return person === null ? missing(context, profile, { kind: 'no_match' }) : matched(profile, person, user.fleetUserId);
}

function matched(profile: SlackProfile, person: FleetPerson, fleetUserId: FleetUserId): Match {
  const name = person.name.trim() === '' ? profile.name : person.name;
  return {
    kind: 'matched',
    person: { slackUserId: profile.slackUserId, fleetUserId, name },
    isFleetAdmin: person.isFleetAdmin,
  };
}

async function notBuilt(context: ServiceContext): Promise<NoMatch> {
  await askForRefresh(context);
  if ((await context.store.pause()) !== null) return { kind: 'key_refused' };
  return { kind: (await lastRefreshFailed(context)) ? 'fleet_unreachable' : 'people_loading' };
}

/** Somebody new in Fleet, or mended there: worth a look at Fleet, at most once a minute for the whole company. */
async function missing(context: ServiceContext, profile: SlackProfile, match: NoMatch): Promise<NoMatch> {
  // For admins, who can tie them with a link.
  await context.store.noteUnmatched(profile.slackUserId);
  if (match.kind === 'no_match' || match.kind === 'two_matches') await askForRefresh(context);
  return match;
}
