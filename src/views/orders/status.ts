import type { KnownBlock } from '@slack/types';
import type { PageOf } from '../../domain/paging.ts';
import type { OrderStatus, PersonStatus, StatusItem } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import { type PageValue, pagingButtons, rangeText } from '../blocks.ts';
import { counted, modeLabel } from '../format.ts';
import { message } from '../guard.ts';
import { generalActions } from '../ids.ts';
import { sentence } from '../notices.ts';
import { inShort, modeOf, productsInShort, rowsPage, rowTexts, sections, totalText } from '../request/rows.ts';
import { stateText } from '../request/state.ts';
import { literal, mrkdwn, plain } from '../text.ts';
import { draftStatusBlocks, draftTexts, draftTitle, totalOfDraft } from './draft.ts';
import { foreignBlocks, foreignTitle, heldTexts } from './shared.ts';
import { besideOurs } from './status-text.ts';

export const orderNotFoundText =
  'There is no cart or order with this number that you can see. Nothing was changed. `/fleet status` lists yours.';

export const notANumberText =
  'That is not the number of a cart or order: numbers look like `42`. Nothing was changed. `/fleet status` lists yours.';

/** In place of a name that neither Fleet nor Slack says. */
export const unnamedPerson = 'this person';

export const othersForAdminsText =
  'Only admins see the carts and orders of other people. Nothing was changed. `/fleet status` lists yours.';

/**
 * `/fleet status`: the person's own cart, requests and orders, newest first. `whose`: an admin looks at somebody else's,
 * whose name this is.
 */
export function statusMessage(status: PersonStatus, whose: string | null = null): Message {
  const { draft, items, waiting, hasOlder } = status;
  if (draft === null && items.length === 0 && waiting === 0)
    return sentence(
      whose === null
        ? 'You have no cart, request or order yet. Nothing is ordered. `/fleet order` begins one.'
        : `${literal(whose)} has no open cart, request or order here. \`/fleet carts\` shows everybody's open ones.`,
    );
  const older = hasOlder ? [context('… and older ones: ask for one by its number, such as `/fleet status 42`.')] : [];
  const title = whose === null ? 'Your carts, requests and orders' : `Carts, requests and orders of ${literal(whose)}`;
  const blocks = [...cartBlocks(status, whose), ...items.map(itemBlock), ...older, ...waitsBlock(waiting, whose)];
  return message(title, whose === null ? blocks : [section(`*${title}*`), ...blocks], {
    more: (left) => `… ${left} more: ask for one by its number, such as \`/fleet status 42\`.`,
  });
}

function cartBlocks({ draft }: PersonStatus, whose: string | null): KnownBlock[] {
  if (draft === null) return [];
  const { fleetOrderId } = draft.cart;
  const title = `${whose === null ? 'Your cart' : 'Open cart'}${fleetOrderId === null ? '' : ` ${fleetOrderId}`}`;
  const rows = inShort(draftTexts(draft));
  const lines = [`*${title}* · not sent yet, nothing is ordered`, ...rows, `*Total:* ${totalOfDraft(draft)}`];
  return [section(lines.join('\n')), ...(whose === null ? [openCart()] : [])];
}

function waitsBlock(waiting: number, whose: string | null): KnownBlock[] {
  if (waiting === 0) return [];
  const [verb, them] = waiting === 1 ? ['waits', 'it'] : ['wait', 'them'];
  const text =
    whose === null
      ? `${verb} for your signature: \`/fleet approvals\` shows ${them}.`
      : `${verb} for the signature of ${literal(whose)}.`;
  return [context(`${counted(waiting, 'request')} ${text}`)];
}

function itemBlock({ request, stateInFleet }: StatusItem): KnownBlock {
  const lines = [`*Order ${request.fleetOrderId}* · ${productsInShort(request)}`, stateText(request, 'requester')];
  return section([...lines, besideOurs(stateInFleet)].filter((line) => line !== '').join('\n'));
}

/** What the buttons below one order carry. */
interface StatusValues {
  /** Null: nothing to share. */
  readonly share: string | null;
  readonly page: PageValue;
}

/** `/fleet status 42`, page by page: facts and state stand above the rows, so that they are on every one. */
export function orderStatusMessage(status: OrderStatus, values: StatusValues, page = 0): Message {
  switch (status.kind) {
    case 'not_found':
      return sentence(orderNotFoundText);
    case 'could_not_look':
      return sentence(
        'Fleet could not be asked just now. Nothing was changed and nothing was ordered. Please try again in a minute.',
      );
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
    /* v8 ignore next 2 -- @preserve: the union is closed, the compiler proves that nothing comes here. */
    default:
      return status satisfies never;
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
    share === null ? [] : [actions('status_share', [button('Share in channel', generalActions.shareStatus, share)])];
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
    `Asked by ${literal(request.requester.name)}, to be signed by ${literal(request.approver.name)}`,
  ];
  return [
    section(`*Order ${request.fleetOrderId}*`),
    section(facts.join('\n')),
    section([stateText(request, 'requester'), besideOurs(stateInFleet)].filter((line) => line !== '').join('\n')),
  ];
}

function openCart(): KnownBlock {
  return actions('status_cart', [button('Open your cart', generalActions.openCart)]);
}

function section(text: string): KnownBlock {
  return { type: 'section', text: mrkdwn(text) };
}

function context(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text)] };
}

function actions(blockId: string, elements: (KnownBlock & { type: 'actions' })['elements']): KnownBlock {
  return { type: 'actions', block_id: blockId, elements };
}

function button(text: string, actionId: string, value?: string) {
  return {
    type: 'button' as const,
    text: plain(text, 75),
    action_id: actionId,
    ...(value === undefined ? {} : { value }),
  };
}
