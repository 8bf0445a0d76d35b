import { z } from 'zod';
import type { CountryCode, FleetProductGroupId, FleetProductId } from '../../domain/ids.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { CatalogProduct } from '../../fleet/schema.ts';
import type { ServiceContext } from '../context.ts';
import { heedingCountry, lifetimes, readThrough, storedId } from './catalog.ts';
import { withKeyboardsAfterAll } from './keyboard-after-all.ts';

const Products = z.array(
  z.object({
    productId: storedId<FleetProductId>(),
    name: z.string().nullable(),
    hasKeyboard: z.boolean(),
    keyboardLayouts: z.array(z.string()),
    imageUrl: z.string().nullable(),
    productGroupId: storedId<FleetProductGroupId>().nullable(),
    characteristics: z.record(z.string(), z.string()),
  }),
);

/** The products of a group in a country, asked for when the group is chosen. */
export async function listConfigurations(
  context: ServiceContext,
  asked: { readonly deliveryCountry: CountryCode; readonly productGroupId: FleetProductGroupId },
): Promise<FleetResult<readonly CatalogProduct[]>> {
  const { deliveryCountry, productGroupId } = asked;
  const key = `catalog:products:${deliveryCountry}:${productGroupId}`;
  const kept = { key, schema: Products.readonly(), ...lifetimes.products };
  const answer = await readThrough<readonly CatalogProduct[]>(context, kept, (urgency) =>
    context.fleet.listProducts(asked, urgency),
  );
  const heeded = await heedingCountry(context, deliveryCountry, answer);
  return heeded.ok ? { ok: true, value: await withKeyboardsAfterAll(context, heeded.value) } : heeded;
}
