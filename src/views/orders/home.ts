import type { KnownBlock } from '@slack/types';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { HOME_ITEMS, type HomeScreen } from '../../domain/screens.ts';
import type { HomeView } from '../../domain/surfaces.ts';
import { actions, button, context, section, spoken } from '../blocks.ts';
import { home } from '../guard.ts';
import { generalActions } from '../ids.ts';
import { pauseBanner } from '../notices.ts';
import { noMatchText } from '../people/link.ts';
import { approvalBlocks } from '../request/approvals.ts';
import { cardButtons } from '../request/card.ts';
import { inShort, productsInShort } from '../request/rows.ts';
import { stateText } from '../request/state.ts';
import { counted, plain } from '../text.ts';
import { draftTexts, totalOfDraft } from './status-text.ts';

/** The facts of the commands and cards, each row with its next step as a button. */
export function homeView(screen: HomeScreen): HomeView {
  return home([
    ...troubleBlocks(screen),
    ...waitingBlocks(screen),
    ...cartBlocks(screen),
    ...itemBlocks(screen),
    ...companyBlocks(screen),
    ...welcomeBlocks(screen),
  ]);
}

function troubleBlocks({ trouble }: HomeScreen): KnownBlock[] {
  if (trouble === null)
    return [actions([button(generalActions.openOrder, 'Order equipment', { style: 'primary' })], 'home_order')];
  return trouble.kind === 'paused' ? [pauseBanner()] : [section(noMatchText(trouble))];
}

function waitingBlocks({ waiting }: HomeScreen): KnownBlock[] {
  if (waiting.count === 0) return [];
  return [
    header('Waiting for you'),
    // Everything to read before deciding, differences and rejections included.
    ...waiting.rows.flatMap((card) => approvalBlocks(card, `home_approver.${card.request.id}`)),
    ...more(waiting.count - waiting.rows.length, '`/fleet approvals` shows all of them.'),
  ];
}

function cartBlocks({ status: { draft } }: HomeScreen): KnownBlock[] {
  if (draft === null) return [];
  const lines = [...inShort(draftTexts(draft)), `*Total:* ${totalOfDraft(draft)}`];
  return [
    header('Your cart'),
    section(`*Draft*, not sent yet\n${lines.join('\n')}`),
    actions([button(generalActions.openCart, 'Open your cart')], 'home_cart'),
  ];
}

function itemBlocks({ items, status }: HomeScreen): KnownBlock[] {
  if (items.length === 0) return [];
  const left = items.length - HOME_ITEMS;
  return [
    header('Your requests and orders'),
    ...items
      .slice(0, HOME_ITEMS)
      .flatMap(({ request, buttonValue }) => [
        section(`*Order ${request.fleetOrderId}* · ${productsInShort(request)}\n${stateText(request, 'requester')}`),
        ...(isToBeEdited(request) && status.draft !== null ? [editBlock(request)] : ownButtons(request, buttonValue)),
      ]),
    ...(left > 0 || status.hasOlder ? more(1, '`/fleet status` shows more; add a number to see one.') : []),
  ];
}

/** Once it was sent again, the newer request has the next step. */
function isToBeEdited({ state, isSuperseded }: DeviceRequest): boolean {
  return state.kind === 'changes_requested' && isSuperseded !== true;
}

function editBlock({ id, fleetOrderId }: DeviceRequest): KnownBlock {
  const label = spoken(`Open your cart to change order ${fleetOrderId}`);
  return actions([button(generalActions.openCart, 'Open your cart', label)], `home_edit.${id}`);
}

function companyBlocks({ company }: HomeScreen): KnownBlock[] {
  if (company === null) return [];
  const { open, stuck, unmatched } = company;
  const lines = [
    ...(open === 0 ? [] : [`${counted(open, 'open cart or request', 'open carts and requests')}: \`/fleet carts\``]),
    ...(stuck === 0 ? [] : [`*${stuck} stuck*: \`/fleet carts stuck\``]),
    ...(unmatched === 0
      ? []
      : [`${counted(unmatched, 'person', 'people')} without a Fleet account: \`/fleet settings\``]),
  ];
  return lines.length === 0 ? [] : [header('Needs attention'), section(lines.join('\n'))];
}

/** For someone who has nothing here yet and can order. */
function welcomeBlocks({ trouble, items, waiting, status }: HomeScreen): KnownBlock[] {
  if (trouble !== null || items.length > 0 || waiting.count > 0 || status.draft !== null) return [];
  return [
    header('Welcome'),
    section(
      [
        'Order laptops and other equipment without leaving Slack:',
        "1. *Order equipment* here, or `/fleet order` in any channel: choose a product and who it's for.",
        '2. *Your cart* shows the total. Send it to an approver.',
        '3. Once they approve, it goes to Fleet, and you can follow it here.',
        'Only you, your approver and admins see your orders. `/fleet help` lists all commands.',
      ].join('\n'),
    ),
  ];
}

function ownButtons(request: DeviceRequest, value: string | null): KnownBlock[] {
  if (value === null) return [];
  const blocks = cardButtons({ request, side: 'requester', value, isClipped: true });
  return blocks.map((block) => ({ ...block, block_id: `home_requester.${request.id}` }));
}

function more(left: number, how: string): KnownBlock[] {
  return left > 0 ? [context(`… and more: ${how}`)] : [];
}

function header(text: string): KnownBlock {
  return { type: 'header', text: plain(text, 150) };
}
