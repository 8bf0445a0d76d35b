import type { KnownBlock, RawTextElement } from '@slack/types';
import type { Stuck } from '../../domain/orders/listing.ts';
import type { DeviceRequest, RequestStateKind } from '../../domain/request/request.ts';
import type { CartFilter, CartList, ListedCart } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { context, type PageValue, pagingButtons, rangeText, section } from '../blocks.ts';
import { message } from '../guard.ts';
import { sentence } from '../notices.ts';
import { totalText } from '../request/rows.ts';
import { stateTitles } from '../request/state.ts';
import { ageText, clip, literal, plain, times } from '../text.ts';

const stuckTexts: Readonly<Record<Stuck, string>> = {
  fleet_unclear: 'confirming with Fleet',
  sending_long: 'taking long to send',
  approver_gone: "the approver can't be reached or is no longer an approver; the requester has to choose another",
  fleet_refused: "the last approval didn't go through; the card says why",
  cart_differs: "Fleet's cart changed; the approver has to decide again",
  unanswered: 'reminded, no decision yet',
  overdue: 'past its deadline',
  creating_long: 'confirming the cart with Fleet',
};

interface ListedText {
  readonly number: string;
  readonly who: string;
  readonly what: string;
  readonly total: string;
  readonly state: string;
  readonly since: string;
}

/** One row in words. Plain text with words from people and Fleet: escape it where it's shown. */
export function listedText(cart: ListedCart, now: number): ListedText {
  const what = cart.products.map(({ name, count }) => times(clip(name ?? 'unnamed device', 60), count));
  const stuck = cart.stuck === null ? '' : ` – ${stuckTexts[cart.stuck]}`;
  return {
    number: cart.fleetOrderId === null ? '–' : String(cart.fleetOrderId),
    who: clip(cart.who ?? 'unknown', 60),
    what: what.length === 0 ? 'empty' : clip(what.join(', '), 160),
    total: clip(totalText(cart.total, cart.mode), 80),
    state: clip(`${cartStateText(cart)}${stuck}`, 200),
    since: cart.since === null ? 'unknown' : ageText(now - cart.since),
  };
}

const keptWords: Partial<Readonly<Record<RequestStateKind, string>>> & { readonly emptied: string } = {
  emptied: 'Emptied',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  expired: 'Expired without a decision',
};

function cartStateText({ cartState }: ListedCart): string {
  switch (cartState.kind) {
    case 'draft':
      return 'Draft';
    case 'kept':
      return `${keptWords[cartState.ended ?? 'emptied'] ?? keptWords.emptied}, kept in Fleet as an unordered draft`;
    case 'in_fleet':
      return 'Cart started in Fleet';
    case 'request':
      return requestStateText(cartState.request);
  }
}

function requestStateText({ state, approver }: DeviceRequest): string {
  const isSent = state.kind === 'validating' || state.kind === 'unconfirmed';
  return isSent ? `${state.by.name} pressed Approve, sending to Fleet` : `${stateTitles.pending} ${approver.name}`;
}

export const cartsForAdminsText = "Only admins can see everyone's carts. `/fleet status` lists yours.";

export function unknownCartFilterText(typed: string): string {
  return `There's no list “${literal(typed, 40)}”. Try \`/fleet carts\`, \`/fleet carts pending\`, \`/fleet carts stuck\` or \`/fleet carts all\`.`;
}

const titles: Readonly<Record<CartFilter, string>> = {
  open: 'Open carts and requests',
  pending: 'Requests waiting for approval',
  stuck: 'Carts and requests that need attention',
  all: 'All open carts and requests, including carts started in Fleet',
};

const nothing: Readonly<Record<CartFilter, string>> = {
  open: 'No open carts or requests. For orders, try `/fleet status @person`.',
  pending: 'No request is waiting for approval. `/fleet carts` shows everything open.',
  stuck: 'Nothing needs attention. `/fleet carts` shows everything open.',
  all: 'No open carts or requests, here or in Fleet. `/fleet order` starts one.',
};

/** The same message with a table and without, for a Slack that doesn't support tables. */
interface WithTable {
  readonly table: Message;
  readonly plain: Message;
}

/** `/fleet carts`. `value` signs the buttons' values. */
export function cartListMessage(list: CartList, value: PageValue): WithTable {
  if (list.count === 0) {
    const said = sentence(list.isWhole ? nothing[list.filter] : `${nothing.open} ${fleetNotAskedText}`);
    return { table: said, plain: said };
  }
  const title = titles[list.filter];
  const rows = list.rows.map((row) => listedText(row, list.now));
  const around = (shown: readonly KnownBlock[]): Message =>
    message(
      title,
      [
        section(`*${title}* · ${rangeText(list)}, oldest first`),
        ...shown,
        context(hint(list)),
        ...pagingButtons(list, value),
      ],
      { tail: 2 },
    );
  return { table: around([tableOf(rows)]), plain: around(rows.map(sectionOf)) };
}

export const fleetNotAskedText = "We couldn't read all carts from Fleet, so some carts started there aren't listed.";

function hint({ isWhole, filter }: CartList): string {
  const more = filter === 'open' ? ' More lists: `/fleet carts pending`, `stuck`, `all`.' : '';
  return `Add a number to \`/fleet status\` to see one in full.${more}${isWhole ? '' : ` ${fleetNotAskedText}`}`;
}

const columns = ['Number', 'Who', 'What', 'Total', 'Status', 'Open for'] as const;

function cellsOf({ number, who, what, total, state, since }: ListedText): readonly string[] {
  return [number, who, what, total, state, since];
}

function tableOf(rows: readonly ListedText[]): KnownBlock {
  const row = (cells: readonly string[]) => cells.map(cell);
  return {
    type: 'table',
    rows: [row(columns), ...rows.map((one) => row(cellsOf(one)))],
    column_settings: columns.map((_, index) => ({ is_wrapped: index > 0 })),
  };
}

/** Never read as markup, so nothing needs escaping. */
function cell(text: string): RawTextElement {
  return { type: 'raw_text', text: plain(text, 250).text };
}

function sectionOf({ number, who, what, total, state, since }: ListedText): KnownBlock {
  const head = `*${number}* · ${literal(who)} · ${literal(since)}`;
  return section([head, literal(what, 200), literal(total), literal(state, 250)].join('\n'));
}
