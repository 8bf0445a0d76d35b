import { z } from 'zod';
import { withTimeout } from '../../domain/async.ts';
import { type FleetUserId, SlackUserId } from '../../domain/ids.ts';
import { foldName } from '../../domain/name-match.ts';
import { barredProfile, foldEmail, givesAdminRights, userOf } from '../../domain/people/match.ts';
import type { FleetPerson, Match, NoMatch, Person, SlackProfile } from '../../domain/people/people.ts';
import type { FoundPeople } from '../../store/directory-index.ts';
import { type LookedUp, type LookUpFailed, type ServiceContext, snapshotOf } from '../context.ts';
import { askForRefresh, didLastRefreshFail } from './directory.ts';

/**
 * A snapshot with what nearly everything that a person opens needs, read in one trip. `kind`: of what is opened, see
 * `WorkspaceStore.snapshot`.
 */
export async function personSnapshot(
  context: ServiceContext,
  slackUserId: SlackUserId,
  kind?: string,
): Promise<ServiceContext> {
  const snapshot = snapshotOf(context, kind);
  const { store } = snapshot;
  await Promise.all([
    store.profile(slackUserId),
    store.link(slackUserId),
    store.directory.state(),
    store.settings(),
    store.pause(),
    store.draft(slackUserId),
    store.preferences(slackUserId),
    store.countWaitingFor(slackUserId),
  ]);
  return snapshot;
}

/** The Fleet user of a Slack person, or why there is none. Only reads. A failed look-up is a `NoMatch`, not an error. */
export async function matchPerson(context: ServiceContext, slackUserId: SlackUserId): Promise<Match> {
  const reading = snapshotOf(context);
  const [profile] = await Promise.all([
    slackProfile(reading, slackUserId),
    reading.store.link(slackUserId),
    reading.store.directory.state(),
  ]);
  if (!profile.ok) return { kind: 'slack_unreachable' };
  if (profile.value === null) return { kind: 'deactivated' };
  return barredProfile(profile.value) ?? matchProfile(reading, profile.value);
}

/** `matchPerson` for someone who is acting: without a match, they are reported. */
export async function matchOrReport(context: ServiceContext, slackUserId: SlackUserId): Promise<Match> {
  const match = await matchPerson(context, slackUserId);
  if (match.kind !== 'matched') await reportNoMatch(context, slackUserId, match);
  return match;
}

/** Lists the person for admins, who can link them; asks for a refresh where Fleet may know more than the directory. */
export async function reportNoMatch(context: ServiceContext, slackUserId: SlackUserId, why: NoMatch): Promise<void> {
  switch (why.kind) {
    case 'no_match':
    case 'two_matches':
      await context.store.noteUnmatched(slackUserId);
      await askForRefresh(context);
      return;
    case 'email_hidden':
      await context.store.noteUnmatched(slackUserId);
      return;
    case 'people_loading':
    case 'people_incomplete':
    case 'fleet_unreachable':
    case 'key_refused':
      await askForRefresh(context);
      return;
    case 'guest':
    case 'stranger':
    case 'deactivated':
    case 'bot':
    case 'slack_unreachable':
      return;
  }
}

/** Someone whom Slack vouches for, in the directory. */
export async function matchProfile(context: ServiceContext, profile: SlackProfile): Promise<Match> {
  const { directory } = context.store;
  const [state, byEmail, link] = await Promise.all([
    directory.state(),
    findByEmail(context, profile.email),
    context.store.link(profile.slackUserId),
  ]);
  if (state === null) return whyNotBuilt(context);

  const user = userOf(byEmail, link?.fleetUserId ?? null);
  const isMissing = user.kind === 'no_match' || (link === null && byEmail?.primary.length === 0);
  // Also with a secondary address: the one whose own address it is may be missing.
  if (isMissing && !state.isWhole) return { kind: 'people_incomplete' };
  if (user.kind !== 'found') return user;
  if (link !== null) {
    // If another account's own address names this Fleet user, both would act as one person.
    const others = await findOthersByEmail(context, link.fleetUserId, profile.slackUserId);
    if (!others.ok) return { kind: 'slack_unreachable' };
    if (others.value.length > 0) return { kind: 'two_matches' };
  }
  const { fleetUserId } = user;
  const person =
    byEmail?.people.find((one) => one.fleetUserId === fleetUserId) ?? (await directory.person(fleetUserId));
  if (person !== null) {
    const own = userOf(byEmail, null);
    const isByEmail = own.kind === 'found' && own.fleetUserId === person.fleetUserId;
    return matched(profile, { ...person, isFleetAdmin: person.isFleetAdmin && givesAdminRights({ isByEmail, link }) });
  }
  return state.isWhole ? { kind: 'no_match' } : { kind: 'people_incomplete' };
}

