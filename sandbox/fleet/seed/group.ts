import type { ProductGroup } from '../model.ts';
import type { Category } from '../vocabulary.ts';
import type { ProductDraft } from './product.ts';

export type GroupDraft = Omit<ProductGroup, 'img_url'> & { readonly products: readonly ProductDraft[] };

export function group(
  id: number,
  name: string | null,
  brand: string | null,
  category: Category,
  products: readonly ProductDraft[],
): GroupDraft {
  return { id, name, brand, category, products };
}
