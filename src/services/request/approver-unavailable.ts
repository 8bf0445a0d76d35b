import type { SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/people.ts';
import { approverUnavailableNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { flagApproverGone } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { LookUpFailed, ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { findByEmail } from '../people/match.ts';
import { forgetSlackIds } from '../people/profiles.ts';
import { type RequestOutcome, type RequestUpdate, updateRequest, workItem } from './update.ts';

/**
 * Deactivated, gone, or no longer eligible; a failed look-up proves nothing. Slack accepts messages to deactivated
 * people, so this reads their current profile instead of the cached one.
 */
export async function isApproverUnavailable(context: ServiceContext, request: DeviceRequest): Promise<boolean> {
  const profile = await context.slackPeople.profile(request.approver.slackUserId);
  if (profile.ok && profile.value === null) return true;
  if (profile.ok && profile.value !== null) await context.store.putProfile(profile.value);
  return isNotEligible(context, request);
}

async function isNotEligible(
  context: ServiceContext,
  { approver: { slackUserId }, requester }: DeviceRequest,
): Promise<boolean> {
  const may = await checkMaySign(context, { slackUserId, requester });
  return !may.ok && may.refusal.kind === 'not_eligible';
}

/**
 * Tells the requester and admins, so that the request does not wait silently for an approver who cannot act.
 * `approver`: who was found to be unavailable; a request that has been reassigned since stays unchanged.
 */
export async function markApproverUnavailable(
  context: ServiceContext,
  { id, approver }: Pick<DeviceRequest, 'id' | 'approver'>,
  notices: RequestUpdate['notices'] = approverUnavailableNotices,
): Promise<RequestOutcome> {
  return updateRequest(context, id, {
    surface: 'job',
    notices,
    decide: (request, now) =>
      request.approver.slackUserId === approver.slackUserId
        ? flagApproverGone(request, now)
        : { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } },
    work: (request) => [approverUnavailableItem(request)],
  });
}

export function approverUnavailableItem(request: DeviceRequest): WorkItem {
  const { id, tenant, approver, requester } = request;
  const notice = { kind: 'approver_gone', requestId: id, approver, requester } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, { name: 'tell-admins' });
}

/** What a Slack event says about a person; what it leaves out may have changed. */
export type ReportedProfile = Partial<
  Pick<SlackProfile, 'email' | 'timeZone' | 'isDeactivated' | 'isGuest' | 'isSlackAdmin'>
>;

/**
 * Slack reports every change of everyone's profile, even a new status text. A look-up is queued only for people who
 * were looked up recently or have requests to approve, and only if something that matters here changed.
 */
export async function queuePersonChange(
  { store, workspaceId, seal }: ServiceContext,
  { slackUserId, eventId }: { readonly slackUserId: SlackUserId; readonly eventId: string },
  reported: ReportedProfile,
): Promise<void> {
  const [known, waiting] = await Promise.all([store.profile(slackUserId), store.requestsWaitingFor(slackUserId)]);
  if (known === null && waiting.length === 0) return;
  if (known !== null && isSameProfile(known, reported)) return;
  const id = seal.digest(`${workspaceId} ${eventId}`).slice(0, 32);
  const work = { kind: 'person_changed', tenant: workspaceId, slackUserId } as const;
  await store.commit({ once: `event.${id}`, work: [{ id: `person-changed.${id}`, work }] });
}

function isSameProfile(known: SlackProfile, reported: ReportedProfile): boolean {
  const { email, timeZone, isDeactivated, isGuest, isSlackAdmin } = reported;
  return (
    email === known.email &&
    timeZone === known.timeZone &&
    isDeactivated === known.isDeactivated &&
    isGuest === known.isGuest &&
    isSlackAdmin === known.isSlackAdmin
  );
}

/** Slack or the settings changed what this person may do. Not ok: Slack could not be asked, so the job tries again. */
export async function applyPersonChange(
  context: ServiceContext,
  slackUserId: SlackUserId,
): Promise<{ readonly ok: true } | LookUpFailed> {
  const { store, slackPeople } = context;
  const before = await store.profile(slackUserId);
  const profile = await slackPeople.profile(slackUserId);
  if (!profile.ok) return profile;
  if (profile.value !== null) await store.putProfile(profile.value);
  for (const email of [before?.email ?? null, profile.value?.email ?? null]) {
    const found = await findByEmail(context, email);
    for (const fleetUserId of [...(found?.primary ?? []), ...(found?.secondary ?? [])])
      await forgetSlackIds(context, fleetUserId);
  }
  for (const request of await store.requestsWaitingFor(slackUserId))
    if (profile.value === null || (await isNotEligible(context, request)))
      await markApproverUnavailable(context, request);
  return { ok: true };
}
