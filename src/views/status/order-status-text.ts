import { isKnownClientStatus, type KnownClientStatus } from '../../domain/failures/fleet-words.ts';
import type { Notice } from '../../domain/notices.ts';
import { literal } from '../text.ts';
import { clientStatusText } from './client-status-text.ts';

type OrderStatusNotice = Extract<Notice, { kind: 'order_status' }>;

const next: Partial<Readonly<Record<KnownClientStatus, string>>> = {
  SIGNING: "Fleet sends the contract to you: please sign it there, or look into Fleet's cockpit.",
  DOC_REQUIRED: "Fleet's cockpit says which document, and an admin can hand it in there.",
  PENDING_DECISION: "Fleet's cockpit says what has to be decided, and an admin can decide it there.",
  FINANCING_REQUEST: "It goes on once Fleet has settled the financing; an admin can follow that in Fleet's cockpit.",
  FAILED:
    "Fleet ended this order. An admin can see why in Fleet's cockpit; what is still needed has to be ordered anew.",
  SHIPPED: 'It is on its way.',
  RECEPTION_TO_CONFIRM: 'Please confirm in Fleet that everything has arrived, or ask an admin to.',
};

/** To the one who must know that an order moved; mrkdwn. */
export function orderStatusText({ reader, fleetOrderId, clientStatus, requester }: OrderStatusNotice): string {
  const whose = {
    requester: `Your order ${fleetOrderId}`,
    signatory: `Order ${fleetOrderId} of ${literal(requester.name)}, which you approved`,
    admins: `Order ${fleetOrderId} of ${literal(requester.name)}`,
  }[reader];
  const then = isKnownClientStatus(clientStatus) ? (next[clientStatus] ?? '') : '';
  return `${whose}: *${clientStatusText(clientStatus)}*. ${then} \`/fleet status ${fleetOrderId}\` shows all of it.`.replace(
    '  ',
    ' ',
  );
}
