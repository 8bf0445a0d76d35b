import type { Person } from '../../domain/people/people.ts';
import type { SignRefusal } from '../../domain/request/may-sign.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import { checkMaySign } from '../people/approvers.ts';
import { requesterStands } from '../people/requester-stands.ts';

export type Unsigned = SignRefusal['kind'] | 'somebody_else' | 'requester_changed';

/**
 * Right before a validate leaves, since the press was some time ago. Somebody who is another Fleet user by now has not
 * signed as that one, and nobody purchases as somebody who they are not (any more).
 */
export async function whyMayNotSign(
  context: ServiceContext,
  { requester }: DeviceRequest,
  by: Person,
): Promise<Unsigned | null> {
  const [may, stands] = await Promise.all([
    checkMaySign(context, { slackUserId: by.slackUserId, requester }),
    requesterStands(context, requester),
  ]);
  if (!may.ok) return may.refusal.kind;
  if (may.person.fleetUserId !== by.fleetUserId) return 'somebody_else';
  return stands ? null : 'requester_changed';
}
