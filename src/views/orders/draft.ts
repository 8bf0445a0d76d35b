import type { KnownBlock } from '@slack/types';
import type { DraftReport } from '../../domain/orders/reports.ts';
import type { OrderStatus } from '../../domain/screens.ts';
import { modeLabel } from '../format.ts';
import { cartRowText, productText, totalText } from '../request/rows.ts';
import { stateText } from '../request/state.ts';
import { literal, mrkdwn } from '../text.ts';
import { stateInFleetText } from './status-text.ts';

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

export function draftTitle(status: DraftStatus): string {
  return `${status.stateInFleet.kind === 'order' ? 'Order' : 'Cart'} ${status.fleetOrderId}`;
}

function draftStandsText({ stateInFleet, draft, lastRequest }: DraftStatus): string {
  if (stateInFleet.kind === 'order') return `ordered directly in Fleet\n${stateInFleetText(stateInFleet)}`;
  if (stateInFleet.kind === 'gone') return 'no longer in Fleet, and nothing was ordered from here';
  const unsure = stateInFleet.kind === 'not_asked' ? " (we couldn't check with Fleet right now)" : '';
  if (draft.cart.standing === 'emptied') return `emptied${unsure}. These stay in Fleet as an unordered draft:`;
  return `draft, not sent for approval${lastRequest === null ? ' yet' : ''}${unsure}`;
}

/** For a channel: neither the owner nor an earlier request. */
export function publicDraftText({ stateInFleet }: DraftStatus): string {
  if (stateInFleet.kind === 'order') return `*Ordered in Fleet*\n${stateInFleetText(stateInFleet)}`;
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

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
