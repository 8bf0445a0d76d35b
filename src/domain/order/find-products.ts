import { type Category, isCategory } from '../failures/fleet-words.ts';
import { foldName } from '../name-search.ts';
import type { ProductGroup } from './catalog.ts';

/** Never empty: a group that Fleet gives no name is told by its number. */
export function groupName({ name, brand, productGroupId }: ProductGroup): string {
  const shown = (name ?? '').trim();
  return shown === '' ? [brand?.trim(), `product ${productGroupId}`].filter(Boolean).join(' ') : shown;
}

/** Every word must occur in name, brand or category; names that begin with what was typed come first. */
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

/** Fleet's categories that have something in them; a newer one than this release knows cannot be asked for by name. */
export function categoriesOf(groups: readonly ProductGroup[]): readonly Category[] {
  return [...new Set(groups.map(({ category }) => category ?? ''))].filter(isCategory).sort();
}

const byName = new Intl.Collator('en', { numeric: true });

function searchText(group: ProductGroup): string {
  const category = (group.category ?? '').replaceAll('_', ' ');
  return foldName(`${groupName(group)} ${group.brand ?? ''} ${category}`);
}
