import type { FleetUserId, SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/slack-profile.ts';
import { barredProfile, type FoundByEmail, foldEmail, userOf } from '../../domain/people/who-is-who.ts';
import type { Looked, ServiceContext } from '../context.ts';
import { slackIdsByEmail } from './slack-ids-by-email.ts';
import { slackProfile } from './slack-profile.ts';

/** Null: Slack shows no address. */
export async function findByEmail({ store }: ServiceContext, email: string | null): Promise<FoundByEmail | null> {
  if (email === null) return null;
  const folded = foldEmail(email);
  return folded === null ? { primary: [], secondary: [] } : store.directory.byEmail(folded);
}

/** Whom their address alone names; links do not count here. */
export async function fleetUserByEmail(context: ServiceContext, profile: SlackProfile): Promise<FleetUserId | null> {
  const user = userOf(await findByEmail(context, profile.email), null);
  return user.kind === 'found' ? user.fleetUserId : null;
}

/** Which other people of this workspace the address of a Fleet user names. Not ok: Slack cannot say just now. */
export async function othersByEmail(
  context: ServiceContext,
  fleetUserId: FleetUserId,
  than: SlackUserId,
): Promise<Looked<readonly SlackUserId[]>> {
  const ids = await slackIdsByEmail(context, fleetUserId);
  if (!ids.ok) return ids;
  const asked = ids.value.filter((one) => one !== than).map((one) => named(context, fleetUserId, one));
  const looked = await Promise.all(asked);
  if (looked.some(({ ok }) => !ok)) return { ok: false };
  return { ok: true, value: looked.flatMap((one) => (one.ok ? one.value : [])) };
}

/** This account, where its address names the Fleet user. */
async function named(
  context: ServiceContext,
  fleetUserId: FleetUserId,
  slackUserId: SlackUserId,
): Promise<Looked<readonly SlackUserId[]>> {
  const profile = await slackProfile(context, slackUserId);
  if (!profile.ok) return { ok: false };
  if (profile.value === null || barredProfile(profile.value) !== null) return { ok: true, value: [] };
  const isThem = (await fleetUserByEmail(context, profile.value)) === fleetUserId;
  return { ok: true, value: isThem ? [slackUserId] : [] };
}
