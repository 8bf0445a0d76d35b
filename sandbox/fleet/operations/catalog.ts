import { isServed } from '../countries.ts';
import type { Product, ProductGroup } from '../model.ts';
import { pageFields, pageReply } from '../paging.ts';
import { filledText, object, oneOf, text } from '../parse.ts';
import { type Reply, reject } from '../rejection.ts';
import type { Rules } from '../rules.ts';
import { categories } from '../vocabulary.ts';
import { type Call, pathId, type World } from '../world.ts';
import { characteristicsOf } from './characteristics.ts';

const GroupQuery = object(
  { delivery_country: text },
  { ...pageFields, category: oneOf(categories), brand: filledText, search: filledText },
);

export function listProductGroups({ state, rules }: World, call: Call): Reply {
  const query = GroupQuery(call.query, 'query');
  const country = servedCountry(query.delivery_country);
  const words = query.search?.toLowerCase();
  const matches = state.productGroups.filter(
    (group) =>
      (query.category === undefined || group.category === query.category) &&
      (query.brand === undefined || group.brand === query.brand) &&
      (words === undefined || matchesWords(group, words)) &&
      productsIn(state.productsByGroup.get(group.id), country).length > 0,
  );
  return pageReply(matches, query, (group) => groupRow(group, rules), 20);
}

const ProductQuery = object({ delivery_country: text }, {});

/** No paging and no `meta`: the API reference has neither here. */
export function listProducts({ state, rules }: World, call: Call): Reply {
  const country = servedCountry(ProductQuery(call.query, 'query').delivery_country);
  const products = state.productsByGroup.get(pathId(call, 'product_group_id'));
  if (!products) return reject(404, 'PRODUCT_NOT_FOUND');
  return { status: 200, body: { data: productsIn(products, country).map((product) => productRow(product, rules)) } };
}

function servedCountry(country: string): string {
  return isServed(country) ? country : reject(404, 'DELIVERY_COUNTRY_NOT_FOUND');
}

function productsIn(products: readonly Product[] = [], country: string): Product[] {
  return products.filter((product) => product.countries.includes(country));
}

function matchesWords(group: ProductGroup, words: string): boolean {
  return [group.name, group.brand].some((field) => field?.toLowerCase().includes(words));
}

function groupRow({ name, ...rest }: ProductGroup, rules: Rules): Record<string, unknown> {
  return { ...rest, [rules.groupNameField]: name };
}

function productRow(product: Product, rules: Rules): Record<string, unknown> {
  const hasKeyboard = product.hasKeyboard && product.tellsKeyboard;
  const layouts = hasKeyboard && product.listsLayouts ? { keyboard_layouts: product.layouts } : {};
  const isOnTheRow = rules.keyboardLayoutsIn === 'product';
  return {
    id: product.id,
    name: product.name,
    has_keyboard: hasKeyboard,
    img_url: product.imgUrl,
    product_group_id: product.groupId,
    characteristics: { ...characteristicsOf(product), ...(isOnTheRow ? {} : layouts) },
    ...(isOnTheRow ? layouts : {}),
  };
}
