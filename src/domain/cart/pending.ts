import type { ChangeId } from '../ids.ts';
import { type CartRow, type OrderLine, rowsOf } from '../line.ts';
import type { OrderChoice } from '../order-form/choice.ts';
import type { AcquisitionMode } from '../vocabulary.ts';
import type { CartChange } from '../work.ts';
import type { DraftCart } from './cart.ts';
import { type CountedProduct, countProducts } from './compare.ts';

/** A change that was accepted, and may not have been carried out yet. */
export interface AcceptedChange {
  readonly changeId: ChangeId;
  readonly change: CartChange;
  /** The chosen device with its name and price as the form showed them. Null: they couldn't be looked up in time. */
  readonly line: OrderLine | null;
}

/** What Fleet doesn't know yet. `unconfirmed`: it may, but gave no clear answer, and no job is asking. */
export type PendingMark = 'adding' | 'saving' | 'removing' | 'unconfirmed';

export interface ShownRow extends CartRow {
  readonly mark?: PendingMark;
  /** The mode of its price, where that isn't the cart's: the whole cart will switch to it. */
  readonly mode?: AcquisitionMode;
}

export type FoundDevice = CountedProduct & { readonly mark?: PendingMark };

export interface CartWithPending {
  readonly mode: AcquisitionMode;
  readonly rows: readonly ShownRow[];
  readonly found: readonly FoundDevice[];
  /** Null: Fleet has all of it. `unnamed`: devices that are being added and whose names we don't know. */
  readonly pending: { readonly unnamed: number } | null;
  /** What the cart will hold. Without prices while it switches to another mode, since they will change. */
  readonly lines: readonly OrderLine[];
}

/** The accepted changes that are not in the draft. `appliedChanges` knows what is, so nothing is counted twice. */
export function notApplied(draft: DraftCart, accepted: readonly AcceptedChange[]): readonly AcceptedChange[] {
  return accepted.filter(({ changeId }) => !draft.appliedChanges.includes(changeId));
}

/** The draft as it will be once the accepted changes are carried out, with what Fleet doesn't have yet marked. */
export function withPending(draft: DraftCart, accepted: readonly AcceptedChange[]): CartWithPending {
  const open = notApplied(draft, accepted);
  const cart = open.reduce(apply, ofDraft(draft, accepted.length > open.length));
  const mode = cart.rows.some((row) => row.mode === undefined) ? draft.mode : (cart.rows[0]?.mode ?? draft.mode);
  const rows = cart.rows.map(
    ({ mode: own, ...row }): ShownRow => (own === undefined || own === mode ? row : { ...row, mode: own }),
  );
  const isPending = cart.unnamed > 0 || [...rows, ...cart.found].some(({ mark }) => mark !== undefined);
  const switches = rows.some((row) => row.mode !== undefined);
  const lines = rows.flatMap(({ line, quantity, mark }) =>
    mark === 'removing' ? [] : Array.from({ length: quantity }, () => line),
  );
  return {
    ...{ mode, rows, found: cart.found, pending: isPending ? { unnamed: cart.unnamed } : null },
    lines: switches ? lines.map((line) => ({ ...line, price: null })) : lines,
  };
}

type Overlaid = Pick<CartWithPending, 'rows' | 'found'> & { readonly unnamed: number };

/** `isUnderWay`: the job that creates the cart has saved its lines, and hasn't ended. */
function ofDraft(draft: DraftCart, isUnderWay: boolean): Overlaid {
  const { lines, creatingSince, standing, fleetHolds } = draft;
  const mark = isUnderWay ? 'adding' : 'unconfirmed';
  const rows = rowsOf(lines).map((row) => (creatingSince === null ? row : ({ ...row, mark } as const)));
  return { rows, found: standing === 'found' && fleetHolds !== null ? countProducts(fleetHolds) : [], unnamed: 0 };
}

function apply(cart: Overlaid, accepted: AcceptedChange): Overlaid {
  const { change } = accepted;
  switch (change.kind) {
    case 'add':
      return withRow(cart, accepted, change.choice);
    case 'replace_existing':
      return withRow({ rows: [], found: [], unnamed: 0 }, accepted, change.choice);
    case 'edit': {
      const { mode } = change.choice;
      const saved = accepted.line === null ? {} : { line: accepted.line, quantity: change.choice.quantity, mode };
      return marked(cart, change.row, { ...saved, mark: 'saving' });
    }
    case 'remove':
      return marked(cart, change.row, { mark: 'removing' });
    case 'complete_found':
      return markedFound(cart, change.productId, 'saving');
    case 'remove_found':
      return markedFound(cart, change.productId, 'removing');
  }
}

/** A row of its own, even for a product that is in the cart: only a part of the two would be in Fleet. */
function withRow(cart: Overlaid, { changeId, line }: AcceptedChange, { quantity, mode }: OrderChoice): Overlaid {
  if (line === null) return { ...cart, unnamed: cart.unnamed + quantity };
  return { ...cart, rows: [...cart.rows, { key: changeId, line, quantity, mode, mark: 'adding' }] };
}

function marked(cart: Overlaid, key: string, saved: Omit<Partial<ShownRow>, 'key'>): Overlaid {
  return { ...cart, rows: cart.rows.map((row) => (row.key === key ? { ...row, ...saved } : row)) };
}

function markedFound(cart: Overlaid, productId: FoundDevice['productId'], mark: PendingMark): Overlaid {
  return { ...cart, found: cart.found.map((one) => (one.productId === productId ? { ...one, mark } : one)) };
}
