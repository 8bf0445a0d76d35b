import type { Button, KnownBlock } from '@slack/types';
import { type CartTotal, totalsDiffer } from '../../domain/cart/cart.ts';
import type { CartDifference } from '../../domain/cart/compare.ts';
import type { FoundDevice, ShownRow as MarkedRow, PendingMark } from '../../domain/cart/pending.ts';
import type { Money, RowKey } from '../../domain/line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import type { CartScreen } from '../../domain/screens.ts';
import { type PageOf, pageOf } from '../../domain/screens.ts';
import type { ModalView } from '../../domain/surfaces.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import { actions, button, context, section, spoken, toldApart } from '../blocks.ts';
import { modal } from '../guard.ts';
import { callbacks, cartActions } from '../ids.ts';
import { cartRowText, deviceCount, modeOf, productText, rowTexts, sections, totalText } from '../request/rows.ts';
import { literal, modeLabel, money, price, times } from '../text.ts';

/** How Fleet's cart differs from the rows below, in both versions. mrkdwn; empty if it doesn't. */
export function cartDifferenceText(difference: CartDifference | null): string {
  if (difference === null) return '';
  const lines = [
    ...difference.extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...difference.missing.map((product) => `• Only here: ${productText(product)}`),
    ...(difference.total === null ? [] : [totalLine(difference.total)]),
  ];
  const devices = difference.extra.length + difference.missing.length > 0;
  const head = `*${devices ? 'Your cart was changed in Fleet' : "Fleet's total has changed"}.* It hasn't been sent for approval.`;
  const then = devices ? ["Send it for approval, or change anything here, to overwrite Fleet's version."] : [];
  return [head, ...lines, ...then].join('\n');
}

/** Both totals if Fleet's and our own sum differ. Plain text. */
export function cartTotalText(total: CartTotal, mode: AcquisitionMode): string {
  if (total.fleet === null || !totalsDiffer(total)) return totalText(total, mode);
  const ours = total.ours.map((one) => price(one, mode)).join(' + ');
  return `${price(total.fleet, mode)} according to Fleet (the items above add up to ${ours})`;
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  return `• Total in Fleet: *${amountText(to)}* (was ${amountText(from)})`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'unknown' : money(amount);
}

/** Worded for the reader, in mrkdwn. */
interface CartProblem {
  /** Null: the whole cart. */
  readonly row: RowKey | null;
  readonly text: string;
}

/** The cart with the messages above it. */
export type ShownCart = Extract<CartScreen, { kind: 'cart' }> & {
  readonly news: string | null;
  readonly problem: CartProblem | null;
};

type Item = (
  | { readonly kind: 'found'; readonly product: FoundDevice }
  | { readonly kind: 'row'; readonly row: MarkedRow }
) & {
  /** Tells its buttons from those of the other rows by ear. */
  readonly spokenName: string;
};

/** Two blocks a row, with room for the rest within Slack's 100. */
const ROWS_ON_A_PAGE = 40;
/** A button's value for a device without a product in Fleet. */
export const NO_PRODUCT = 'none';

/** The last page if the cart became too short for the wanted one. */
export function cartPage(screen: ShownCart, wanted: number): PageOf<Item> {
  return pageOf(itemsOf(screen), wanted, ROWS_ON_A_PAGE);
}

/** The page of the row with the problem; null if there is none. */
export function pageOfProblem(screen: ShownCart): number | null {
  const row = screen.problem?.row ?? null;
  const at = row === null ? -1 : itemsOf(screen).findIndex((item) => item.kind === 'row' && item.row.key === row);
  return at === -1 ? null : Math.floor(at / ROWS_ON_A_PAGE);
}

export function itemBlocks(item: Item, mode: AcquisitionMode, problem: CartProblem | null): readonly KnownBlock[] {
  const { spokenName } = item;
  return item.kind === 'found' ? foundBlocks(item.product, spokenName) : rowBlocks({ ...item, mode, problem });
}

