import { foldName, isOneEditAway, looseSpelling, rankOf as rankName } from '../name-match.ts';
import type { Category } from '../vocabulary.ts';
import { categoriesByWord, fillers } from './category-words.ts';
import { groupName, type ProductGroup } from './products.ts';

interface WantedWord {
  readonly word: string;
  /** Empty: the word names no category. */
  readonly categories: readonly string[];
}

interface SearchedGroup {
  readonly group: ProductGroup;
  /** Both folded. */
  readonly name: string;
  readonly text: string;
}

/**
 * Every word must occur in name, brand or category, or name the category: "laptop" finds every computer. If nothing is
 * found, each word may have one misspelling. Names that start with the typed words come first.
 */
export function findProducts(
  groups: readonly ProductGroup[],
  { words, category }: { readonly words: string; readonly category: Category | null },
): readonly ProductGroup[] {
  const typed = foldName(words);
  const wanted = wantedWords(typed);
  const searched = groups
    .filter((group) => category === null || group.category === category)
    .map((group) => searchedGroup(group));
  const found = searched.filter(
    (one) => wanted.every((word) => hasWord(one, word)) || rankName(one.name, typed) !== null,
  );
  const matches = found.length > 0 ? found : findMisspelt(searched, wanted);
  const isCategory = wanted.length > 0 && wanted.every(({ categories }) => categories.length > 0);
  const ranked = matches.map((one) => ({
    ...one,
    rank: isCategory && wanted.every((word) => isOf(one.group, word)) ? -1 : rankOf(one.name, typed),
  }));
  ranked.sort((one, other) => one.rank - other.rank || byName.compare(one.name, other.name));
  return ranked.map(({ group }) => group);
}

/** Whether the words are the product's own, and more than the name of a category. A misspelling names nothing. */
export function isNamedBy(group: ProductGroup, words: string): boolean {
  const typed = foldName(words);
  const wanted = wantedWords(typed);
  const own = wanted.filter(({ categories }) => categories.length === 0);
  const { name, text } = searchedGroup(group);
  const isWhole = wanted.every(({ word }) => text.includes(word)) && own.some(({ word }) => name.includes(word));
  return own.length > 0 && (isWhole || rankName(name, typed) !== null);
}

function wantedWords(typed: string): readonly WantedWord[] {
  const words = withoutFillers(typed.split(' ').filter(Boolean));
  return words.map((word) => ({ word, categories: categoriesNamed(word) }));
}

function searchedGroup(group: ProductGroup): SearchedGroup {
  const name = foldName(groupName(group));
  const category = (group.category ?? '').replaceAll('_', ' ').toLowerCase();
  return { group, name, text: `${name} ${foldName(group.brand ?? '')} ${category}` };
}

/** The name of a category is not looked for in the names of others: "phone" is no headphone. */
function hasWord(searched: SearchedGroup, wanted: WantedWord): boolean {
  if (wanted.categories.length === 0) return searched.text.includes(wanted.word);
  return isOf(searched.group, wanted) || searched.name.includes(wanted.word);
}

function isOf({ category }: ProductGroup, { categories }: WantedWord): boolean {
  return category !== null && categories.includes(category);
}

/** Numbers and short words are never misspelt: "14" is not "16". */
const MISSPELT = /^\p{L}{4,}$/u;

function findMisspelt(searched: readonly SearchedGroup[], wanted: readonly WantedWord[]): readonly SearchedGroup[] {
  if (!wanted.some(({ word }) => MISSPELT.test(word))) return [];
  const tried = wanted.map(({ word, categories }) => {
    if (categories.length > 0 || !MISSPELT.test(word))
      return (one: SearchedGroup) => hasWord(one, { word, categories });
    const near = { word, categories: categoriesNearly(word) };
    return (one: SearchedGroup) =>
      isOf(one.group, near) ||
      one.text.includes(word) ||
      one.text.split(' ').some((other) => isOneEditAway(word, other));
  });
  return searched.filter((one) => tried.every((isFound) => isFound(one)));
}

function rankOf(name: string, typed: string): number {
  const rank = rankName(name, typed);
  if (rank === 0 || rank === 1) return rank;
  return rank === 4 ? 3 : 2;
}

const byName = new Intl.Collator('en', { numeric: true });

/** Words without those that say nothing, if one of them names a category. */
function withoutFillers(words: readonly string[]): readonly string[] {
  const telling = words.filter((word) => !fillers.has(word));
  return telling.some((word) => categoriesNamed(word).length > 0) ? telling : words;
}

/** The categories that a folded word names, also in the plural. Empty: it names none. */
function categoriesNamed(word: string): readonly Category[] {
  const key = looseSpelling(word);
  for (const singular of [key, key.replace(/[esnx]$/, ''), key.replace(/e[sn]$/, '')]) {
    const named = categoriesByWord.get(singular);
    if (named !== undefined) return named;
  }
  return [];
}

/** The same for a word with one misspelling. */
function categoriesNearly(word: string): readonly Category[] {
  const key = looseSpelling(word);
  const near = [...categoriesByWord].filter(([known]) => known.length > 3 && isOneEditAway(key, known));
  return [...new Set(near.flatMap(([, categories]) => categories))];
}
