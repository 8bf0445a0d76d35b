import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { KeyboardLayout } from '../../domain/failures/fleet-words.ts';
import type { FleetProductId } from '../../domain/ids.ts';
import type { CatalogProduct } from '../../domain/order/catalog.ts';
import type { ServiceContext } from '../context.ts';
import { keepForADay, knownForADay } from './known-for-a-day.ts';

const KEY = 'catalog:keyboards-after-all';

/** Fleet's catalog may say that a product has no keyboard, and Fleet then ask which one: what it asks for counts. */
export async function heedingKeyboard(
  context: ServiceContext,
  asked: { readonly productId: FleetProductId; readonly keyboardLayout: KeyboardLayout | null },
  failure: FleetFailure,
): Promise<void> {
  if (!wantsLayout(failure) || asked.keyboardLayout !== null) return;
  await keepForADay(context, KEY, String(asked.productId));
  context.log.info('Fleet asks for a keyboard layout for a product', { productId: asked.productId });
}

export function wantsLayout(failure: FleetFailure): boolean {
  return failure.kind === 'rejected' && failure.code === 'KEYBOARD_LAYOUT_REQUIRED';
}

export async function withKeyboardsAfterAll(
  context: ServiceContext,
  products: readonly CatalogProduct[],
): Promise<readonly CatalogProduct[]> {
  if (products.every(({ hasKeyboard }) => hasKeyboard)) return products;
  const isAfterAll = await knownForADay(context, KEY);
  return products.map((product) =>
    isAfterAll(String(product.productId)) ? { ...product, hasKeyboard: true } : product,
  );
}
