import type { Notice } from '../../domain/notices.ts';
import type { StateInFleet } from '../../domain/screens.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../../domain/vocabulary.ts';
import { clientStatusText, placeOnTheWay } from '../request/state.ts';
import { literal } from '../text.ts';

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

/** What Fleet says of an order that is not ours; empty where it was not asked. mrkdwn. */
export function stateInFleetText(stateInFleet: StateInFleet): string {
  if (stateInFleet.kind !== 'order') return besideOurs(stateInFleet);
  const { clientStatus } = stateInFleet;
  return [`${clientStatusText(clientStatus)}${numberText(stateInFleet)}`, placeOnTheWay(clientStatus)]
    .filter((line) => line !== '')
    .join('\n');
}

/** What Fleet says beyond the status, which stands with our own request already: once is enough. mrkdwn. */
export function besideOurs(stateInFleet: StateInFleet): string {
  switch (stateInFleet.kind) {
    case 'not_asked':
      return '';
    case 'gone':
      return 'Fleet no longer has anything under this number.';
    case 'cart':
      return `In Fleet it is still a cart${named(stateInFleet.holds.names)}: nothing is ordered.`;
    case 'order':
      return numberText(stateInFleet).replace(/^ · /u, '');
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return stateInFleet satisfies never;
  }
}

function numberText({ orderNumber }: Extract<StateInFleet, { kind: 'order' }>): string {
  return orderNumber === null ? '' : ` · Fleet's order number ${literal(orderNumber, 60)}`;
}

function named(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null);
  return known.length === 0 ? '' : ` (${literal(known.join(', '), 300)})`;
}