export type Matched = Extract<Match, { readonly kind: 'matched' }>;

function matched(profile: SlackProfile, { fleetUserId, name, isFleetAdmin }: FleetPerson): Matched {
  const { slackUserId } = profile;
  return {
    kind: 'matched',
    person: { slackUserId, fleetUserId, name: name.trim() === '' ? profile.name : name },
    isFleetAdmin,
  };
}

async function whyNotBuilt(context: ServiceContext): Promise<NoMatch> {
  if ((await context.store.pause()) !== null) return { kind: 'key_refused' };
  return { kind: (await didLastRefreshFail(context)) ? 'fleet_unreachable' : 'people_loading' };
}

/** Null: Slack shows no address. */
export async function findByEmail({ store }: ServiceContext, email: string | null): Promise<FoundPeople | null> {
  if (email === null) return null;
  const folded = foldEmail(email);
  return folded === null ? { primary: [], secondary: [], people: [] } : store.directory.byEmail(folded);
}

/** The Fleet user whom a profile's address names, links aside. */
export async function findFleetUserByEmail(
  context: ServiceContext,
  profile: SlackProfile,
): Promise<FleetUserId | null> {
  const user = userOf(await findByEmail(context, profile.email), null);
  return user.kind === 'found' ? user.fleetUserId : null;
}

/** The other accounts of this workspace whose address names a Fleet user. Not ok: Slack can't say. */
export async function findOthersByEmail(
  context: ServiceContext,
  fleetUserId: FleetUserId,
  than: SlackUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const ids = await slackIdsByEmail(context, fleetUserId);
  if (!ids.ok) return ids;
  const others: SlackUserId[] = [];
  for (const slackUserId of ids.value.filter((one) => one !== than)) {
    const profile = await slackProfile(context, slackUserId);
    if (!profile.ok) return { ok: false };
    if (profile.value === null || barredProfile(profile.value) !== null) continue;
    if ((await findFleetUserByEmail(context, profile.value)) === fleetUserId) others.push(slackUserId);
  }
  return { ok: true, value: others };
}

/**
 * A request's requester is also its purchaser. False: they left, or are another Fleet user by now, and no one may
 * purchase in a name that is not theirs. A look-up that failed proves nothing.
 */
export async function isStillPurchaser(context: ServiceContext, requester: Person): Promise<boolean> {
  return mayBePurchaser(await matchPerson(context, requester.slackUserId), requester);
}

/** False only if it is certain: while nobody can say who they are, they are who they were. */
export function mayBePurchaser(match: Match, { fleetUserId }: Person): boolean {
  switch (match.kind) {
    case 'matched':
      return match.person.fleetUserId === fleetUserId;
    case 'people_loading':
    case 'people_incomplete':
    case 'fleet_unreachable':
    case 'key_refused':
    case 'slack_unreachable':
      return true;
    default:
      return false;
  }
}

/** Someone whom the directory doesn't list (any more). False: Fleet still has them with this account's address, or can't say. */
export async function isGoneFromFleet(
  context: ServiceContext,
  { slackUserId, fleetUserId }: Omit<Person, 'name'>,
): Promise<boolean> {
  const user = await context.fleet.getUser(fleetUserId, 'person');
  if (!user.ok) return user.failure.kind === 'rejected' && user.failure.code === 'USER_NOT_FOUND';
  const [profile, link] = await Promise.all([slackProfile(context, slackUserId), context.store.link(slackUserId)]);
  if (!profile.ok || link?.fleetUserId === fleetUserId) return false;
  const own = foldEmail(profile.value?.email ?? '');
  return ![user.value.email, user.value.secondaryEmail].some((email) => email !== null && foldEmail(email) === own);
}

