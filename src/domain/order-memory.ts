import type { FleetProductId } from './ids.ts';
import type { OrderChoice, OrderField } from './order-form.ts';
import type { RowKey } from './order-line.ts';
import type { ModalCarry } from './work.ts';

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
