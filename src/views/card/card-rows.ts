import type { KnownBlock } from '@slack/types';
import type { FleetSnapshot } from '../../domain/cart/cart.ts';
import { countProducts } from '../../domain/cart/compare-cart.ts';
import type { AcquisitionMode } from '../../domain/failures/fleet-words.ts';
import { type CartRow, rowsOf } from '../../domain/order/order-line.ts';
import type { DeviceRequest } from '../../domain/request/request.ts';
import { counted, countryName, layoutName, price, times } from '../format.ts';
import { literal, mrkdwn } from '../text.ts';

const ROWS_ON_A_CARD = 12;
const CHARACTERS_ON_A_CARD = 6_000;
const SECTION = 2_800;

/** Every row of what is asked for. After Redis was lost only what Fleet gives back is known: names and numbers. */
export function rowTexts(request: DeviceRequest): readonly string[] {
  if (request.lines.length === 0) return heldTexts(request.expectedInFleet);
  return rowsOf(request.lines).map((row) => cartRowText(row, request.mode));
}

/** Never an address: not even its label stands on a card. */
export function cartRowText({ line, quantity }: CartRow, mode: AcquisitionMode): string {
  const configuration = line.configuration === '' ? '' : ` · ${literal(line.configuration)}`;
  const forWhom =
    line.fleetUserId === null
      ? 'for nobody yet'
      : `for ${literal(line.assigneeName ?? 'a person Fleet does not name')}`;
  const facts = [
    countryName(line.deliveryCountry),
    ...(line.keyboardLayout === null ? [] : [layoutName(line.keyboardLayout)]),
    forWhom,
    price(line.price, mode) + (quantity === 1 ? '' : ' each'),
  ];
  return `${times(`*${literal(line.productName)}*${configuration}`, quantity)}\n${facts.join(' · ')}`;
}

function heldTexts(held: FleetSnapshot): readonly string[] {
  return countProducts(held).map(({ name, count }) =>
    times(`*${literal(name ?? 'A device that Fleet does not name')}*`, count),
  );
}

/** What fits on a card; `more` in words when there is more, which **Show all devices** then shows. */
export function cardRows(request: DeviceRequest): { readonly blocks: KnownBlock[]; readonly isClipped: boolean } {
  const rows = rowTexts(request);
  const shown = leading(rows);
  const left = rows.length - shown.length;
  const blocks = sections(shown);
  if (left === 0) return { blocks, isClipped: false };
  const note = `… and ${counted(left, 'more row')}: *Show all devices* lists every one of the ${deviceCount(request)}.`;
  return { blocks: [...blocks, { type: 'context', elements: [mrkdwn(note)] }], isClipped: true };
}

function leading(rows: readonly string[]): readonly string[] {
  let length = 0;
  return rows.slice(0, ROWS_ON_A_CARD).filter((row) => {
    length += row.length;
    return length <= CHARACTERS_ON_A_CARD;
  });
}

/** Rows one below the other, as few sections as hold them. */
export function sections(rows: readonly string[]): KnownBlock[] {
  const texts: string[] = [];
  for (const row of rows) {
    const last = texts.at(-1);
    if (last !== undefined && last.length + row.length < SECTION) texts[texts.length - 1] = `${last}\n\n${row}`;
    else texts.push(row);
  }
  return texts.map((text) => ({ type: 'section', text: mrkdwn(text) }));
}

export function deviceCount(request: DeviceRequest): string {
  const count = request.lines.length === 0 ? request.expectedInFleet.productIds.length : request.lines.length;
  return counted(count, 'device');
}
