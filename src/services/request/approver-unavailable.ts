import type { RequestId, SlackUserId } from '../../domain/ids.ts';
import type { SlackProfile } from '../../domain/people/people.ts';
import { approverUnavailableNotices } from '../../domain/request/notices.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { flagApproverGone as lost } from '../../domain/request/validate.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { LookUpFailed, ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { findByEmail } from '../people/match.ts';
import { forgetSlackIds } from '../people/profiles.ts';
import { type RequestOutcome, type RequestUpdate, updateRequest, workItem } from './update.ts';

/**
 * Deactivated, gone, or not (any more) among those who may sign; what cannot be looked up just now proves nothing. Slack
 * takes messages to deactivated people too, so their profile is read anew and not from the hours before.
 */
export async function isApproverUnavailable(context: ServiceContext, request: DeviceRequest): Promise<boolean> {
  const { slackUserId } = request.approver;
  const looked = await context.slackPeople.profile(slackUserId);
  if (looked.ok && looked.value === null) return true;
  if (looked.ok && looked.value !== null) await context.store.putProfile(looked.value);
  return isNotEligible(context, request);
}

/** The same by the profile as it was read last. */
async function isNotEligible(
  context: ServiceContext,
  { approver: { slackUserId }, requester }: DeviceRequest,
): Promise<boolean> {
  const may = await checkMaySign(context, { slackUserId, requester });
  return !may.ok && may.refusal.kind === 'not_eligible';
}

/**
 * The approver cannot be reached or may no longer sign: the request does not sit silent. `approver`: who it was found out
 * of; a request that was handed over meanwhile is left alone.
 */
export async function markApproverUnavailable(
  context: ServiceContext,
  requestId: RequestId,
  approver: SlackUserId,
  notices: RequestUpdate['notices'] = approverUnavailableNotices,
): Promise<RequestOutcome> {
  return updateRequest(context, requestId, {
    surface: 'job',
    notices,
    decide: (request, now) =>
      request.approver.slackUserId === approver
        ? lost(request, now)
        : { ok: false, refusal: { kind: 'not_the_approver', approver: request.approver } },
    work: (request) => [approverUnavailableItem(request)],
  });
}

export function approverUnavailableItem(request: DeviceRequest): WorkItem {
  const { id, tenant, approver, requester } = request;
  const notice = { kind: 'approver_gone', requestId: id, approver, requester } as const;
  return workItem(request, { kind: 'notify', tenant, to: { kind: 'admins' }, notice }, 'tell-admins');
}

/** What Slack said of somebody; what it left out is not known to have stayed the same. */
export type ReportedProfile = Partial<
  Pick<SlackProfile, 'email' | 'timeZone' | 'isDeactivated' | 'isGuest' | 'isSlackAdmin'>
>;

/**
 * Slack tells of every new status text of everybody. Only people whom this app has looked up lately, or who are asked to
 * sign something, and of whom something changed that counts here, are looked up anew.
 */
export async function queuePersonChange(
  context: ServiceContext,
  slackUserId: SlackUserId,
  told: ReportedProfile,
  eventId: string,
): Promise<void> {
  const { store, workspaceId, seal } = context;
  const [known, waiting] = await Promise.all([store.profile(slackUserId), store.requestsWaitingFor(slackUserId)]);
  if (known === null && waiting.length === 0) return;
  if (known !== null && isSameProfile(known, told)) return;
  const id = seal.digest(`${workspaceId} ${eventId}`).slice(0, 32);
  const work = { kind: 'person_changed', tenant: workspaceId, slackUserId } as const;
  await store.commit({ once: `event.${id}`, work: [{ id: `person-changed.${id}`, work }] });
}

function isSameProfile(known: SlackProfile, told: ReportedProfile): boolean {
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
export async function applyPersonChange(
  context: ServiceContext,
  slackUserId: SlackUserId,
): Promise<{ readonly ok: true } | LookUpFailed> {
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
      await markApproverUnavailable(context, request.id, slackUserId);
  return { ok: true };
}
