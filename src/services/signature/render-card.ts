import type { SlackUserId } from '../../domain/ids.ts';
import type { CardCopy, DeviceRequest } from '../../domain/request/request.ts';
import type { CopyPlace } from '../../domain/request/signed-card.ts';
import type { ServiceContext } from '../context.ts';
import { sealCard } from './card-value.ts';
import { type DevicesHeld, devicesHeld } from './devices-held.ts';

/** What `views/card/request-card.ts` needs to draw one copy. */
export interface RenderedCard {
  readonly request: DeviceRequest;
  readonly side: CardCopy['kind'];
  readonly buttonValue: string | null;
  readonly devices: readonly DevicesHeld[];
}

interface Copy {
  readonly side: CardCopy['kind'];
  /** Whose copy it is; null for a shared one. */
  readonly slackUserId: SlackUserId | null;
  /** Where the other person's copy stands: signed into this one's buttons. */
  readonly otherCopy: CopyPlace | null;
}

/** A former approver's copy and a shared one have no buttons. */
export async function renderCard(context: ServiceContext, request: DeviceRequest, copy: Copy): Promise<RenderedCard> {
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
