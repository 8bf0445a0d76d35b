import {
  alphabetical,
  createTextIndex,
  foldName,
  isOneEditAway,
  looseSpelling,
  narrowedTo,
  rankingBy,
  type SearchedName,
  searchedName,
  type TextIndex,
} from '../name-match.ts';
import { type Category, isCategory } from '../vocabulary.ts';
import { categoriesByWord, fillers } from './category-words.ts';
import { groupName, type ProductGroup } from './products.ts';

interface WantedWord {
  readonly word: string;
  /** Empty: the word names no category. */
  readonly categories: readonly string[];
}

interface SearchedGroup extends SearchedName {
  readonly group: ProductGroup;
  /** Folded, as the name is. */
  readonly text: string;
}

/** A list prepared for many searches. All are in the order of the names. */
interface SearchedList {
  readonly groups: readonly ProductGroup[];
  readonly searched: readonly SearchedGroup[];
  readonly ofCategory: ReadonlyMap<
    string,
    { readonly groups: readonly ProductGroup[]; readonly places: readonly number[] }
  >;
  readonly categories: readonly Category[];
  readonly index: () => TextIndex;
  /** Every word of the texts, once. */
  readonly words: () => readonly string[];
}

const prepared = new WeakMap<readonly ProductGroup[], SearchedList>();

/** Prepared once for each list, which must not be changed afterwards: the lists that are kept are searched often. */
function searchedList(groups: readonly ProductGroup[]): SearchedList {
  const known = prepared.get(groups);
  if (known !== undefined) return known;
  const list = prepare(groups);
  prepared.set(groups, list);
  return list;
}

/** Prepares a list in steps, so that others have their turn between them. */
export async function prepareSearch(groups: readonly ProductGroup[], turn: () => Promise<unknown>): Promise<void> {
  if (prepared.has(groups)) return;
  await turn();
  const { index } = searchedList(groups);
  await turn();
  index();
}

