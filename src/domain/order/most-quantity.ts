import type { DraftCart } from '../cart/cart.ts';
import { MAX_QUANTITY } from './order-form.ts';
import { rowKeyOf } from './order-line.ts';
import { editingOf } from './order-memory.ts';

/** 20 at a time. A row that came to more by adding keeps all of its devices when something else in it is edited. */
export function mostQuantity(draft: DraftCart | null, editing: string | null): number {
  const now = draft === null || editing === null ? 0 : devicesIn(draft, editing);
  return Math.max(now, MAX_QUANTITY);
}

function devicesIn({ lines, standing, fleetHolds }: DraftCart, editing: string): number {
  const found = standing === 'found' ? (fleetHolds?.productIds ?? []) : [];
  const isFound = (productId: (typeof found)[number]) =>
    productId !== null && editing === editingOf({ kind: 'complete_found', productId });
  return lines.filter((line) => rowKeyOf(line) === editing).length + found.filter(isFound).length;
}
