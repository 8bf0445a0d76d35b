import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/slack-profile.ts';
import type { NotLooked, ServiceContext } from '../context.ts';
import { isNotEligible } from '../signature/approver-is-lost.ts';
import { loseApprover } from '../signature/lose-approver.ts';
import { findByEmail } from './matched-by-email.ts';
import { forgetSlackIds } from './slack-ids-by-email.ts';

/** What Slack said of somebody; what it left out is not known to have stayed the same. */
export type ToldProfile = Partial<
  Pick<SlackProfile, 'email' | 'timeZone' | 'isDeactivated' | 'isGuest' | 'isSlackAdmin'>
>;

/**
 * Slack tells of every new status text of everybody. Only people whom this app has looked up lately, or who are asked to
 * sign something, and of whom something changed that counts here, are looked up anew.
 */
export async function notePersonChange(
  context: ServiceContext,
  slackUserId: SlackUserId,
  told: ToldProfile,
  eventId: string,
): Promise<void> {
  const { store, tenant, seal } = context;
  const [known, waiting] = await Promise.all([store.profile(slackUserId), store.requestsWaitingFor(slackUserId)]);
  if (known === null && waiting.length === 0) return;
  if (known !== null && isTheSame(known, told)) return;
  const id = seal.digest(`${tenant} ${eventId}`).slice(0, 32);
  const work = { kind: 'person_changed', tenant, slackUserId } as const;
  await store.commit({ once: `event.${id}`, work: [{ id: `person-changed.${id}`, work }] });
}

function isTheSame(known: SlackProfile, told: ToldProfile): boolean {
  const { email, timeZone, isDeactivated, isGuest, isSlackAdmin } = told;
  return (
    email === known.email &&
    timeZone === known.timeZone &&
    isDeactivated === known.isDeactivated &&
    isGuest === known.isGuest &&
    isSlackAdmin === known.isSlackAdmin
  );
}

/** Slack or the settings changed what somebody may do. Not ok: Slack cannot say just now, so it is tried again. */
export async function personChanged(
  context: ServiceContext,
  slackUserId: SlackUserId,
): Promise<{ readonly ok: true } | NotLooked> {
  const { store, slackPeople } = context;
  const before = await store.profile(slackUserId);
  const looked = await slackPeople.profile(slackUserId);
  if (!looked.ok) return looked;
  if (looked.value !== null) await store.putProfile(looked.value);
  for (const email of [before?.email ?? null, looked.value?.email ?? null]) {
    const found = await findByEmail(context, email);
    for (const fleetUserId of [...(found?.primary ?? []), ...(found?.secondary ?? [])])
      await forgetSlackIds(context, fleetUserId);
  }
  for (const request of await store.requestsWaitingFor(slackUserId))
    if (looked.value === null || (await isNotEligible(context, request)))
      await loseApprover(context, request.id, slackUserId);
  return { ok: true };
}
