import type { FleetProductId } from '../ids.ts';
import { hasRow, type OrderLine, type RowKey, rowKeyOf } from '../line.ts';
import type { OrderChoice } from '../order-form/choice.ts';
import type { AcquisitionMode } from '../vocabulary.ts';
import type { CartChange } from '../work.ts';
import type { DraftCart, FleetSnapshot } from './cart.ts';
import { applyDifference, compareDevices } from './compare.ts';

/** A `CartChange` with its choice turned into lines, one for each device. */
export type LineChange = WithLines<CartChange>;
type WithLines<Change> = Change extends { readonly choice: OrderChoice }
  ? Omit<Change, 'choice'> & { readonly lines: readonly OrderLine[]; readonly mode: AcquisitionMode }
  : Change;

type ChangedCart =
  | {
      readonly ok: true;
      readonly draft: DraftCart;
      /** The mode changed, so the lines that were there before need new prices. */
      readonly reprice: boolean;
    }
  | { readonly ok: false; readonly why: 'row_gone' | 'found_gone' | 'too_many' };

/** More than anyone orders at once, and still fits one request to Fleet and one record in Redis. */
const MAX_LINES = 200;

export function changeCart(draft: DraftCart, change: LineChange): ChangedCart {
  switch (change.kind) {
    case 'add':
      return withLines(draft, [...withLatestPrices(draft.lines, change.lines), ...change.lines], change.mode);
    case 'edit':
      return editRow(draft, change);
    case 'remove':
      return hasRow(draft.lines, change.row)
        ? withLines(draft, without(draft.lines, change.row), draft.mode)
        : { ok: false, why: 'row_gone' };
    case 'complete_found':
    case 'remove_found':
      return resolveFound(draft, change);
    case 'replace_existing':
      return withLines(
        { ...draft, fleetOrderId: change.fleetOrderId, lines: [], fleetHolds: null, standing: 'ours' },
        change.lines,
        change.mode,
      );
  }
}

/** The edited row keeps its position. */
function editRow(draft: DraftCart, { row, lines, mode }: Extract<LineChange, { kind: 'edit' }>): ChangedCart {
  const at = draft.lines.findIndex((line) => rowKeyOf(line) === row);
  if (at === -1) return { ok: false, why: 'row_gone' };
  const before = withLatestPrices(draft.lines.slice(0, at), lines);
  return withLines(draft, [...before, ...lines, ...withLatestPrices(without(draft.lines.slice(at), row), lines)], mode);
}

/** While a cart is `found`, `fleetHolds` lists the devices still to be completed or removed; this one leaves it. */
function resolveFound(
  draft: DraftCart,
  change: Extract<LineChange, { kind: 'complete_found' | 'remove_found' }>,
): ChangedCart {
  const holds = draft.fleetHolds;
  if (draft.standing !== 'found' || !holds?.productIds.includes(change.productId))
    return { ok: false, why: 'found_gone' };
  const resolved = { ...draft, fleetHolds: withoutProduct(holds, change.productId) };
  return change.kind === 'remove_found'
    ? withLines(resolved, draft.lines, draft.mode)
    : withLines(resolved, [...withLatestPrices(draft.lines, change.lines), ...change.lines], change.mode);
}

/** A found cart as Fleet has it now: what was added there is to be completed too, what was removed no longer. */
export function followFound(draft: DraftCart, inFleet: FleetSnapshot): DraftCart {
  const { foundAs, fleetHolds } = draft;
  if (foundAs === undefined || fleetHolds === null) return { ...draft, foundAs: inFleet };
  const difference = compareDevices(foundAs, inFleet);
  if (difference === null) return draft;
  const followed = { ...draft, foundAs: inFleet, fleetHolds: applyDifference(fleetHolds, difference) };
  const standing = cartStateOf(followed, followed.lines);
  return standing === 'found' ? followed : { ...followed, standing, fleetHolds: inFleet };
}

function withLines(draft: DraftCart, lines: readonly OrderLine[], mode: AcquisitionMode): ChangedCart {
  if (lines.length > MAX_LINES && lines.length > draft.lines.length) return { ok: false, why: 'too_many' };
  const changed = { ...draft, lines, mode, standing: cartStateOf(draft, lines) };
  // The new lines are already priced in the cart's new mode.
  return { ok: true, draft: changed, reprice: mode !== draft.mode && lines.some((line) => draft.lines.includes(line)) };
}

function cartStateOf(draft: DraftCart, lines: readonly OrderLine[]): DraftCart['standing'] {
  if (draft.standing === 'found' && draft.fleetHolds !== null && draft.fleetHolds.productIds.length > 0) return 'found';
  return lines.length === 0 ? 'emptied' : 'ours';
}

/** All lines of a row show one price: the latest. */
function withLatestPrices(lines: readonly OrderLine[], asked: readonly OrderLine[]): readonly OrderLine[] {
  const latest = new Map(asked.map((line) => [rowKeyOf(line), line]));
  return lines.map((line) => latest.get(rowKeyOf(line)) ?? line);
}

function without(lines: readonly OrderLine[], row: RowKey): readonly OrderLine[] {
  return lines.filter((line) => rowKeyOf(line) !== row);
}

function withoutProduct(holds: FleetSnapshot, productId: FleetProductId | null): FleetSnapshot {
  const stays = (_: unknown, index: number) => holds.productIds[index] !== productId;
  return { ...holds, productIds: holds.productIds.filter(stays), names: holds.names.filter(stays) };
}
