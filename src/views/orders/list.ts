import type { KnownBlock, RawTextElement } from '@slack/types';
import type { Stuck } from '../../domain/orders/status.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartFilter, CartList, ListedCart } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { type PageValue, pagingButtons, rangeText } from '../blocks.ts';
import { ageText, times } from '../format.ts';
import { message } from '../guard.ts';
import { sentence } from '../notices.ts';
import { totalText } from '../request/rows.ts';
import { clip, literal, mrkdwn, plain } from '../text.ts';

const stuckTexts: Readonly<Record<Stuck, string>> = {
  fleet_unclear: 'Fleet has not answered clearly; it is being looked up',
  sending_long: 'sending takes long',
  approver_gone: 'the approver cannot be reached or may not sign any more; the requester has to choose another',
  fleet_refused: 'Fleet refused the last approval; the card says why',
  cart_differs: "Fleet's cart was changed; the approver has to decide anew",
  unanswered: 'reminded, and no decision yet',
  overdue: 'past its deadline',
  creating_long: 'Fleet has not confirmed the cart; it is being looked up',
};

interface ListedText {
  readonly number: string;
  readonly who: string;
  readonly what: string;
  readonly total: string;
  readonly state: string;
  readonly since: string;
}

/** One row in words. Plain text that holds what people and Fleet wrote: whoever shows it escapes it. */
export function listedText(cart: ListedCart, now: number): ListedText {
  const what = cart.products.map(({ name, count }) => times(clip(name ?? 'a device without a name', 60), count));
  const stuck = cart.stuck === null ? '' : ` – ${stuckTexts[cart.stuck]}`;
  return {
    number: cart.fleetOrderId === null ? '–' : String(cart.fleetOrderId),
    who: clip(cart.who ?? 'nobody named', 60),
    what: what.length === 0 ? 'nothing yet' : clip(what.join(', '), 160),
    total: clip(totalText(cart.total, cart.mode), 80),
    state: clip(`${cartStateText(cart)}${stuck}`, 200),
    since: cart.since === null ? 'Fleet does not say' : ageText(now - cart.since),
  };
}

function cartStateText({ cartState }: ListedCart): string {
  switch (cartState.kind) {
    case 'draft':
      return 'Cart, not sent yet';
    case 'kept':
      return 'Emptied here; Fleet keeps it as an unordered draft';
    case 'in_fleet':
      return "Cart in Fleet's cockpit";
    case 'request':
      return requestStateText(cartState.request);
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return cartState satisfies never;
  }
}

function requestStateText({ state, approver }: DeviceRequest): string {
  const isSent = state.kind === 'validating' || state.kind === 'unconfirmed';
  return isSent ? `Approved by ${state.by.name}, being sent to Fleet` : `Waits for ${approver.name} to sign`;
}

export const cartsForAdminsText =
  "`/fleet carts` shows everybody's carts, so it is for admins only. Nothing was changed. `/fleet status` lists yours.";

export function unknownCartFilterText(typed: string): string {
  return `There is no list “${literal(typed, 40)}”. \`/fleet carts\` shows everything open, \`/fleet carts pending\` what waits for a signature, \`/fleet carts stuck\` what does not go on by itself, \`/fleet carts all\` also what Fleet keeps besides. Nothing was changed.`;
}

const titles: Readonly<Record<CartFilter, string>> = {
  open: 'Open carts and requests',
  pending: 'Requests that wait for a signature',
  stuck: 'Carts and requests that do not go on by themselves',
  all: 'All open carts and requests, also those that Fleet keeps besides',
};

const nothing: Readonly<Record<CartFilter, string>> = {
  open: 'There is no open cart or request in the company. Orders are in `/fleet status @person`.',
  pending: 'No request waits for a signature. `/fleet carts` shows everything open.',
  stuck: 'Nothing is stuck. `/fleet carts` shows everything open.',
  all: 'There is no open cart or request in the company, and Fleet keeps none besides. `/fleet order` begins one.',
};

/** A message with a table, and the same without: for a Slack that does not take tables (yet). */
interface WithTable {
  readonly table: Message;
  readonly plain: Message;
}

/** `/fleet carts`. `value` signs what the buttons carry. */
export function cartListMessage(list: CartList, value: PageValue): WithTable {
  if (list.count === 0) {
    const said = sentence(list.isWhole ? nothing[list.filter] : `${nothing.open} ${fleetNotAsked}`);
    return { table: said, plain: said };
  }
  const title = titles[list.filter];
  const rows = list.rows.map((row) => listedText(row, list.now));
  const around = (shown: readonly KnownBlock[]): Message =>
    message(
      title,
      [
        { type: 'section', text: mrkdwn(`*${title}* · ${rangeText(list)}, oldest first`) },
        ...shown,
        { type: 'context', elements: [mrkdwn(hint(list))] },
        ...pagingButtons(list, value),
      ],
      { tail: 2 },
    );
  return { table: around([tableOf(rows)]), plain: around(rows.map(sectionOf)) };
}

const fleetNotAsked = 'Fleet could not be asked just now, so what it keeps besides is missing here.';

function hint({ isWhole, filter }: CartList): string {
  const more = filter === 'open' ? ' `/fleet carts pending`, `stuck` and `all` show other lists.' : '';
  return `\`/fleet status 42\` shows one of them in full.${more}${isWhole ? '' : ` ${fleetNotAsked}`}`;
}

const columns = ['Number', 'Who', 'What', 'Total', 'Where it stands', 'For'] as const;

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

/** Shown as it is, never as markup: what people wrote needs no escaping here. */
function cell(text: string): RawTextElement {
  return { type: 'raw_text', text: plain(text, 250).text };
}

function sectionOf({ number, who, what, total, state, since }: ListedText): KnownBlock {
  const head = `*${number}* · ${literal(who)} · ${literal(since)}`;
  return {
    type: 'section',
    text: mrkdwn([head, literal(what, 200), literal(total), literal(state, 250)].join('\n')),
  };
}
