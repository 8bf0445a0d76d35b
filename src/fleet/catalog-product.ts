import { z } from 'zod';
import type { CatalogProduct } from '../domain/catalog/catalog.ts';
import { FleetProductGroupId, FleetProductId } from '../domain/ids.ts';
import { isCharacteristic, keyboardLayoutsOf, LooseRow } from './inferred.ts';
import { text } from './values.ts';

/** One row of `ListCatalogProductsResponse`. */
export const CatalogProductRow = z
  .looseObject({
    id: FleetProductId,
    name: text,
    has_keyboard: z.boolean().nullish(),
    img_url: text,
    product_group_id: FleetProductGroupId.nullish(),
    characteristics: LooseRow.nullish(),
  })
  .transform((product): CatalogProduct => {
    const characteristics = product.characteristics ?? {};
    const keyboardLayouts = keyboardLayoutsOf(product, characteristics);
    return {
      productId: product.id,
      name: product.name,
      hasKeyboard: product.has_keyboard ?? keyboardLayouts.length > 0,
      keyboardLayouts,
      imageUrl: product.img_url,
      productGroupId: product.product_group_id ?? null,
      characteristics: Object.fromEntries(
        Object.entries(characteristics)
          .filter(([key]) => isCharacteristic(key))
          .map(([key, value]) => [key, characteristicText(value)] as const)
          .filter(([, shown]) => shown !== ''),
      ),
    };
  });

function characteristicText(value: unknown): string {
  if (Array.isArray(value)) {
    return value
      .map(characteristicText)
      .filter((part) => part !== '')
      .join(', ');
  }
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value).trim() : '';
}
