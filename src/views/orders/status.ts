import type { KnownBlock } from '@slack/types';
import type { NoMatch } from '../../domain/people/people.ts';
import type { OrderStatus, PageOf, PersonStatus, StatusItem } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { actions, button, context, type PageValue, pagingButtons, rangeText, section, spoken } from '../blocks.ts';
import { message } from '../guard.ts';
import { generalActions } from '../ids.ts';
import { sentence } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { waitingText } from '../request/approvals.ts';
import { inShort, modeOf, productsInShort, rowsPage, rowTexts, sections, totalText } from '../request/rows.ts';
import { stateText } from '../request/state.ts';
import { counted, literal, modeLabel } from '../text.ts';
import { foreignBlocks, foreignTitle, heldTexts } from './shared.ts';
import { besideOurs, draftStatusBlocks, draftTexts, draftTitle, totalOfDraft } from './status-text.ts';

export const orderNotFoundText = "We can't find a cart or order with that number. `/fleet status` lists yours.";

export const notANumberText = "That's not an order number: those are digits only. `/fleet status` lists yours.";

/** When neither Fleet nor Slack gives a name. */
export const unnamedPerson = 'this person';

export const othersForAdminsText = "Only admins can see other people's carts and orders. `/fleet status` lists yours.";

interface StatusReader {
  /** Whose it is, when an admin looks. */
  readonly whose?: string | null;
  /** Why the reader can't order. */
  readonly noMatch?: NoMatch | null;
}

/** `/fleet status`: a person's cart, requests and orders, newest first. */
export function statusMessage(status: PersonStatus, { whose = null, noMatch = null }: StatusReader = {}): Message {
  const { draft, items, waiting, hasOlder } = status;
  if (draft === null && items.length === 0 && waiting === 0)
    return sentence(
      whose === null
        ? `You have no cart, requests or orders yet. ${noMatch === null ? '`/fleet order` starts one.' : noMatchText(noMatch)}`
        : `${literal(whose)} has no cart, requests or orders here. \`/fleet carts\` lists everyone's open ones.`,
    );
  const older = hasOlder ? [context('… and older ones: add a number to `/fleet status` to see one.')] : [];
  const title = whose === null ? 'Your carts, requests and orders' : `${literal(whose)}'s carts, requests and orders`;
  const blocks = [...cartBlocks(status, whose), ...items.map(itemBlock), ...older, ...waitsBlock(waiting, whose)];
  return message(title, whose === null ? blocks : [section(`*${title}*`), ...blocks], {
    more: (left) => `… ${left} more: add a number to \`/fleet status\` to see one.`,
  });
}

function cartBlocks({ draft }: PersonStatus, whose: string | null): KnownBlock[] {
  if (draft === null) return [];
  const { fleetOrderId } = draft.cart;
  const title = `${whose === null ? 'Your cart' : 'Open cart'}${fleetOrderId === null ? '' : ` ${fleetOrderId}`}`;
  const rows = inShort(draftTexts(draft));
  const lines = [`*${title}* · draft, not sent yet`, ...rows, `*Total:* ${totalOfDraft(draft)}`];
  return [section(lines.join('\n')), ...(whose === null ? [openCart()] : [])];
}

function waitsBlock(waiting: number, whose: string | null): KnownBlock[] {
  if (waiting === 0) return [];
  const text =
    whose === null
      ? `${waitingText(waiting)}: see \`/fleet approvals\`.`
      : `${counted(waiting, 'request')} waiting for approval by ${literal(whose)}.`;
  return [context(text)];
}

function itemBlock({ request, stateInFleet }: StatusItem): KnownBlock {
  const lines = [`*Order ${request.fleetOrderId}* · ${productsInShort(request)}`, stateText(request, 'requester')];
  return section([...lines, besideOurs(stateInFleet)].filter((line) => line !== '').join('\n'));
}

/** The values of the buttons below an order. */
interface StatusValues {
  /** Null: nothing to share. */
  readonly share: string | null;
  readonly page: PageValue;
}

/** `/fleet status 42`, page by page: every page begins with the facts and the state. */
export function orderStatusMessage(status: OrderStatus, values: StatusValues, page = 0): Message {
  switch (status.kind) {
    case 'not_found':
      return sentence(orderNotFoundText);
    case 'could_not_look':
      return sentence("We couldn't check with Fleet. Try again in a minute.");
    case 'request': {
      const { request } = status.item;
      return inFull(
        `Order ${request.fleetOrderId}`,
        requestBlocks(status.item),
        rowsPage(rowTexts(request), page),
        values,
      );
    }
    case 'draft': {
      const own = status.whose === null ? [openCart()] : [];
      return inFull(
        draftTitle(status),
        draftStatusBlocks(status),
        rowsPage(draftTexts(status.draft), page),
        values,
        own,
      );
    }
    case 'foreign':
      return inFull(
        foreignTitle(status),
        foreignBlocks(status),
        rowsPage(heldTexts(status.stateInFleet), page),
        values,
      );
  }
}

function inFull(
  title: string,
  head: readonly KnownBlock[],
  rows: PageOf<string>,
  { share, page }: StatusValues,
  buttons: readonly KnownBlock[] = [],
): Message {
  const sharing =
    share === null
      ? []
      : [
          actions(
            [
              button(generalActions.shareStatus, 'Share in channel', {
                value: share,
                ...spoken(`Share in channel: ${title}`),
              }),
            ],
            'status_share',
          ),
        ];
  return message(title, [
    ...head,
    ...(rows.pages > 1 ? [context(`Rows ${rangeText(rows)}`)] : []),
    ...sections(rows.rows),
    ...pagingButtons(rows, page),
    ...buttons,
    ...sharing,
  ]);
}

/** Without its rows. */
function requestBlocks({ request, stateInFleet }: StatusItem): KnownBlock[] {
  const mode = modeOf(request);
  const facts = [
    `*Total:* ${totalText(request.total, mode)}`,
    ...(mode === null ? [] : [`*${modeLabel(mode)}*`]),
    `Requested by ${literal(request.requester.name)} · Approver: ${literal(request.approver.name)}`,
  ];
  return [
    section(`*Order ${request.fleetOrderId}*`),
    section(facts.join('\n')),
    section([stateText(request, 'requester'), besideOurs(stateInFleet)].filter((line) => line !== '').join('\n')),
  ];
}

function openCart(): KnownBlock {
  return actions([button(generalActions.openCart, 'Open your cart')], 'status_cart');
}
