import { z } from 'zod';
import type { AuditEntry } from '../../domain/audit.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import type { CardCopy, DeviceRequest } from '../../domain/request/request.ts';
import type { CardSide } from '../../domain/request/signed-card.ts';
import type { ServiceContext } from '../context.ts';

const Pair = z.object({ slackUserId: z.string(), fleetUserId: z.int().positive() });

const Side = z.object({
  tenant: z.string(),
  requestId: z.string(),
  fleetOrderId: z.int().positive(),
  requester: Pair,
  approver: Pair,
  expiresAt: z.number(),
  fingerprint: z.string(),
  otherCopy: z.object({ channel: z.string(), ts: z.string() }).nullable(),
});

/** What the buttons of one copy carry. `otherCopy`: so that it is found again when Redis was lost. */
export function sealCard(
  { seal }: ServiceContext,
  request: DeviceRequest,
  otherCopy: Pick<CardCopy, 'channel' | 'ts'> | null,
): string {
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
  const parsed = Side.safeParse(jsonOf(text));
  if (!parsed.success || parsed.data.tenant !== tenant) return null;
  // We signed it ourselves: its texts and numbers are the ids that we put there.
  return parsed.data as unknown as CardSide;
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
  readonly copy: Pick<CardCopy, 'channel' | 'ts'> | null;
}
