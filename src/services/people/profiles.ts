import { z } from 'zod';
import { type FleetUserId, SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/people.ts';
import type { LookedUp, LookUpFailed, ServiceContext } from '../context.ts';

/** From the store where it was read within the last hours, else from Slack. Null: Slack knows nobody of this id. */
export async function slackProfile(
  { store, slackPeople }: ServiceContext,
  slackUserId: SlackUserId,
): Promise<LookedUp<SlackProfile | null>> {
  const kept = await store.profile(slackUserId);
  if (kept !== null) return { ok: true, value: kept };
  const looked = await slackPeople.profile(slackUserId);
  if (looked.ok && looked.value !== null) await store.putProfile(looked.value);
  return looked;
}

const MINUTE = 60_000;

const idsCacheEntry = (fleetUserId: FleetUserId) => ({
  key: `slack-ids:${fleetUserId}`,
  freshMs: 15 * MINUTE,
  keepMs: 24 * 60 * MINUTE,
  // Nobody is kept too: who has no account is not looked up each time.
  parse: (stored: unknown) => z.array(SlackUserId).safeParse(stored).data ?? null,
});

export async function forgetSlackIds({ store }: ServiceContext, fleetUserId: FleetUserId): Promise<void> {
  await store.cache.forget(idsCacheEntry(fleetUserId).key);
}

/** The Slack accounts that have one of a Fleet user's addresses. Whether such an account acts for them is for `matchPerson`. */
export async function slackIdsByEmail(
  context: ServiceContext,
  fleetUserId: FleetUserId,
): Promise<LookedUp<readonly SlackUserId[]>> {
  const found = await context.store.cache.read<readonly SlackUserId[], LookUpFailed>(
    idsCacheEntry(fleetUserId),
    async () => {
      const looked = await lookUpIds(context, fleetUserId);
      return looked.ok ? looked : { ok: false, failure: looked };
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
    const looked = await slackPeople.profileByEmail(email);
    if (!looked.ok) return looked;
    if (looked.value === null) continue;
    await store.putProfile(looked.value);
    ids.push(looked.value.slackUserId);
  }
  return { ok: true, value: ids };
}
