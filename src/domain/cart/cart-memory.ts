import { z } from 'zod';
import { FleetOrderId, RequestId } from '../ids.ts';
import { noCarry } from '../order/order-memory.ts';
import type { DeepReadonly } from '../schema.ts';
import { ModalCarry } from '../work.ts';

/** What an open **Your cart** carries in its signed metadata. */
export const CartMemory = z.object({
  /** Approver and note as last known: what the fields hold now counts more. */
  carry: ModalCarry,
  approverName: z.string().nullable(),
  /** Digest of what was shown: sending goes through only for exactly this. */
  seen: z.string(),
  page: z.int().min(0),
  /** Of the locked cart. */
  requestId: RequestId.nullable(),
  /** `CART_ALREADY_EXISTS`: the cart that was found, and the metadata text of the form that was being submitted. */
  existing: z.object({ fleetOrderId: FleetOrderId, order: z.string() }).nullable(),
});
export type CartMemory = DeepReadonly<z.infer<typeof CartMemory>>;

export const emptyCartMemory: CartMemory = {
  carry: noCarry,
  approverName: null,
  seen: '',
  page: 0,
  requestId: null,
  existing: null,
};
