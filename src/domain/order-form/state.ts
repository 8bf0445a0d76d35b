import { z } from 'zod';
import { FleetProductId, SlackUserId } from '../ids.ts';
import { RowKey } from '../line.ts';
import type { DeepReadonly } from '../schema.ts';
import { categories, keyboardLayouts, OrderField } from '../vocabulary.ts';
import { differingFields, OrderChoice } from './choice.ts';

/** What the two modals hand to each other when one replaces the other in place. */
export const ModalCarry = z.object({ approver: SlackUserId.nullable(), note: z.string(), words: z.string() });
export type ModalCarry = DeepReadonly<z.infer<typeof ModalCarry>>;

/** What submitting **Order equipment** means. */
export const OrderPurpose = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add') }),
  z.object({ kind: z.literal('edit'), row: RowKey }),
  /** A device that Fleet holds and we do not know: what Fleet does not return is asked for. */
  z.object({ kind: z.literal('complete_found'), productId: FleetProductId }),
]);
export type OrderPurpose = DeepReadonly<z.infer<typeof OrderPurpose>>;

/**
 * The turn in which each field last got a value that the person did not give it. It is part of the block's id
 * (`product.3`): under the same id Slack would keep showing, and send, the value from before.
 */
const FieldTurns = z.partialRecord(OrderField, z.string());
export type FieldTurns = Readonly<z.infer<typeof FieldTurns>>;

/** What an open **Order equipment** carries in its signed metadata. */
export const OrderMemory = z.object({
  /** As the last view showed it: what has changed since is told by comparing. Only words that the form can label. */
  choice: OrderChoice.extend({
    category: z.enum(categories).nullable(),
    keyboardLayout: z.enum(keyboardLayouts).nullable(),
  }),
  purpose: OrderPurpose,
  turns: FieldTurns,
  carry: ModalCarry,
});
export type OrderMemory = DeepReadonly<z.infer<typeof OrderMemory>>;

export const noCarry: ModalCarry = { approver: null, note: '', words: '' };

/** What the person has on screen right now, as far as Slack's memory of it matters. */
interface OnScreen {
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
  for (const field of OrderField.options) {
    if (different.has(field) || screen.odd.has(field) || !screen.fields.has(field)) next[field] = turn;
  }
  return next;
}

/** For a form that is drawn anew in a modal: the modal had fields before, and nothing that stood in them may come back. */
export function turnsOfNewForm(turn: string): FieldTurns {
  return Object.fromEntries(OrderField.options.map((field) => [field, turn]));
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
