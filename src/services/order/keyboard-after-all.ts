import type { FleetFailure } from '../../domain/failures/fleet-failure.ts';
import type { KeyboardLayout } from '../../domain/failures/fleet-words.ts';
import type { FleetProductId } from '../../domain/ids.ts';
import type { CatalogProduct } from '../../domain/order/catalog.ts';
import type { ServiceContext } from '../context.ts';
import { knownForADay, rememberForADay } from './known-for-a-day.ts';

const KEY = 'catalog:keyboards-after-all';

/** Fleet's catalog may say that a product has no keyboard, and Fleet then ask which one: what it asks for counts. */
export async function heedingKeyboard(
  context: ServiceContext,
  asked: { readonly productId: FleetProductId; readonly keyboardLayout: KeyboardLayout | null },
  failure: FleetFailure,
): Promise<void> {
  if (!wantsLayout(failure) || asked.keyboardLayout !== null) return;
  await rememberForADay(context, KEY, String(asked.productId));
  context.log.info('Fleet asks for a keyboard layout for a product', { productId: asked.productId });
}

export function wantsLayout(failure: FleetFailure): boolean {
  return failure.kind === 'rejected' && failure.code === 'KEYBOARD_LAYOUT_REQUIRED';
}

export async function withKeyboardsAfterAll(
  context: ServiceContext,
  products: readonly CatalogProduct[],
): Promise<readonly CatalogProduct[]> {
  const without = products.filter(({ hasKeyboard }) => !hasKeyboard).map(({ productId }) => String(productId));
  const afterAll = await knownForADay(context, KEY, without);
  if (afterAll.size === 0) return products;
  return products.map((product) =>
    afterAll.has(String(product.productId)) ? { ...product, hasKeyboard: true } : product,
  );
}
