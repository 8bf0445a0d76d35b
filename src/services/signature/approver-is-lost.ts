import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';

/**
 * Deactivated, gone, or not (any more) among those who may sign; what cannot be looked up just now proves nothing. Slack
 * takes messages to deactivated people too, so their profile is read anew and not from the hours before.
 */
export async function approverIsLost(context: ServiceContext, request: DeviceRequest): Promise<boolean> {
  const { slackUserId } = request.approver;
  const looked = await context.slackPeople.profile(slackUserId);
  if (looked.ok && looked.value === null) return true;
  if (looked.ok && looked.value !== null) await context.store.putProfile(looked.value);
  return isNotEligible(context, request);
}

/** The same by the profile as it was read last. */
export async function isNotEligible(
  context: ServiceContext,
  { approver: { slackUserId }, requester }: DeviceRequest,
): Promise<boolean> {
  const may = await checkMaySign(context, { slackUserId, requester });
  return !may.ok && may.refusal.kind === 'not_eligible';
}
