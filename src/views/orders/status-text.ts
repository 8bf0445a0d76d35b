import type { KnownBlock } from '@slack/types';
import type { Notice } from '../../domain/notices.ts';
import { statusInfo } from '../../domain/orders/follow.ts';
import type { DraftReport } from '../../domain/orders/reports.ts';
import type { OrderStatus, StateInFleet } from '../../domain/screens.ts';
import { isKnownClientStatus, type KnownClientStatus } from '../../domain/vocabulary.ts';
import { section } from '../blocks.ts';
import { cartRowText, productText, totalText } from '../request/rows.ts';
import { clientStatusText, failedText, placeOnTheWay, putAwayText, stateText } from '../request/state.ts';
import { literal, modeLabel } from '../text.ts';

type OrderStatusNotice = Extract<Notice, { kind: 'order_status' }>;

const next: Partial<Readonly<Record<KnownClientStatus, string>>> = {
  SIGNING: "Please sign the contract that Fleet sends you, or check Fleet's cockpit.",
  DOC_REQUIRED: "An admin can see which one in Fleet's cockpit and submit it there.",
  PENDING_DECISION: "An admin can see what has to be decided in Fleet's cockpit and decide it there.",
  FINANCING_REQUEST: "The order continues once the financing is arranged; an admin can follow it in Fleet's cockpit.",
  FAILED: failedText,
  SHIPPED: "It's on its way.",
  RECEPTION_TO_CONFIRM: 'Please confirm in Fleet that everything arrived, or ask an admin to.',
};

/** mrkdwn. */
export function orderStatusText({ reader, fleetOrderId, clientStatus, requester }: OrderStatusNotice): string {
  const whose = {
    requester: `Your order ${fleetOrderId}`,
    signatory: `Order ${fleetOrderId} of ${literal(requester.name)}, which you approved`,
    admins: `Order ${fleetOrderId} of ${literal(requester.name)}`,
  }[reader];
  const then = isKnownClientStatus(clientStatus) ? (next[clientStatus] ?? '') : '';
  return `${whose}: *${clientStatusText(clientStatus)}*. ${then} \`/fleet status ${fleetOrderId}\` has the details.`.replace(
    '  ',
    ' ',
  );
}

/** Fleet's status of an order that isn't ours; empty if Fleet wasn't asked. mrkdwn. */
export function stateInFleetText(stateInFleet: StateInFleet): string {
  if (stateInFleet.kind !== 'order') return besideOurs(stateInFleet);
  const { clientStatus } = stateInFleet;
  return [`${clientStatusText(clientStatus)}${numberText(stateInFleet)}`, placeOnTheWay(clientStatus)]
    .filter((line) => line !== '')
    .join('\n');
}

/** What Fleet adds to our own request, which already shows the status. mrkdwn. */
export function besideOurs(stateInFleet: StateInFleet): string {
  switch (stateInFleet.kind) {
    case 'not_asked':
      return '';
    case 'gone':
      return 'Fleet no longer has anything under this number.';
    case 'cart':
      return `Still a cart in Fleet${named(stateInFleet.holds.names)}, not ordered.`;
    case 'order':
      return numberText(stateInFleet).replace(/^ · /u, '');
  }
}

function numberText({ orderNumber }: Extract<StateInFleet, { kind: 'order' }>): string {
  return orderNumber === null ? '' : ` · Fleet's order number ${literal(orderNumber, 60)}`;
}

function named(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null);
  return known.length === 0 ? '' : ` (${literal(known.join(', '), 300)})`;
}

export type DraftStatus = Extract<OrderStatus, { kind: 'draft' }>;

/** `/fleet status 42` for an unsent cart, without its rows. */
export function draftStatusBlocks(status: DraftStatus): readonly KnownBlock[] {
  const { whose, draft, lastRequest } = status;
  const owner = whose === null ? '' : ` of ${literal(whose)}`;
  const mode = modeOfDraft(draft);
  const facts = [`*Total:* ${totalOfDraft(draft)}`, ...(mode === null ? [] : [`*${modeLabel(mode)}*`])];
  return [
    section(`*${draftTitle(status)}*${owner} · ${draftStandsText(status)}`),
    section(facts.join('\n')),
    ...(lastRequest === null ? [] : [section(`The last request for it:\n${stateText(lastRequest, 'requester')}`)]),
  ];
}

export function draftTitle({ stateInFleet, fleetOrderId }: DraftStatus): string {
  const isOrder = stateInFleet.kind === 'order' && !isPutAway(stateInFleet);
  return `${isOrder ? 'Order' : 'Cart'} ${fleetOrderId}`;
}

/** An unsent cart that is archived or failed without having been seen as an order may never have been one. */
function isPutAway({ clientStatus }: Extract<StateInFleet, { kind: 'order' }>): boolean {
  return statusInfo(clientStatus).isOver;
}

function draftStandsText({ stateInFleet, draft, lastRequest }: DraftStatus): string {
  if (stateInFleet.kind === 'order') {
    const what = isPutAway(stateInFleet) ? `closed in Fleet. ${putAwayText}` : 'ordered in Fleet';
    return `${what}\n${stateInFleetText(stateInFleet)}`;
  }
  if (stateInFleet.kind === 'gone') return 'no longer in Fleet, and nothing was ordered from here';
  const unsure = stateInFleet.kind === 'not_asked' ? " (we couldn't check with Fleet right now)" : '';
  if (draft.cart.standing === 'emptied') return `emptied${unsure}. These stay in Fleet as an unordered draft:`;
  return `draft, not sent for approval${lastRequest === null ? ' yet' : ''}${unsure}`;
}

/** For a channel: neither the owner nor an earlier request. */
export function publicDraftText({ stateInFleet }: DraftStatus): string {
  if (stateInFleet.kind === 'order')
    return `*${isPutAway(stateInFleet) ? 'Closed' : 'Ordered'} in Fleet*\n${stateInFleetText(stateInFleet)}`;
  return stateInFleet.kind === 'gone' ? '*Closed in Fleet*' : '*Not sent for approval*';
}

/** Our rows, then what only Fleet holds; never an address. */
export function draftTexts({ cart, rows, held }: DraftReport): readonly string[] {
  return [...rows.map((row) => cartRowText(row, cart.mode)), ...held.map(productText)];
}

export function totalOfDraft(draft: DraftReport): string {
  return totalText(draft.total, modeOfDraft(draft));
}

/** Null when only Fleet knows the devices: it doesn't return the mode. */
function modeOfDraft({ cart }: DraftReport) {
  return cart.lines.length === 0 ? null : cart.mode;
}
