import type { KnownBlock } from '@slack/types';
import { type CartTotal, type FleetSnapshot, totalsDiffer } from '../../domain/cart/cart.ts';
import { type CartDifference, type CountedProduct, countProducts } from '../../domain/cart/compare.ts';
import { type CartRow, type Money, type OrderLine, rowsOf } from '../../domain/line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { type PageOf, pageOf } from '../../domain/screens.ts';
import type { Message } from '../../domain/surfaces.ts';
import type { AcquisitionMode } from '../../domain/vocabulary.ts';
import { context, section } from '../blocks.ts';
import { message } from '../guard.ts';
import {
  BETWEEN_ROWS,
  clipMrkdwn,
  counted,
  countryName,
  layoutName,
  literal,
  modeLabel,
  money,
  price,
  priceUnknown,
  times,
} from '../text.ts';
import { nothingOrderedText, publicStateText } from './state.ts';

export function productText({ name, count }: CountedProduct): string {
  return `${count} × ${literal(name ?? 'unnamed device')}`;
}

const ROWS_ON_A_CARD = 12;
const CHARACTERS_ON_A_CARD = 6_000;
const SECTION = 2_800;
/** Leaves room in a message for the facts and the state above the rows. */
const CHARACTERS_ON_A_PAGE = 8_000;
const ROWS_IN_SHORT = 5;
const CHARACTERS_IN_SHORT = 500;

/** Every row of the request. After Redis was lost, only what Fleet returns is known: names and counts. */
export function rowTexts(request: DeviceRequest): readonly string[] {
  if (request.lines.length === 0) return heldTexts(request.expectedInFleet);
  return rowsOf(request.lines).map((row) => cartRowText(row, request.mode));
}

/** Never an address, not even its label: at most whose own it is. */
export function cartRowText({ line, quantity }: CartRow, mode: AcquisitionMode): string {
  const configuration = line.configuration === '' ? '' : ` · ${literal(line.configuration)}`;
  const forWhom = line.fleetUserId === null ? 'unassigned' : `for ${literal(line.assigneeName ?? 'an unnamed person')}`;
  const facts = [
    countryName(line.deliveryCountry),
    ...(line.keyboardLayout === null ? [] : [layoutName(line.keyboardLayout)]),
    forWhom,
    ...(line.shipsToOwnOf === undefined ? [] : [destinationText(line.shipsToOwnOf)]),
    price(line.price, mode) + (quantity === 1 ? '' : ' each'),
  ];
  return `${times(`*${literal(line.productName)}*${configuration}`, quantity)}\n${facts.join(' · ')}`;
}

function destinationText(owner: string | null): string {
  if (owner === null) return "ships to an address that we couldn't check";
  return `ships to ${owner === '' ? 'a colleague' : literal(owner)}'s own address`;
}

function heldTexts(held: FleetSnapshot): readonly string[] {
  return countProducts(held).map(({ name, count }) => times(`*${literal(name ?? 'Unnamed device')}*`, count));
}

/** Where to read a clipped card's other rows. Null: its reader may not look any more. */
export type WholeList = 'button' | 'command' | null;

/** The rows that fit on a card, and how to see the rest. */
export function cardRows(
  request: DeviceRequest,
  whole: WholeList,
): { readonly blocks: KnownBlock[]; readonly isClipped: boolean } {
  const rows = rowTexts(request);
  const shown = leadingRows(rows);
  const left = rows.length - shown.length;
  const blocks = sections(shown);
  if (left === 0) return { blocks, isClipped: false };
  const where = {
    button: `. *Show all devices* lists all ${deviceCount(request)}.`,
    command: `. \`/fleet status ${request.fleetOrderId}\` lists all ${deviceCount(request)}.`,
  };
  const note = `… and ${counted(left, 'more row')}${whole === null ? '.' : where[whole]}`;
  return { blocks: [...blocks, context(note)], isClipped: true };
}

function leadingRows(rows: readonly string[]): readonly string[] {
  let length = 0;
  return rows.slice(0, ROWS_ON_A_CARD).filter((row) => {
    length += row.length;
    return length <= CHARACTERS_ON_A_CARD;
  });
}

/** Rows below each other in as few sections as possible. */
export function sections(rows: readonly string[]): KnownBlock[] {
  return pack(rows, SECTION).map((some) => section(some.join(BETWEEN_ROWS)));
}

/** As many rows as fit in a message with everything else; the last page if `wanted` no longer exists. */
export function rowsPage(rows: readonly string[], wanted: number): PageOf<string> {
  const groups = pack(rows, CHARACTERS_ON_A_PAGE);
  const { page, pages, rows: shown } = pageOf(groups, wanted, 1);
  return { rows: shown.flat(), page, pages, count: rows.length, first: groups.slice(0, page).flat().length + 1 };
}

/** Groups in order, none longer than `max` unless a single row is. */
function pack(rows: readonly string[], max: number): readonly (readonly string[])[] {
  const groups: string[][] = [];
  let length = 0;
  for (const row of rows) {
    const last = groups.at(-1);
    length += BETWEEN_ROWS.length + row.length;
    if (last !== undefined && length <= max) last.push(row);
    else {
      groups.push([row]);
      length = row.length;
    }
  }
  return groups;
}

