import type { KnownBlock } from '@slack/types';
import type { DraftReport } from '../../domain/tracking/draft-report.ts';
import type { OrderStatus } from '../../domain/tracking/status-report.ts';
import { cartRowText, sections } from '../card/card-rows.ts';
import { stateText } from '../card/card-state.ts';
import { totalText } from '../card/card-total.ts';
import { productText } from '../cart/your-cart-difference.ts';
import { modeLabel } from '../format.ts';
import { literal, mrkdwn } from '../text.ts';

type DraftStatus = Extract<OrderStatus, { kind: 'draft' }>;

/** `/fleet status 42` of a cart that is not sent, in full; never an address. */
export function draftStatusBlocks({ fleetOrderId, whose, draft, ended }: DraftStatus): readonly KnownBlock[] {
  const isEmptied = draft.cart.standing === 'emptied';
  const owner = whose === null ? '' : ` of ${literal(whose)}`;
  const standing = isEmptied
    ? 'emptied, nothing is ordered. Fleet keeps these as an unordered draft:'
    : `not sent to anybody${ended === null ? ' yet' : ' now'}, nothing is ordered`;
  const mode = modeOfDraft(draft);
  const facts = [`*Total:* ${totalOfDraft(draft)}`, ...(mode === null ? [] : [`*${modeLabel(mode)}*`])];
  return [
    section(`*Cart ${fleetOrderId}*${owner} · ${standing}`),
    ...sections(draftTexts(draft)),
    section(facts.join('\n')),
    ...(ended === null ? [] : [section(`How the last request for it ended:\n${stateText(ended, 'requester')}`)]),
  ];
}

/** Every row, and below what is only known by what Fleet says. */
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
