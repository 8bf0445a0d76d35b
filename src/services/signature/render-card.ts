import type { SlackUserId } from '../../domain/ids.ts';
import type { CardCopy, DeviceRequest, RequestCard } from '../../domain/request/request.ts';
import type { CopyPlace } from '../../domain/request/signed-card.ts';
import type { ServiceContext } from '../context.ts';
import { sealCard } from './card-value.ts';
import { devicesHeld } from './devices-held.ts';

interface Copy {
  readonly side: CardCopy['kind'];
  /** Whose copy it is; null for a shared one. */
  readonly slackUserId: SlackUserId | null;
  /** Where the other person's copy stands: signed into this one's buttons. */
  readonly otherCopy: CopyPlace | null;
}

/** A former approver's copy and a shared one have no buttons. */
export async function renderCard(context: ServiceContext, request: DeviceRequest, copy: Copy): Promise<RequestCard> {
  const { side, slackUserId, otherCopy } = copy;
  const mayAct =
    (side === 'approver' && slackUserId === request.approver.slackUserId) ||
    (side === 'requester' && slackUserId === request.requester.slackUserId);
  const showsDevices = side === 'approver' && mayAct && request.state.kind === 'pending';
  return {
    request,
    side,
    buttonValue: mayAct ? sealCard(context, request, otherCopy) : null,
    devices: showsDevices ? await devicesHeld(context, request) : [],
  };
}
