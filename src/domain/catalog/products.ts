import type { FleetProductId } from '../ids.ts';
import { foldName } from '../name-match.ts';
import { type Category, isCategory } from '../vocabulary.ts';
import type { ProductGroup } from './catalog.ts';

export interface LabelledProduct {
  readonly productId: FleetProductId;
  readonly name: string | null;
  readonly characteristics: Readonly<Record<string, string>>;
}

/** The characteristics people look at first; the others follow by name. */
const first = ['processor', 'ram', 'storage', 'screen_size', 'graphic', 'connectivity', 'color', 'quality'];
/** Characteristics whose values need no label. */
const speaksForItself = new Set([...first, 'definition', 'connection_type', 'dimensions', 'equipment_sub_type']);

/**
 * What distinguishes each product from the others in its group: "M4 · 16 GB · 512 GB". Empty for the only product.
 */
export function configurationDetails(products: readonly LabelledProduct[]): ReadonlyMap<FleetProductId, string> {
  if (products.length < 2) return new Map(products.map(({ productId }) => [productId, '']));
  const keys = differingKeys(products);
  const details = products.map((product) => ({ product, detail: detailOf(product, keys) }));
  return new Map(details.map(({ product, detail }) => [product.productId, distinct(product, detail, details)]));
}

/** The product's name in the select. Never empty. */
export function configurationLabel(product: LabelledProduct, detail: string | undefined): string {
  return detail || nameOf(product);
}

function differingKeys(products: readonly LabelledProduct[]): readonly string[] {
  const keys = new Set(products.flatMap(({ characteristics }) => Object.keys(characteristics)));
  const differing = [...keys].filter((key) => new Set(products.map((one) => one.characteristics[key])).size > 1);
  return differing.sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1));
}

function rankOf(key: string): number {
  const rank = first.indexOf(key);
  return rank === -1 ? first.length : rank;
}

function detailOf({ characteristics }: LabelledProduct, keys: readonly string[]): string {
  return keys
    .map((key) => characteristicText(key, characteristics[key] ?? ''))
    .filter((part) => part !== '')
    .join(' · ');
}

function characteristicText(key: string, value: string): string {
  const words = key.replace(/^has_/, '').replaceAll('_', ' ');
  if (value === 'true') return `with ${words}`;
  if (value === 'false') return `without ${words}`;
  return value === '' || speaksForItself.has(key) ? value : `${words} ${value}`;
}

/** Products that Fleet describes alike are distinguished by name, and if that is the same too, by id. */
function distinct(
  product: LabelledProduct,
  detail: string,
  details: readonly { readonly product: LabelledProduct; readonly detail: string }[],
): string {
  const alike = details.filter((one) => one.detail === detail);
  if (alike.length === 1) return detail === '' ? nameOf(product) : detail;
  const name = nameOf(product);
  const isNamesake = alike.filter((one) => nameOf(one.product) === name).length > 1;
  return [detail, isNamesake ? `${name} (${product.productId})` : name].filter((part) => part !== '').join(' · ');
}

function nameOf({ name, productId }: LabelledProduct): string {
  const shownName = (name ?? '').trim();
  return shownName === '' ? `Product ${productId}` : shownName;
}

/** Never empty: a group without a name is shown by its id. */
export function groupName({ name, brand, productGroupId }: ProductGroup): string {
  const shown = (name ?? '').trim();
  return shown === '' ? [brand?.trim(), `product ${productGroupId}`].filter(Boolean).join(' ') : shown;
}

/** Every word must occur in name, brand or category. Names that start with the typed words come first. */
export function findProducts(
  groups: readonly ProductGroup[],
  { words, category }: { readonly words: string; readonly category: Category | null },
): readonly ProductGroup[] {
  const wanted = foldName(words).split(' ').filter(Boolean);
  const found = groups
    .filter((group) => category === null || group.category === category)
    .map((group) => ({ group, name: foldName(groupName(group)), text: searchText(group) }))
    .filter(({ text }) => wanted.every((word) => text.includes(word)));
  const typed = wanted.join(' ');
  const rank = (name: string) => (name === typed ? 0 : name.startsWith(typed) ? 1 : 2);
  found.sort((one, other) => rank(one.name) - rank(other.name) || byName.compare(one.name, other.name));
  return found.map(({ group }) => group);
}

/** The non-empty categories. One that this release doesn't know is left out, because it has no label. */
export function categoriesOf(groups: readonly ProductGroup[]): readonly Category[] {
  return [...new Set(groups.map(({ category }) => category ?? ''))].filter(isCategory).sort();
}

const byName = new Intl.Collator('en', { numeric: true });

function searchText(group: ProductGroup): string {
  const category = (group.category ?? '').replaceAll('_', ' ');
  return foldName(`${groupName(group)} ${group.brand ?? ''} ${category}`);
}
