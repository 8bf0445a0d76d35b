import { z } from 'zod';
import { type FleetUserId, SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/people.ts';
import type { LookedUp, LookUpFailed, ServiceContext } from '../context.ts';

/** A person's Slack profile, cached for hours. Null: Slack knows no one with this id. */
export async function slackProfile(
  { store, slackPeople }: ServiceContext,
  slackUserId: SlackUserId,
): Promise<LookedUp<SlackProfile | null>> {
  const kept = await store.profile(slackUserId);
  if (kept !== null) return { ok: true, value: kept };
  const result = await slackPeople.profile(slackUserId);
  if (result.ok && result.value !== null) await store.putProfile(result.value);
  return result;
}

const MINUTE = 60_000;

const idsCacheEntry = (fleetUserId: FleetUserId) => ({
  key: `slack-ids:${fleetUserId}`,
  freshMs: 15 * MINUTE,
  keepMs: 24 * 60 * MINUTE,
  // An empty list is cached too, so that a missing account isn't result up each time.
  parse: (stored: unknown) => z.array(SlackUserId).safeParse(stored).data ?? null,
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
