import type { FleetProductId } from '../ids.ts';
import type { Money } from '../order/order-line.ts';

/** How Fleet's cart differs from what we know of it. Names are Fleet's own, for showing. */
export interface CartDifference {
  readonly missing: readonly CountedProduct[];
  readonly extra: readonly CountedProduct[];
  readonly total: { readonly from: Money | null; readonly to: Money | null } | null;
}

export interface CountedProduct {
  readonly productId: FleetProductId | null;
  readonly name: string | null;
  readonly count: number;
}
