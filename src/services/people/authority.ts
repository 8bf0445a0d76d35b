import { withTimeout } from '../../domain/async.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import { barredProfile, foldEmail, givesAdminRights } from '../../domain/people/match.ts';
import type { Match, Person, SlackProfile } from '../../domain/people/people.ts';
import type { LookedUp, ServiceContext } from '../context.ts';
import { REFRESH_EVERY_MS } from './directory.ts';
import { loadProfile, type Matched, matchProfile, mayBePurchaser } from './match.ts';

/** While Slack or Fleet can't be asked, what they said this long ago still counts: the directory may miss one refresh. */
export const TRUSTED_FOR_MS = 2 * REFRESH_EVERY_MS;

export interface Asking {
  /** For Slack's and Fleet's answer each; null: as long as they take. */
  readonly waitMs: number | null;
  /** Only for what is too old to count: nothing is waited for where a job asks again before anything happens. */
  readonly onlyIfOld?: true;
}

/**
 * `matchPerson` for someone who uses authority (approves, links, changes settings): Slack and Fleet are asked now. What
 * they don't say in time counts as it was last known, unless that is too old.
 */
export async function matchNow(context: ServiceContext, slackUserId: SlackUserId, asking: Asking): Promise<Match> {
  const profile = await profileNow(context, slackUserId, asking);
  if (!profile.ok) return { kind: 'slack_unreachable' };
  if (profile.value === null) return { kind: 'deactivated' };
  const match = barredProfile(profile.value) ?? (await matchProfile(context, profile.value));
  return match.kind === 'matched' ? confirmInFleet(context, profile.value, match, asking) : match;
}

/** Null: Slack knows no one with this id. Not ok: it can't say, and what it said before is too old. */
export async function profileNow(
  context: ServiceContext,
  slackUserId: SlackUserId,
  { waitMs, onlyIfOld }: Asking,
): Promise<LookedUp<SlackProfile | null>> {
  const known = async () => {
    const kept = await context.store.profile(slackUserId, TRUSTED_FOR_MS);
    return kept === null ? null : ({ ok: true, value: kept } as const);
  };
  const recent = onlyIfOld ? await known() : null;
  if (recent !== null) return recent;
  const asked = await within(context, waitMs, loadProfile(context, slackUserId));
  return asked?.ok ? asked : ((await known()) ?? { ok: false });
}

/**
 * Right before a validate: whether Slack still knows the requester as who they were when they sent it. Fleet itself checks
 * the purchaser. Null: Slack can't say, and what it said before is too old.
 */
export async function isPurchaserNow(context: ServiceContext, requester: Person): Promise<boolean | null> {
  const profile = await profileNow(context, requester.slackUserId, { waitMs: null });
  if (!profile.ok) return null;
  if (profile.value === null) return false;
  return mayBePurchaser(barredProfile(profile.value) ?? (await matchProfile(context, profile.value)), requester);
}

async function confirmInFleet(
  context: ServiceContext,
  profile: SlackProfile,
  match: Matched,
  { waitMs, onlyIfOld }: Asking,
): Promise<Match> {
  if (onlyIfOld && (await isDirectoryTrusted(context))) return match;
  const { fleetUserId } = match.person;
  const user = await within(context, waitMs, context.fleet.getUser(fleetUserId, 'person'));
  if (user === null || !user.ok) {
    const isGone = user?.failure.kind === 'rejected' && user.failure.code === 'USER_NOT_FOUND';
    if (isGone) return { kind: 'no_match' };
    return (await isDirectoryTrusted(context)) ? match : { kind: 'fleet_unreachable' };
  }
  const { email, secondaryEmail, role } = user.value;
  const own = foldEmail(profile.email ?? '');
  const isByEmail = [email, secondaryEmail].some((one) => one !== null && foldEmail(one) === own);
  const link = await context.store.link(profile.slackUserId);
  if (!isByEmail && link?.fleetUserId !== fleetUserId) return { kind: 'no_match' };
  return { ...match, isFleetAdmin: role === 'ADMIN' && givesAdminRights({ isByEmail, link }) };
}

/** Null: it takes longer. */
function within<T>({ sleep }: ServiceContext, waitMs: Asking['waitMs'], work: Promise<T>): Promise<T | null> {
  return waitMs === null ? work : withTimeout(sleep, waitMs, work);
}

async function isDirectoryTrusted({ store }: ServiceContext): Promise<boolean> {
  const [state, now] = await Promise.all([store.directory.state(), store.redisTime()]);
  return state !== null && now - state.builtAt <= TRUSTED_FOR_MS;
}
