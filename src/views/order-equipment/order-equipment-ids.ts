import { OrderField } from '../../domain/order/order-form.ts';
import type { FieldTurns } from '../../domain/order/order-memory.ts';

/** Values of options that stand for something other than an id of Fleet's. Open modals hold them: they never change. */
export const optionValues = {
  everyCategory: 'every',
  me: 'me',
  nobodyYet: 'nobody_yet',
  fleetsDefault: 'fleets_default',
  /** A row that only says something ("Nothing found …"): choosing it chooses nothing. */
  says: 'says',
} as const;

const FIRST_TURN = '0';

/** `product.3`: under another id Slack forgets what stood in the field. */
export function blockIdOf(field: OrderField, turns: FieldTurns): string {
  return `${field}.${turns[field] ?? FIRST_TURN}`;
}

export function fieldOfBlock(blockId: string): OrderField | null {
  const [name] = blockId.split('.');
  return OrderField.options.find((field) => field === name) ?? null;
}
