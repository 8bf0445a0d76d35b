import type { Button, KnownBlock } from '@slack/types';
import { type CartTotal, totalsDiffer } from '../../domain/cart/cart.ts';
import type { CartDifference, CountedProduct } from '../../domain/cart/compare.ts';
import type { CartRow, Money, RowKey } from '../../domain/line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import { modeLabel, money, price, times } from '../format.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { limits } from '../limits.ts';
import { cartRowText, deviceCount, modeOf, productText, rowTexts, sections, totalText } from '../request/rows.ts';
import { literal, mrkdwn, plain } from '../text.ts';

/** How Fleet's cart differs from the rows above it, both versions. mrkdwn; empty where it does not. */
export function cartDifferenceText(difference: CartDifference | null): string {
  if (difference === null) return '';
  const lines = [
    ...difference.extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...difference.missing.map((product) => `• Only here, not in Fleet's cart: ${productText(product)}`),
    ...(difference.total === null ? [] : [totalLine(difference.total)]),
  ];
  const devices = difference.extra.length + difference.missing.length > 0;
  const head = devices
    ? "*Fleet's cart does not hold what stands here.* It was changed in Fleet. Nothing was sent or ordered."
    : '*Fleet states another total than before.* Nothing was sent or ordered.';
  const then = devices
    ? ["Sending for approval, or any change here, puts Fleet's cart back to exactly what stands here."]
    : [];
  return [head, ...lines, ...then].join('\n');
}

/** Fleet's total and our own sum contradict each other: both, before anything is sent. mrkdwn; empty otherwise. */
export function totalsText(total: CartTotal, mode: AcquisitionMode): string {
  if (total.fleet === null || !totalsDiffer(total)) return '';
  const ours = total.ours.map((one) => price(one, mode)).join(' + ');
  return `*Two totals.* Fleet states ${price(total.fleet, mode)}; our sum of the prices above is ${ours}. Please look at both before sending.`;
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  return `• Total in Fleet: ${amountText(from)} before, *${amountText(to)}* now`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'not stated' : money(amount);
}

/** Worded for the reader, in mrkdwn. */
interface CartProblem {
  /** Null: about the whole cart. */
  readonly row: RowKey | null;
  readonly text: string;
}

/** The cart with what the person is told above it: what went well, and what went wrong. */
export type ShownCart = Extract<CartScreen, { kind: 'cart' }> & {
  readonly news: string | null;
  readonly problem: CartProblem | null;
};

type Item =
  | { readonly kind: 'found'; readonly product: CountedProduct }
  | { readonly kind: 'row'; readonly row: CartRow };

/** Two blocks for each row, and room for everything else below Slack's hundred. */
const ROWS_ON_A_PAGE = 40;
/** What stands in a button's value for a device that Fleet ties to no product. */
export const NO_PRODUCT = 'none';

interface CartPage {
  readonly page: number;
  readonly pages: number;
  readonly items: readonly Item[];
}

/** A page that is gone, since the cart became shorter, is the last one there is. */
export function cartPage(screen: ShownCart, wanted: number): CartPage {
  const items = itemsOf(screen);
  const pages = Math.max(1, Math.ceil(items.length / ROWS_ON_A_PAGE));
  const page = Math.min(wanted, pages - 1);
  return { page, pages, items: items.slice(page * ROWS_ON_A_PAGE, (page + 1) * ROWS_ON_A_PAGE) };
}

/** Where the row stands that something is wrong with; null where nothing is, or with no row. */
export function pageOfProblem(screen: ShownCart): number | null {
  const row = screen.problem?.row ?? null;
  const at = row === null ? -1 : itemsOf(screen).findIndex((item) => item.kind === 'row' && item.row.key === row);
  return at === -1 ? null : Math.floor(at / ROWS_ON_A_PAGE);
}

export function itemBlocks(item: Item, mode: AcquisitionMode, problem: CartProblem | null): readonly KnownBlock[] {
  return item.kind === 'found' ? foundBlocks(item.product) : rowBlocks(item.row, mode, problem);
}

/** Slack takes an `action_id` once in a block, so each direction has a block of its own. */
export function pagingBlocks({ page, pages }: CartPage): readonly KnownBlock[] {
  if (pages === 1) return [];
  const note: KnownBlock = { type: 'context', elements: [mrkdwn(`Page ${page + 1} of ${pages} of this cart`)] };
  const earlier = page > 0 ? [pageButton('Earlier rows', page - 1)] : [];
  const later = page < pages - 1 ? [pageButton('More rows', page + 1)] : [];
  return [note, ...[...earlier, ...later].map((button): KnownBlock => ({ type: 'actions', elements: [button] }))];
}

function itemsOf({ found, rows }: ShownCart): readonly Item[] {
  return [
    ...found.map((product): Item => ({ kind: 'found', product })),
    ...rows.map((row): Item => ({ kind: 'row', row })),
  ];
}

function rowBlocks(row: CartRow, mode: AcquisitionMode, problem: CartProblem | null): readonly KnownBlock[] {
  const text = cartRowText(row, mode);
  const marked = problem?.row === row.key ? `*There is a problem with this row.* ${problem.text}\n${text}` : text;
  const { productName } = row.line;
  return [
    { type: 'section', text: mrkdwn(marked) },
    {
      type: 'actions',
      elements: [
        rowButton(cartActions.editRow, 'Edit', productName, row.key),
        rowButton(cartActions.removeRow, 'Remove', productName, row.key),
      ],
    },
  ];
}

function foundBlocks({ productId, name, count }: CountedProduct): readonly KnownBlock[] {
  const shown = name ?? 'A device that Fleet does not name';
  const says =
    productId === null
      ? 'Fleet ties it to no product, so it cannot be ordered from here: remove it.'
      : 'Country, keyboard, person and address are not known here: complete it, or remove it.';
  const remove = rowButton(cartActions.removeFound, 'Remove', shown, String(productId ?? NO_PRODUCT));
  const complete =
    productId === null ? [] : [rowButton(cartActions.completeFound, 'Complete', shown, String(productId))];
  return [
    { type: 'section', text: mrkdwn(`${times(`*${literal(shown)}*`, count)}\n${says}`) },
    { type: 'actions', elements: [...complete, remove] },
  ];
}

/** On a screen reader every row's buttons would be called the same otherwise. */
function rowButton(actionId: string, label: string, what: string, value: string): Button {
  return {
    type: 'button',
    action_id: actionId,
    text: plain(label, limits.buttonText),
    value,
    accessibility_label: plain(`${label}: ${what}`, limits.accessibilityLabel).text,
  };
}

function pageButton(label: string, page: number): Button {
  return {
    type: 'button',
    action_id: cartActions.showPage,
    text: plain(label, limits.buttonText),
    value: String(page),
  };
}

/** **Show all devices**: every row of what is to be signed, however long the card's own list is. */
export function allLinesModal(request: DeviceRequest): ModalView {
  const mode = modeOf(request);
  const facts = [deviceCount(request), `*Total:* ${totalText(request.total, mode)}`];
  const text = [...facts, ...(mode === null ? [] : [modeLabel(mode)])].join(' · ');
  return modal({
    callbackId: callbacks.notice,
    title: `Order ${request.fleetOrderId}`,
    blocks: [{ type: 'section', text: mrkdwn(text) }, ...sections(rowTexts(request))],
  });
}
