import type { KnownBlock } from '@slack/types';
import type { DraftReport } from '../../domain/orders/reports.ts';
import type { OrderStatus } from '../../domain/screens.ts';
import { modeLabel } from '../format.ts';
import { cartRowText, productText, totalText } from '../request/rows.ts';
import { stateText } from '../request/state.ts';
import { literal, mrkdwn } from '../text.ts';
import { stateInFleetText } from './status-text.ts';

export type DraftStatus = Extract<OrderStatus, { kind: 'draft' }>;

/** `/fleet status 42` of a cart that is not sent, without its rows. */
export function draftStatusBlocks(status: DraftStatus): readonly KnownBlock[] {
  const { whose, draft, ended } = status;
  const owner = whose === null ? '' : ` of ${literal(whose)}`;
  const mode = modeOfDraft(draft);
  const facts = [`*Total:* ${totalOfDraft(draft)}`, ...(mode === null ? [] : [`*${modeLabel(mode)}*`])];
  return [
    section(`*${draftTitle(status)}*${owner} · ${draftStandsText(status)}`),
    section(facts.join('\n')),
    ...(ended === null ? [] : [section(`How the last request for it ended:\n${stateText(ended, 'requester')}`)]),
  ];
}

export function draftTitle(status: DraftStatus): string {
  return `${status.stateInFleet.kind === 'order' ? 'Order' : 'Cart'} ${status.fleetOrderId}`;
}

function draftStandsText({ stateInFleet, draft, ended }: DraftStatus): string {
  if (stateInFleet.kind === 'order') return `ordered in Fleet itself, not from here\n${stateInFleetText(stateInFleet)}`;
  if (stateInFleet.kind === 'gone') return 'Fleet no longer has it, and nothing was ordered from here';
  const unsure = stateInFleet.kind === 'not_asked' ? ' as far as is known here: Fleet could not be asked just now' : '';
  if (draft.cart.standing === 'emptied')
    return `emptied, nothing is ordered${unsure}. Fleet keeps these as an unordered draft:`;
  return `not sent to anybody${ended === null ? ' yet' : ' now'}, nothing is ordered${unsure}`;
}

/** For a channel: neither whose it is, nor how an earlier request for it ended. */
export function publicDraftText({ stateInFleet }: DraftStatus): string {
  if (stateInFleet.kind === 'order') return `*Ordered in Fleet*\n${stateInFleetText(stateInFleet)}`;
  return stateInFleet.kind === 'gone' ? '*Closed in Fleet*' : '*Not sent for approval*, nothing is ordered';
}

/** Every row, and below what is only known by what Fleet says; never an address. */
export function draftTexts({ cart, rows, held }: DraftReport): readonly string[] {
  return [...rows.map((row) => cartRowText(row, cart.mode)), ...held.map(productText)];
}

export function totalOfDraft(draft: DraftReport): string {
  return totalText(draft.total, modeOfDraft(draft));
}

/** Null: of devices that are only known from Fleet it does not say the mode. */
function modeOfDraft({ cart }: DraftReport) {
  return cart.lines.length === 0 ? null : cart.mode;
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}
