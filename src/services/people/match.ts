import { withTimeout } from '../../domain/async.ts';
import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { barredProfile, type FoundByEmail, foldEmail, userOf } from '../../domain/people/match.ts';
import type { FleetPerson, Match, NoMatch, Person, SlackProfile } from '../../domain/people/people.ts';
import type { LookedUp, ServiceContext } from '../context.ts';
import { askForRefresh, didLastRefreshFail } from './directory.ts';
import { slackIdsByEmail, slackProfile } from './profiles.ts';

/** Null: Slack shows no address. */
export async function findByEmail({ store }: ServiceContext, email: string | null): Promise<FoundByEmail | null> {
  if (email === null) return null;
  const folded = foldEmail(email);
  return folded === null ? { primary: [], secondary: [] } : store.directory.byEmail(folded);
}

/** Whom their address alone names; links do not count here. */
export async function findFleetUserByEmail(
  context: ServiceContext,
  profile: SlackProfile,
): Promise<FleetUserId | null> {
  const user = userOf(await findByEmail(context, profile.email), null);
  return user.kind === 'found' ? user.fleetUserId : null;
}

/** Which other people of this workspace the address of a Fleet user names. Not ok: Slack cannot say just now. */
export async function findOthersByEmail(
  context: ServiceContext,
  fleetUserId: FleetUserId,
  than: SlackUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const ids = await slackIdsByEmail(context, fleetUserId);
  if (!ids.ok) return ids;
  const asked = ids.value.filter((one) => one !== than).map((one) => accountNaming(context, fleetUserId, one));
  const looked = await Promise.all(asked);
  if (looked.some(({ ok }) => !ok)) return { ok: false };
  return { ok: true, value: looked.flatMap((one) => (one.ok ? one.value : [])) };
}

/** This account, where its address names the Fleet user. */
async function accountNaming(
  context: ServiceContext,
  fleetUserId: FleetUserId,
  slackUserId: SlackUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const profile = await slackProfile(context, slackUserId);
  if (!profile.ok) return { ok: false };
  if (profile.value === null || barredProfile(profile.value) !== null) return { ok: true, value: [] };
  const isThem = (await findFleetUserByEmail(context, profile.value)) === fleetUserId;
  return { ok: true, value: isThem ? [slackUserId] : [] };
}

/** The Fleet user of a Slack person, or why there is none. Every failed lookup ends as a `NoMatch`: it acts for nobody. */
export async function matchPerson(context: ServiceContext, slackUserId: SlackUserId): Promise<Match> {
  const profile = await slackProfile(context, slackUserId);
  if (!profile.ok) return { kind: 'slack_unreachable' };
  if (profile.value === null) return { kind: 'deactivated' };
  return barredProfile(profile.value) ?? matchProfile(context, profile.value);
}

async function matchProfile(context: ServiceContext, profile: SlackProfile): Promise<Match> {
  const { directory } = context.store;
  if ((await directory.builtAt()) === null) return whyNotBuilt(context);

  const [byEmail, link] = await Promise.all([
    findByEmail(context, profile.email),
    context.store.link(profile.slackUserId),
  ]);
  const user = userOf(byEmail, link?.fleetUserId ?? null);
  if (user.kind !== 'found') return missing(context, profile, user);
  if (link !== null) {
    // Somebody else's own address names that Fleet user by now: two people must never be one.
    const others = await findOthersByEmail(context, link.fleetUserId, profile.slackUserId);
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

async function whyNotBuilt(context: ServiceContext): Promise<NoMatch> {
  await askForRefresh(context);
  if ((await context.store.pause()) !== null) return { kind: 'key_refused' };
  return { kind: (await didLastRefreshFail(context)) ? 'fleet_unreachable' : 'people_loading' };
}

/** Somebody new in Fleet, or mended there: worth a look at Fleet, at most once a minute for the whole company. */
async function missing(context: ServiceContext, profile: SlackProfile, match: NoMatch): Promise<NoMatch> {
  // For admins, who can tie them with a link.
  await context.store.noteUnmatched(profile.slackUserId);
  if (match.kind === 'no_match' || match.kind === 'two_matches') await askForRefresh(context);
  return match;
}

/**
 * Whoever sent a request is also its purchaser. False: they left, or are tied to another Fleet user by now, and nobody
 * purchases in a name that is not theirs. What cannot be said just now proves nothing.
 */
export async function isStillPurchaser(
  context: ServiceContext,
  { slackUserId, fleetUserId }: Person,
): Promise<boolean> {
  const match = await matchPerson(context, slackUserId);
  switch (match.kind) {
    case 'matched':
      return match.person.fleetUserId === fleetUserId;
    case 'people_loading':
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return true;
    default:
      return false;
  }
}

/** The press has to be answered within three seconds; the job that carries it out asks once more. */
const WAIT_MS = 1_500;

export async function isStillPurchaserInTime(context: ServiceContext, requester: Person): Promise<boolean> {
  return (await withTimeout(context.sleep, WAIT_MS, isStillPurchaser(context, requester))) ?? true;
}