/** One line for a list: the first products. */
export function productsInShort(request: DeviceRequest): string {
  if (request.lines.length === 0) return deviceCount(request);
  const names = rowsOf(request.lines).map(({ line, quantity }) => times(literal(line.productName, 80), quantity));
  return inShort(names).join(', ');
}

/** The first few, and how many more. */
export function inShort(texts: readonly string[]): readonly string[] {
  const left = texts.length - ROWS_IN_SHORT;
  const shown = texts.slice(0, ROWS_IN_SHORT).map((text) => clipMrkdwn(text, CHARACTERS_IN_SHORT));
  return left > 0 ? [...shown, `… and ${counted(left, 'more row')}`] : shown;
}

export function deviceCount(request: DeviceRequest): string {
  const count = request.lines.length === 0 ? request.expectedInFleet.productIds.length : request.lines.length;
  return counted(count, 'device');
}

/** How Fleet's cart differs from the rows above it on the card. mrkdwn. */
export function differenceText({ extra, missing, total }: CartDifference, isRebuilt: boolean): string {
  const isPriceOnly = extra.length === 0 && missing.length === 0;
  const lines = [
    ...extra.map((product) => `• Only in Fleet's cart: ${productText(product)}`),
    ...missing.map((product) => `• Not in Fleet's cart: ${productText(product)}`),
    ...(total === null ? [] : [totalLine(total)]),
  ];
  const what = isPriceOnly ? 'The price changed' : "Fleet's cart changed";
  return [
    `*${what} since this was sent. ${nothingOrderedText}*`,
    ...lines,
    whatApproveDoes(isPriceOnly, isRebuilt),
  ].join('\n');
}

/** That this isn't the first request for the cart, and what changed since. mrkdwn; null: it is the first one we know of. */
export function followUpText({ followUp, approver, mode }: DeviceRequest): string | null {
  if (followUp === undefined) return null;
  const { end, by, change } = followUp;
  const who = by === null || by.slackUserId === approver.slackUserId ? 'you' : literal(by.name);
  const after = {
    changes_requested: `after ${who} asked for changes`,
    declined: `after ${who} declined it`,
    withdrawn: 'after it was withdrawn',
    expired: 'after it expired without a decision',
  }[end];
  const changes = [
    ...change.added.map((product) => `• Added: ${productText(product)}`),
    ...change.removed.map((product) => `• Removed: ${productText(product)}`),
    ...(change.hasOtherChanges ? ['• Changed: country, keyboard, recipient or address'] : []),
    ...(change.mode === null ? [] : [`• *${modeLabel(mode)}* instead of ${modeLabel(change.mode)}`]),
  ];
  const total = change.total === null ? [] : [totalLine(change.total)];
  const lines = [...inShort(changes), ...total];
  return [`*Sent again* ${after}.${lines.length === 0 ? ' Nothing was changed.' : ''}`, ...lines].join('\n');
}

function whatApproveDoes(isPriceOnly: boolean, isRebuilt: boolean): string {
  if (isRebuilt) return 'Approve to order what Fleet holds now, as listed above.';
  return isPriceOnly
    ? 'Approve to order it at the total shown above.'
    : "Approve to put Fleet's cart back to exactly what's listed above and order that.";
}

function totalLine({ from, to }: { readonly from: Money | null; readonly to: Money | null }): string {
  // Several currencies are never added up: the rows show what changed.
  if (from === null && to === null) return '• The rows above show the new prices';
  return `• Total: ${amountText(from)} before, *${amountText(to)}* now`;
}

function amountText(amount: Money | null): string {
  return amount === null ? 'unknown' : money(amount);
}

/** Plain text: amounts and currency codes only. Mode null: unknown, so it says neither monthly nor once. */
export function totalText(total: CartTotal, mode: AcquisitionMode | null): string {
  const shown = (one: Money) => (mode === null ? money(one) : price(one, mode));
  if (total.fleet === null && total.ours.length === 0) return priceUnknown;
  const without = total.unpriced === 0 ? '' : `, excluding ${counted(total.unpriced, 'device')} with no price`;
  const ours = total.ours.map(shown).join(' + ');
  if (total.fleet === null) return `${ours} (our sum${without})`;
  // The approver has to know when they contradict each other.
  return totalsDiffer(total) ? `${shown(total.fleet)} (our sum: ${ours}${without})` : shown(total.fleet);
}

/** Null after Redis was lost: Fleet doesn't return the mode. */
export function modeOf(request: DeviceRequest): AcquisitionMode | null {
  return request.lines.length === 0 ? null : request.mode;
}

/** For a channel: number, products, countries and status, and nothing else. */
export function sharedCard(request: DeviceRequest): Message {
  const headline = `Order ${request.fleetOrderId}`;
  const held = request.lines.length === 0 ? request.expectedInFleet.names : [];
  const texts = [...publicRows(request.lines), ...held.map((name) => literal(name ?? 'Unnamed device'))];
  return message(headline, [section(`*${headline}*\n${texts.join('\n')}`), section(publicStateText(request))]);
}

/** Grouped by product and country only: a channel learns neither who gets them nor where they go. */
export function publicRows(lines: readonly OrderLine[]): readonly string[] {
  const products = rowsOf(lines.map((line) => ({ ...line, fleetUserId: null, shippingAddressId: null })));
  return products.map(
    ({ line, quantity }) => `${times(literal(line.productName), quantity)} · ${countryName(line.deliveryCountry)}`,
  );
}
