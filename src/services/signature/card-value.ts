import type { AuditEntry } from '../../domain/audit.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { CardSide, type CopyPlace } from '../../domain/request/signed-card.ts';
import type { ServiceContext } from '../context.ts';

/** What the buttons of one copy carry. `otherCopy`: so that it is found again when Redis was lost. */
export function sealCard({ seal }: ServiceContext, request: DeviceRequest, otherCopy: CopyPlace | null): string {
  const side: CardSide = {
    tenant: request.tenant,
    requestId: request.id,
    fleetOrderId: request.fleetOrderId,
    requester: ids(request.requester),
    approver: ids(request.approver),
    expiresAt: request.expiresAt,
    fingerprint: request.fingerprint,
    otherCopy: otherCopy === null ? null : { channel: otherCopy.channel, ts: otherCopy.ts },
  };
  return seal.sign('card', JSON.stringify(side));
}

/** Null: not signed by us, or for another workspace than the one that the press came from. */
export function openCard({ seal, tenant }: ServiceContext, value: string): CardSide | null {
  const text = seal.open('card', value);
  if (text === null) return null;
  const parsed = CardSide.safeParse(jsonOf(text));
  return parsed.success && parsed.data.tenant === tenant ? parsed.data : null;
}

/** Other buttons are signed for the same purpose and carry no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function ids({ slackUserId, fleetUserId }: DeviceRequest['requester']): CardSide['requester'] {
  return { slackUserId, fleetUserId };
}

export type PressedSide = 'approver' | 'requester';

/** A press or a submission that came from a card. Who it was is from Slack's signed payload and from nothing else. */
export interface CardPress {
  readonly value: string;
  /** Where it was pressed: on the card itself, on the Home tab, in a command's answer, or in a modal. */
  readonly surface: Extract<AuditEntry['surface'], 'card' | 'home' | 'command' | 'modal'>;
  readonly slackUserId: SlackUserId;
  readonly side: PressedSide;
  /** Where the pressed copy stands; null in a modal, on the Home tab and in an ephemeral message. */
  readonly copy: CopyPlace | null;
}
