import type { RequestRefusal } from '../../domain/request/decision.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { ServiceContext } from '../context.ts';
import type { CardPress } from './card-value.ts';

/** Somebody pressed what is not theirs to press: nothing changed, and the log says who tried. */
export async function auditRefusal(
  { store, now }: ServiceContext,
  { slackUserId, side, surface }: CardPress,
  request: DeviceRequest,
  refusal: RequestRefusal,
): Promise<void> {
  if (!isAboutAuthority(refusal)) return;
  const { id: requestId, fleetOrderId, state } = request;
  await store.commit({
    audit: [
      {
        at: now(),
        by: { slackUserId, fleetUserId: null },
        did: `${side}_press_refused`,
        requestId,
        fleetOrderId,
        from: state.kind,
        to: state.kind,
        surface,
        outcome: refusal.kind,
      },
    ],
  });
}

function isAboutAuthority({ kind }: RequestRefusal): boolean {
  switch (kind) {
    case 'not_the_approver':
    case 'not_the_requester':
    case 'own_request':
    case 'not_eligible':
    case 'eligibility_unknown':
    case 'requester_changed':
      return true;
    default:
      return false;
  }
}
