import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/slack-profile.ts';
import type { Looked, ServiceContext } from '../context.ts';

/** From the store where it was read within the last hours, else from Slack. Null: Slack knows nobody of this id. */
export async function slackProfile(
  { store, slackPeople }: ServiceContext,
  slackUserId: SlackUserId,
): Promise<Looked<SlackProfile | null>> {
  const kept = await store.profile(slackUserId);
  if (kept !== null) return { ok: true, value: kept };
  const looked = await slackPeople.profile(slackUserId);
  if (looked.ok && looked.value !== null) await store.putProfile(looked.value);
  return looked;
}
