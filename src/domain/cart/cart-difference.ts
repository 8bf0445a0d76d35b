import { z } from 'zod';
import { FleetProductId } from '../ids.ts';
import { Money } from '../order/order-line.ts';
import type { DeepReadonly } from '../schema.ts';

export const CountedProduct = z.object({
  productId: FleetProductId.nullable(),
  name: z.string().nullable(),
  count: z.number(),
});
export type CountedProduct = DeepReadonly<z.infer<typeof CountedProduct>>;

/** How Fleet's cart differs from what we know of it. Names are Fleet's own, for showing. */
export const CartDifference = z.object({
  missing: z.array(CountedProduct),
  extra: z.array(CountedProduct),
  total: z.object({ from: Money.nullable(), to: Money.nullable() }).nullable(),
});
export type CartDifference = DeepReadonly<z.infer<typeof CartDifference>>;