/** Slack accepts an `action_id` once per block, so each direction has its own. */
export function pagingBlocks({ page, pages }: PageOf<Item>): readonly KnownBlock[] {
  if (pages === 1) return [];
  const note: KnownBlock = context(`Page ${page + 1} of ${pages}`);
  const to = (label: string, value: number) => actions([button(cartActions.showPage, label, { value: String(value) })]);
  return [note, ...(page > 0 ? [to('Previous', page - 1)] : []), ...(page < pages - 1 ? [to('Next', page + 1)] : [])];
}

function itemsOf({ found, rows }: ShownCart): readonly Item[] {
  const names = toldApart([
    ...found.map(({ name }) => name ?? unnamedDevice),
    ...rows.map(({ line }) => `${line.productName}${line.assigneeName === null ? '' : ` for ${line.assigneeName}`}`),
  ]);
  const items = [
    ...found.map((product) => ({ kind: 'found' as const, product })),
    ...rows.map((row) => ({ kind: 'row' as const, row })),
  ];
  return items.map((item, index) => ({ ...item, spokenName: `${names[index]}` }));
}

interface ShownRow {
  readonly row: MarkedRow;
  readonly mode: AcquisitionMode;
  readonly problem: CartProblem | null;
  readonly spokenName: string;
}

function rowBlocks({ row, mode, problem, spokenName }: ShownRow): readonly KnownBlock[] {
  const text = cartRowText(row, row.mode ?? mode);
  if (row.mark !== undefined) return [section(`${text}\n${markTexts[row.mark]}`)];
  const marked = problem?.row === row.key ? `*There's a problem with this row.* ${problem.text}\n${text}` : text;
  return [
    section(marked),
    actions([
      rowButton(cartActions.editRow, 'Edit', spokenName, row.key),
      rowButton(cartActions.removeRow, 'Remove', spokenName, row.key),
    ]),
  ];
}

/** Nothing is called added, saved or removed before Fleet has done it. A marked row has no buttons. mrkdwn. */
export const markTexts = {
  adding: '_Being added…_',
  saving: '_Being saved…_',
  removing: '_Being removed…_',
  unconfirmed: "_Fleet hasn't confirmed this yet._",
} as const satisfies Record<PendingMark, string>;

const unnamedDevice = 'Unnamed device';

function foundBlocks({ productId, name, count, mark }: FoundDevice, spokenName: string): readonly KnownBlock[] {
  const shown = name ?? unnamedDevice;
  const title = times(`*${literal(shown)}*`, count);
  if (mark !== undefined) return [section(`${title}\n${markTexts[mark]}`)];
  const says =
    productId === null
      ? "It isn't linked to a product in Fleet, so it can't be ordered here. Remove it to continue."
      : "Its country, keyboard, recipient and address aren't known here. Complete or remove it.";
  const remove = rowButton(cartActions.removeFound, 'Remove', spokenName, String(productId ?? NO_PRODUCT));
  const complete =
    productId === null ? [] : [rowButton(cartActions.completeFound, 'Complete', spokenName, String(productId))];
  return [section(`${title}\n${says}`), actions([...complete, remove])];
}

function rowButton(actionId: string, label: string, what: string, value: string): Button {
  return button(actionId, label, { value, ...spoken(`${label}: ${what}`) });
}

/** **Show all devices**: every row of the request, however long. */
export function allLinesModal(request: DeviceRequest): ModalView {
  const mode = modeOf(request);
  const facts = [deviceCount(request), `*Total:* ${totalText(request.total, mode)}`];
  const text = [...facts, ...(mode === null ? [] : [modeLabel(mode)])].join(' · ');
  return modal({
    callbackId: callbacks.notice,
    title: `Order ${request.fleetOrderId}`,
    blocks: [section(text), ...sections(rowTexts(request))],
  });
}
