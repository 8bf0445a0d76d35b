import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoriesByWord, fillers } from '../../src/domain/catalog/category-words.ts';
import { groupName, type ProductGroup } from '../../src/domain/catalog/products.ts';
import { findProducts } from '../../src/domain/catalog/search.ts';
import {
  createTextIndex,
  findByName,
  foldName,
  isOneEditAway,
  looseSpelling,
  rankOf,
} from '../../src/domain/name-match.ts';
import { groupId } from './an-order-form.ts';

// Few letters, so that words occur in each other, with what is folded, spelled loosely or written as one.
const syllable = fc.constantFrom('a', 'ä', 'ae', 'aa', 'b', 'ba', 'ob', 'O’', 'ß', '1', '14', 'x1', '小', 'p', 'lap');
const word = fc.oneof(
  { weight: 4, arbitrary: fc.array(syllable, { minLength: 1, maxLength: 4 }).map((some) => some.join('')) },
  { weight: 1, arbitrary: fc.constantFrom('laptop', 'laptops', 'screen', 'dell', 'dock', 'new', 'a', 'docking', '-') },
);
const text = fc.array(word, { maxLength: 4 }).map((words) => words.join(' '));
const runs = { numRuns: 600 };

describe('people', () => {
  it('are found as by looking at each of them', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 40 }), text, fc.integer({ min: 0, max: 12 }), (names, words, limit) => {
        const people = names.map((name, id) => ({ id, name }));
        const wanted = foldName(words);
        const plain = people
          .flatMap((person) => {
            const rank = rankOf(foldName(person.name), wanted);
            return rank === null ? [] : [{ person, rank, folded: foldName(person.name) }];
          })
          .sort(
            (one, other) =>
              one.rank - other.rank || Number(one.folded > other.folded) - Number(one.folded < other.folded),
          )
          .map(({ person }) => person);

        expect(findByName(people)(words, limit)).toEqual(plain.slice(0, limit));
      }),
      runs,
    );
  });
});

describe('products', () => {
  const category = fc.constantFrom('COMPUTER', 'SCREEN', 'ADAPTER', 'HOLOGRAM', null);
  const products = fc
    .array(fc.record({ name: fc.option(text), brand: fc.option(word), category }), { maxLength: 40 })
    .map((rows) => rows.map((row, at): ProductGroup => ({ ...row, productGroupId: groupId(at + 1), imageUrl: null })));

  it('are found as by looking at each of them', () => {
    fc.assert(
      fc.property(products, text, fc.constantFrom('COMPUTER', 'SCREEN', null), (groups, words, within) => {
        const asked = { words, category: within } as const;

        expect(findProducts(groups, asked)).toEqual(plainSearch(groups, asked));
      }),
      runs,
    );
  });
});

const byName = new Intl.Collator('en', { numeric: true });

/** What a search means, without anything prepared. */
function plainSearch(
  groups: readonly ProductGroup[],
  asked: { readonly words: string; readonly category: string | null },
) {
  const typed = foldName(asked.words);
  const all = typed.split(' ').filter(Boolean);
  const telling = all.filter((one) => !fillers.has(one));
  const wanted = telling.some((one) => named(one).length > 0) ? telling : all;
  const rows = groups
    .filter((group) => asked.category === null || group.category === asked.category)
    .map((group) => {
      const name = foldName(groupName(group));
      const kind = (group.category ?? '').replaceAll('_', ' ').toLowerCase();
      return { group, name, text: `${name} ${foldName(group.brand ?? '')} ${kind}` };
    });
  type Row = (typeof rows)[number];
  const isOf = ({ group }: Row, categories: readonly string[]) => categories.some((one) => one === group.category);
  const has = (row: Row, one: string) =>
    named(one).length === 0 ? row.text.includes(one) : isOf(row, named(one)) || row.name.includes(one);
  const nearly = (row: Row, one: string) => {
    if (named(one).length > 0 || !/^\p{L}{4,}$/u.test(one)) return has(row, one);
    const key = looseSpelling(one);
    const near = [...categoriesByWord].filter(([known]) => known.length > 3 && isOneEditAway(key, known));
    const categories = near.flatMap(([, those]) => those);
    return (
      isOf(row, categories) || row.text.includes(one) || row.text.split(' ').some((other) => isOneEditAway(one, other))
    );
  };
  const spelled = rows.filter((row) => wanted.every((one) => has(row, one)) || rankOf(row.name, typed) !== null);
  const isMisspelt = spelled.length === 0 && wanted.some((one) => /^\p{L}{4,}$/u.test(one));
  const found = isMisspelt ? rows.filter((row) => wanted.every((one) => nearly(row, one))) : spelled;
  const rankIn = (row: Row) => {
    if (wanted.length > 0 && wanted.every((one) => named(one).length > 0 && isOf(row, named(one)))) return -1;
    const rank = rankOf(row.name, typed);
    if (rank === 4) return 3;
    return rank === 0 || rank === 1 ? rank : 2;
  };
  return found
    .map((row) => ({ row, rank: rankIn(row) }))
    .sort((one, other) => one.rank - other.rank || byName.compare(one.row.name, other.row.name))
    .map(({ row }) => row.group);
}

function named(word: string): readonly string[] {
  const key = looseSpelling(word);
  const singulars = [key, key.replace(/[esnx]$/, ''), key.replace(/e[sn]$/, '')];
  return singulars.map((one) => categoriesByWord.get(one)).find((those) => those !== undefined) ?? [];
}

describe('the index of texts', () => {
  const texts = Array.from({ length: 5_000 }, (_, at) => `device series ${at} brand${at % 7}`);
  const index = createTextIndex(texts);

  it('looks at a handful of five thousand texts for a word that few of them have', () => {
    const places = [...(index.containing(['series', '4321']) ?? [])];

    expect(places).toContain(4_321);
    expect(places.length).toBeLessThan(50);
  });

  it('confuses hardly any pair of letters with those that every text has', () => {
    const things = ['dock', 'stand', 'screen', 'chair', 'headset', 'charger', 'tablet', 'speaker', 'case', 'lamp'];
    const names = Array.from({ length: 5_000 }, (_, at) => `${things[at % things.length]} series ${at} brand`);
    const index = createTextIndex(names);
    const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
    const pairs = letters.flatMap((one) => letters.map((other) => one + other));
    const absent = pairs.filter((pair) => !names.some((one) => one.includes(pair)));

    const confused = absent.filter((pair) => (index.containing([pair])?.length ?? 0) > 400);

    expect(absent.length).toBeGreaterThan(800);
    expect(confused.length).toBeLessThan(10);
  });

  it('knows more texts than sixteen bits count', () => {
    const many = createTextIndex(Array.from({ length: 2 ** 16 + 2 }, (_, at) => (at > 2 ** 16 ? 'zebra' : 'horse')));

    expect([...(many.containing(['zebra']) ?? [])]).toEqual([2 ** 16 + 1]);
  });

  it('names no places for words of one letter, nor for none', () => {
    expect(index.containing(['s', '4'])).toBeNull();
    expect(index.containing([])).toBeNull();
  });
});
