import { z } from 'zod';
import { acquisitionModes, categories, keyboardLayouts } from '../../domain/failures/fleet-words.ts';
import { CatalogProductRow } from '../catalog-product.ts';
import type { Fleet } from '../fleet.ts';
import { ProductGroupRow } from '../inferred.ts';
import { COUNTRY, CURRENCY } from '../parts.ts';
import { readData, readPage, readRows } from '../reading.ts';
import { checked, type FleetRequest, SentId, sentPage } from '../request.ts';
import { type CatalogProduct, type Page, Pricing, type ProductGroup } from '../schema.ts';

type Query<Operation extends keyof Fleet> = Parameters<Fleet[Operation]>[0];

const deliveryCountry = z.string().regex(COUNTRY);

const ProductGroupsQuery = z.strictObject({
  ...sentPage,
  deliveryCountry,
  category: z.enum(categories).optional(),
  search: z.string().min(1).optional(),
});
const ProductsQuery = z.strictObject({ productGroupId: SentId, deliveryCountry });
const PricingQuery = z.strictObject({
  productId: SentId,
  deliveryCountry,
  currency: z.string().regex(CURRENCY),
  acquisitionMode: z.enum(acquisitionModes),
  keyboardLayout: z.enum(keyboardLayouts).optional(),
});

export function listProductGroups(input: Query<'listProductGroups'>): FleetRequest<Page<ProductGroup>> {
  const { deliveryCountry, ...rest } = checked('listProductGroups', ProductGroupsQuery, input);
  return {
    operation: 'listProductGroups',
    method: 'GET',
    path: '/catalog/product-groups',
    query: { delivery_country: deliveryCountry, ...rest },
    read: readPage(ProductGroupRow),
  };
}

/** The one list without pages. */
export function listProducts(input: Query<'listProducts'>): FleetRequest<readonly CatalogProduct[]> {
  const { productGroupId, deliveryCountry } = checked('listProducts', ProductsQuery, input);
  return {
    operation: 'listProducts',
    method: 'GET',
    path: `/catalog/product-groups/${productGroupId}/products`,
    query: { delivery_country: deliveryCountry },
    read: readRows(CatalogProductRow),
  };
}

export function getPricing(input: Query<'getPricing'>): FleetRequest<Pricing> {
  const query = checked('getPricing', PricingQuery, input);
  return {
    operation: 'getPricing',
    method: 'GET',
    path: `/catalog/products/${query.productId}/pricing`,
    query: {
      delivery_country: query.deliveryCountry,
      currency: query.currency,
      acquisition_mode: query.acquisitionMode,
      keyboard_layout: query.keyboardLayout,
    },
    read: readData(Pricing),
  };
}