function prepare(groups: readonly ProductGroup[]): SearchedList {
  const searched = inOrder(groups.map(searchedGroup));
  const ofCategory = new Map<string, { readonly groups: ProductGroup[]; readonly places: number[] }>();
  for (const [place, { group }] of searched.entries()) {
    const category = group.category ?? '';
    const those = ofCategory.get(category) ?? { groups: [], places: [] };
    those.groups.push(group);
    those.places.push(place);
    ofCategory.set(category, those);
  }
  return {
    groups: searched.map(({ group }) => group),
    searched,
    ofCategory,
    categories: [...ofCategory.keys()].filter(isCategory).sort(),
    index: once(() => createTextIndex(searched.map(({ text, joined }) => `${text} ${joined}`))),
    words: once(() => [...new Set(searched.flatMap(({ text }) => text.split(' ')))]),
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The non-empty categories. One that this release doesn't know is left out, because it has no label. */
export function categoriesOf(groups: readonly ProductGroup[]): readonly Category[] {
  return searchedList(groups).categories;
}

/**
 * Every word must occur in name, brand or category, or name the category: "laptop" finds every computer. If nothing is
 * found, each word may have one misspelling. Names that start with the typed words come first.
 */
export function findProducts(
  groups: readonly ProductGroup[],
  { words, category }: { readonly words: string; readonly category: Category | null },
): readonly ProductGroup[] {
  const list = searchedList(groups);
  const typed = foldName(words);
  if (typed === '') return category === null ? list.groups : (list.ofCategory.get(category)?.groups ?? []);
  const wanted = wantedWords(typed);
  const ranking = rankingBy(typed);
  const isOffered = ({ group }: SearchedGroup) => category === null || group.category === category;
  const found = candidates(list, wanted, ranking).filter(
    (one) => isOffered(one) && (wanted.every((word) => hasWord(one, word)) || ranking.rank(one) !== null),
  );
  const matches = found.length > 0 ? found : findMisspelt(list, wanted).filter(isOffered);
  const areCategories = wanted.every(({ categories }) => categories.length > 0);
  // By rank, and in the order of the list within each.
  const ranked: ProductGroup[][] = [[], [], [], [], []];
  for (const one of matches) {
    const isOfCategory = areCategories && wanted.every((word) => isOf(one.group, word));
    ranked[isOfCategory ? 0 : 1 + shownRank(ranking.rank(one))]?.push(one.group);
  }
  return ranked.flat();
}

/** At least every product that matches, in order, mostly without looking at the others. */
function candidates(
  { searched, ofCategory, index }: SearchedList,
  wanted: readonly WantedWord[],
  { words, loose }: ReturnType<typeof rankingBy>,
): readonly SearchedGroup[] {
  const named = wanted.map(({ word, categories }) => ({
    word,
    ofCategory: categories.flatMap((category) => ofCategory.get(category)?.places ?? []),
  }));
  const inText = named.filter((one) => one.ofCategory.length === 0).map(({ word }) => word);
  return narrowedTo(searched, [
    index().containing(words),
    index().containing(loose),
    // Otherwise each word names a category that the list has: one of them narrows it down.
    index().containing(inText.length > 0 ? inText : named.slice(0, 1).map(({ word }) => word)),
    ...(inText.length > 0 ? [] : named.slice(0, 1).map((one) => one.ofCategory)),
  ]);
}

/** Whether the words are the product's own, and more than the name of a category. A misspelling names nothing. */
export function isNamedBy(group: ProductGroup, words: string): boolean {
  const typed = foldName(words);
  const wanted = wantedWords(typed);
  const own = wanted.filter(({ categories }) => categories.length === 0);
  const searched = searchedGroup(group);
  const { name, text } = searched;
  const isWhole = wanted.every(({ word }) => text.includes(word)) && own.some(({ word }) => name.includes(word));
  return own.length > 0 && (isWhole || rankingBy(typed).rank(searched) !== null);
}

function wantedWords(typed: string): readonly WantedWord[] {
  const words = withoutFillers(typed.split(' ').filter(Boolean));
  return words.map((word) => ({ word, categories: categoriesNamed(word) }));
}

function searchedGroup(group: ProductGroup): SearchedGroup {
  const name = foldName(groupName(group));
  const category = (group.category ?? '').replaceAll('_', ' ').toLowerCase();
  return { group, ...searchedName(name), text: `${name} ${foldName(group.brand ?? '')} ${category}` };
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

function findMisspelt(list: SearchedList, wanted: readonly WantedWord[]): readonly SearchedGroup[] {
  if (!wanted.some(({ word }) => MISSPELT.test(word))) return [];
  const tried = wanted.map((one) => {
    const { word, categories } = one;
    if (categories.length > 0 || !MISSPELT.test(word)) return (group: SearchedGroup) => hasWord(group, one);
    const near = { word, categories: categoriesNearly(word) };
    const nearWords = list.words().filter((other) => isOneEditAway(word, other));
    const hasNearWord = (text: string) => nearWords.some((other) => text.includes(` ${other} `));
    return ({ group, text }: SearchedGroup) =>
      isOf(group, near) || text.includes(word) || (nearWords.length > 0 && hasNearWord(` ${text} `));
  });
  return list.searched.filter((one) => tried.every((isFound) => isFound(one)));
}

function shownRank(rank: number | null): number {
  if (rank === 0 || rank === 1) return rank;
  return rank === 4 ? 3 : 2;
}

/** Plain names have a key that sorts as the collator does: it takes ten times as long. */
function inOrder(searched: readonly SearchedGroup[]): readonly SearchedGroup[] {
  return searched
    .map((one) => ({ one, key: sortKey(one.name) }))
    .sort((a, b) => {
      if (a.key === null || b.key === null) return alphabetical.compare(a.one.name, b.one.name);
      return Number(a.key > b.key) - Number(a.key < b.key);
    })
    .map(({ one }) => one);
}

/** Longer numbers are greater, and zeros in front don't count. Null: not only letters, digits and spaces. */
function sortKey(name: string): string | null {
  if (!/^[a-z\d ]*$/.test(name) || /\d{40}/.test(name)) return null;
  return name.replace(/\d+/g, (digits) => {
    const number = digits.replace(/^0+/, '');
    return String.fromCharCode(48 + number.length) + number;
  });
}

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
