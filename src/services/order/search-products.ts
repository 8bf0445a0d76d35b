import type { Category } from '../../domain/failures/fleet-words.ts';
import type { CountryCode } from '../../domain/ids.ts';
import type { ProductGroup } from '../../domain/order/catalog.ts';
import { findProducts } from '../../domain/order/find-products.ts';
import type { ServiceContext } from '../context.ts';
import { listProductGroupsWhileTyping } from './list-product-groups.ts';

export type FoundProducts =
  | { readonly kind: 'found'; readonly groups: readonly ProductGroup[] }
  /** Not kept yet, or Fleet does not answer: not the same as nothing being there. */
  | { readonly kind: 'not_loaded' };

/** What somebody types into **Product**, answered from what is kept. `words`: what it is narrowed to until they type. */
export async function searchProducts(
  context: ServiceContext,
  asked: {
    readonly country: CountryCode;
    readonly category: Category | null;
    readonly words: string;
    readonly typed: string;
  },
): Promise<FoundProducts> {
  const settings = await context.store.settings();
  const groups = await listProductGroupsWhileTyping(context, asked.country, settings);
  if (!groups.ok) return { kind: 'not_loaded' };
  const words = asked.typed.trim() === '' ? asked.words : asked.typed;
  return { kind: 'found', groups: findProducts(groups.value, { words, category: asked.category }) };
}
