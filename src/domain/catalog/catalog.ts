import { z } from 'zod';
import { FleetProductGroupId, FleetProductId } from '../ids.ts';
import type { DeepReadonly } from '../schema.ts';

/** A family of products, as the catalog lists them. */
export const ProductGroup = z.object({
  productGroupId: FleetProductGroupId,
  name: z.string().nullable(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  imageUrl: z.string().nullable(),
});
export type ProductGroup = DeepReadonly<z.infer<typeof ProductGroup>>;

export const CatalogProduct = z.object({
  productId: FleetProductId,
  name: z.string().nullable(),
  hasKeyboard: z.boolean(),
  /** Empty if Fleet names none. With `hasKeyboard`, empty means that the allowed layouts are unknown. */
  keyboardLayouts: z.array(z.string()),
  imageUrl: z.string().nullable(),
  productGroupId: FleetProductGroupId.nullable(),
  /** Fleet's non-empty `characteristics` by Fleet's key, as text. */
  characteristics: z.record(z.string(), z.string()),
});
export type CatalogProduct = DeepReadonly<z.infer<typeof CatalogProduct>>;

export const Pricing = z.object({
  /** Major units of the currency asked for: monthly for LEASING, purchase price for BUY. A decimal as text. */
  amount: z.string(),
  minShipping: z.number().nullable(),
  maxShipping: z.number().nullable(),
});
export type Pricing = DeepReadonly<z.infer<typeof Pricing>>;
