import { z } from 'zod';
import type { CountryCode, FleetProductGroupId } from '../../domain/ids.ts';
import { CatalogProduct } from '../../domain/order/catalog.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { heedingCountry, lifetimes, readThrough } from './catalog.ts';
import { withKeyboardsAfterAll } from './keyboard-after-all.ts';

/** The products of a group in a country, asked for when the group is chosen. */
export async function listConfigurations(
  context: ServiceContext,
  asked: { readonly deliveryCountry: CountryCode; readonly productGroupId: FleetProductGroupId },
): Promise<FleetResult<readonly CatalogProduct[]>> {
  const { deliveryCountry, productGroupId } = asked;
  const key = `catalog:products:${deliveryCountry}:${productGroupId}`;
  const kept = { key, schema: z.array(CatalogProduct), ...lifetimes.products };
  const answer = await readThrough<readonly CatalogProduct[]>(context, kept, (urgency) =>
    context.fleet.listProducts(asked, urgency),
  );
  const heeded = await heedingCountry(context, deliveryCountry, answer);
  return heeded.ok ? { ok: true, value: await withKeyboardsAfterAll(context, heeded.value) } : heeded;
}
