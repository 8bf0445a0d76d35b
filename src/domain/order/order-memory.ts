import type { FleetProductId } from '../ids.ts';
import type { ModalCarry } from '../work.ts';
import { differingFields, orderFieldNames } from './order-choice.ts';
import type { OrderChoice, OrderField } from './order-form.ts';
import type { RowKey } from './order-line.ts';

/** What submitting **Order equipment** means. */
export type OrderPurpose =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly row: RowKey }
  /** A device that Fleet holds and we do not know: what Fleet does not return is asked for. */
  | { readonly kind: 'complete_found'; readonly productId: FleetProductId };

/**
 * The turn in which each field last got a value that the person did not give it. It is part of the block's id
 * (`product.3`): under the same id Slack would keep showing, and send, the value from before.
 */
export type FieldTurns = Readonly<Partial<Record<OrderField, string>>>;

/** What an open **Order equipment** carries in its signed metadata. */
export interface OrderMemory {
  /** As the last view showed it: what has changed since is told by comparing. */
  readonly choice: OrderChoice;
  readonly purpose: OrderPurpose;
  readonly turns: FieldTurns;
  readonly carry: ModalCarry;
}

export const noCarry: ModalCarry = { approver: null, note: '', words: '' };

/** What the person has on screen right now, as far as Slack's memory of it matters. */
export interface OnScreen {
  readonly seen: OrderChoice;
  readonly fields: ReadonlySet<OrderField>;
  /** Hold something that is no choice. */
  readonly odd: ReadonlySet<OrderField>;
}

/**
 * Every field that will show something other than what stands in it now gets the new turn; the others keep theirs, so
 * that Slack keeps what was typed. `turn` must be one of its own for each action: two that run side by side and shared
 * one would leave the first one's value standing in the second one's field.
 */
export function turnsAfter(turns: FieldTurns, screen: OnScreen, choice: OrderChoice, turn: string): FieldTurns {
  const different = new Set(differingFields(screen.seen, choice));
  const next: Partial<Record<OrderField, string>> = { ...turns };
  for (const field of orderFieldNames) {
    if (different.has(field) || screen.odd.has(field) || !screen.fields.has(field)) next[field] = turn;
  }
  return next;
}

/** For a form that is drawn anew in a modal: the modal had fields before, and nothing that stood in them may come back. */
export function turnsOfNewForm(turn: string): FieldTurns {
  return Object.fromEntries(orderFieldNames.map((field) => [field, turn]));
}

/** Null: submit is **Add to cart**; else it is **Save**. */
export function editingOf(purpose: OrderPurpose): RowKey | null {
  switch (purpose.kind) {
    case 'add':
      return null;
    case 'edit':
      return purpose.row;
    case 'complete_found':
      return `found|${purpose.productId}`;
  }
}
