import type { Product, ProductGroup } from '../model.ts';
import { categories } from '../vocabulary.ts';
import { type GroupDraft, group } from './group.ts';
import { knownGroups } from './known-catalog.ts';
import { nastyGroups } from './nasty-catalog.ts';
import { aProduct, everywhere } from './product.ts';

const brands = ['acer', 'asus', 'bose', 'hp', 'lg', 'lenovo', 'samsung', 'sony', 'xiaomi', 'a-brand-fleet-added-later'];
const things = ['Dock', 'Stand', 'Screen', 'Chair', 'Headset', 'Charger', 'Tablet', 'Speaker', 'Case', 'Lamp'];

/** Group 250, which a typeahead must find: "Zenith Dock 250", sold everywhere, product 25001. */
function filler(id: number): GroupDraft {
  const thing = things[id % things.length] ?? 'Thing';
  const name = id === 250 ? 'Zenith Dock 250' : `${thing} Series ${String(id).padStart(3, '0')}`;
  const countries =
    id === 250 ? everywhere : everywhere.filter((country, index) => country === 'FR' || (id + index) % 3 > 0);
  const products = Array.from({ length: 1 + (id % 3) }, (_, index) => ({
    ...{ id: id * 100 + index + 1, name: `${name} v${index + 1}`, lease: 2 + (id % 40) + index * 0.1, countries },
    img: id % 4 === 0 ? null : `https://img.fleet.test/products/${id}.png`,
  }));
  return group(id, name, brands[id % brands.length] ?? null, categories[id % categories.length] ?? 'OTHER', products);
}

/** At least the twenty-one known groups. France gets every group up to 250, so group 250 is also its 250th. */
export function aCatalog(groupCount: number): { productGroups: ProductGroup[]; products: Product[] } {
  const known: readonly GroupDraft[] = [...knownGroups, ...nastyGroups];
  const fillers = Array.from({ length: Math.max(0, groupCount - known.length) }, (_, index) =>
    filler(known.length + index + 1),
  );
  const drafts = [
    ...known,
    ...fillers.map((draft) => (draft.id > 250 && draft.id % 5 === 2 ? withoutFrance(draft) : draft)),
  ];
  return {
    productGroups: drafts.map(({ products: _, ...row }) => ({ ...row, img_url: imageOf(row.id) })),
    products: drafts.flatMap((draft) => draft.products.map((product) => aProduct(draft.id, product))),
  };
}

function withoutFrance(draft: GroupDraft): GroupDraft {
  const products = draft.products.map((product) => ({
    ...product,
    countries: (product.countries ?? everywhere).filter((country) => country !== 'FR'),
  }));
  return { ...draft, products };
}

function imageOf(groupId: number): string | null {
  return groupId % 6 === 0 ? null : `https://img.fleet.test/groups/${groupId}.png`;
}