/** Slack expects an answer within three seconds; the job that carries out the press checks again. */
const WAIT_MS = 1_500;

export async function isStillPurchaserInTime(context: ServiceContext, requester: Person): Promise<boolean> {
  return (await withTimeout(context.sleep, WAIT_MS, isStillPurchaser(context, requester))) ?? true;
}

/** A person's Slack profile, cached for hours. Null: Slack knows no one with this id. */
export async function slackProfile(
  context: ServiceContext,
  slackUserId: SlackUserId,
): Promise<LookedUp<SlackProfile | null>> {
  const kept = await context.store.profile(slackUserId);
  return kept === null ? loadProfile(context, slackUserId) : { ok: true, value: kept };
}

/** The same, past the cache. */
export async function loadProfile(
  { store, slackPeople }: ServiceContext,
  slackUserId: SlackUserId,
): Promise<LookedUp<SlackProfile | null>> {
  const result = await slackPeople.profile(slackUserId);
  if (result.ok && result.value !== null) await store.putProfile(result.value);
  return result;
}

const MINUTE = 60_000;

const SlackUserIds = z.array(SlackUserId);

const idsCacheEntry = (fleetUserId: FleetUserId) => ({
  key: `slack-ids:${fleetUserId}`,
  freshMs: 15 * MINUTE,
  keepMs: 24 * 60 * MINUTE,
  // An empty list is cached too, so that a missing account isn't result up each time.
  parse: (stored: unknown) => SlackUserIds.safeParse(stored).data ?? null,
});

export async function forgetSlackIds({ store }: ServiceContext, fleetUserId: FleetUserId): Promise<void> {
  await store.cache.forget(idsCacheEntry(fleetUserId).key);
}

/** The Slack accounts with one of a Fleet user's addresses. Whether one may act for them, `matchPerson` decides. */
export async function slackIdsByEmail(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const found = await context.store.cache.read<readonly SlackUserId[], LookUpFailed>(
    idsCacheEntry(fleetUserId),
    async () => {
      const result = await lookUpIds(context, fleetUserId);
      return result.ok ? result : { ok: false, failure: result };
    },
  );
  return found.ok ? { ok: true, value: found.value } : found.failure;
}

async function lookUpIds(
  { store, slackPeople }: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const ids: SlackUserId[] = [];
  for (const email of await store.directory.emailsOf(fleetUserId)) {
    const result = await slackPeople.profileByEmail(email);
    if (!result.ok) return result;
    if (result.value === null) continue;
    await store.putProfile(result.value);
    ids.push(result.value.slackUserId);
  }
  return { ok: true, value: ids };
}

/** As those who decide read it: told apart from a namesake in the directory. Without a name there, the one given. */
export async function namePerson(context: ServiceContext, person: Person): Promise<Person> {
  const name = await distinctName(context, person.fleetUserId);
  return name === null || name === unnamedFleetUser(person.fleetUserId) ? person : { ...person, name };
}

export const unnamedFleetUser = (fleetUserId: FleetUserId): string => `Fleet user ${fleetUserId}`;

/** Their name in the directory; with a namesake there, which Fleet user it is. Null: the directory doesn't list them. */
export async function distinctName({ store }: ServiceContext, fleetUserId: FleetUserId): Promise<string | null> {
  const person = await store.directory.person(fleetUserId);
  if (person === null) return null;
  if (person.name === '') return unnamedFleetUser(fleetUserId);
  const alike = await store.directory.search(person.name, 2);
  const isShared = alike.filter(({ name }) => foldName(name) === foldName(person.name)).length > 1;
  return isShared ? `${person.name} (${unnamedFleetUser(fleetUserId)})` : person.name;
}
