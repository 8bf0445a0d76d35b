import { z } from 'zod';
import { FleetProductId, SlackUserId } from '../ids.ts';
import { RowKey } from '../line.ts';
import { categories, type DeepReadonly, keyboardLayouts, OrderField } from '../vocabulary.ts';
import { differingFields, OrderChoice } from './choice.ts';

/** What the two modals pass on when one replaces the other. */
export const ModalCarry = z.object({
  approver: SlackUserId.nullable(),
  note: z.string(),
  words: z.string(),
  /** The note's field was on screen: if it is empty, the person emptied it. */
  isNoteShown: z.literal(true).exactOptional(),
});
export type ModalCarry = DeepReadonly<z.infer<typeof ModalCarry>>;

/** What submitting **Order equipment** means. */
export const OrderPurpose = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add') }),
  z.object({ kind: z.literal('edit'), row: RowKey }),
  /** A device in Fleet's cart that we know nothing about: the form asks for what Fleet does not return. */
  z.object({ kind: z.literal('complete_found'), productId: FleetProductId }),
]);
export type OrderPurpose = DeepReadonly<z.infer<typeof OrderPurpose>>;

/**
 * A field's generation: it changes when we give the field a value that the person did not choose. It is part of the
 * block's id (`product.3`), because under the same id Slack keeps showing and sending the old value.
 */
const FieldGenerations = z.partialRecord(OrderField, z.string());
export type FieldGenerations = Readonly<z.infer<typeof FieldGenerations>>;

/** What an open **Order equipment** carries in its signed metadata. */
export const OrderMemory = z.object({
  /** As the last view showed it: comparing tells what changed since. Only values that the form can label. */
  choice: OrderChoice.extend({
    category: z.enum(categories).nullable(),
    keyboardLayout: z.enum(keyboardLayouts).nullable(),
  }),
  purpose: OrderPurpose,
  turns: FieldGenerations,
  carry: ModalCarry,
});
export type OrderMemory = DeepReadonly<z.infer<typeof OrderMemory>>;

export const noCarry: ModalCarry = { approver: null, note: '', words: '' };

/** What the person has on screen, as far as Slack remembers it. */
interface OnScreen {
  readonly choice: OrderChoice;
  readonly fields: ReadonlySet<OrderField>;
  /** Fields whose value is not one we offered. */
  readonly invalid: ReadonlySet<OrderField>;
}

/**
 * Fields that will show another value than they do now (or none, if theirs is gone) get the new generation; the others keep theirs, so Slack keeps
 * what was typed. `generation` must be unique for each action: two concurrent actions that shared one would leave the
 * first one's value in the second one's field.
 */
export function nextGenerations(
  previous: FieldGenerations,
  screen: OnScreen,
  choice: OrderChoice,
  generation: string,
  gone: readonly OrderField[] = [],
): FieldGenerations {
  const different = new Set([...differingFields(screen.choice, choice), ...gone]);
  const next: Partial<Record<OrderField, string>> = { ...previous };
  for (const field of OrderField.options) {
    if (different.has(field) || screen.invalid.has(field) || !screen.fields.has(field)) next[field] = generation;
  }
  return next;
}

/** For a form redrawn in a modal that already had fields: none of their values may come back. */
export function generationsOfNewForm(generation: string): FieldGenerations {
  return Object.fromEntries(OrderField.options.map((field) => [field, generation]));
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
