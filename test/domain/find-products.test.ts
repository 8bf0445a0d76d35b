import { describe, expect, it, vi } from 'vitest';
import { groupName, type ProductGroup } from '../../src/domain/catalog/products.ts';
import { categoriesOf, findProducts, isNamedBy, prepareSearch } from '../../src/domain/catalog/search.ts';
import { groupId } from './an-order-form.ts';

const group = (id: number, name: string | null, more: Partial<ProductGroup> = {}): ProductGroup => ({
  productGroupId: groupId(id),
  name,
  brand: null,
  category: null,
  imageUrl: null,
  ...more,
});
const all = [
  group(1, 'MacBook Pro 14', { brand: 'apple', category: 'COMPUTER' }),
  group(2, 'Pro Display', { brand: 'apple', category: 'SCREEN' }),
  group(3, 'MacBook Air', { brand: 'apple', category: 'COMPUTER' }),
  group(4, 'Écran 27″', { brand: 'dell', category: 'SCREEN' }),
  group(5, 'Écran 9″', { brand: 'dell', category: 'SCREEN' }),
];
const names = (words: string, category: 'SCREEN' | null = null) =>
  findProducts(all, { words, category }).map(({ name }) => name);

describe('finding products', () => {
  it.each([
    ['', ['Écran 9″', 'Écran 27″', 'MacBook Air', 'MacBook Pro 14', 'Pro Display']],
    ['macbook', ['MacBook Air', 'MacBook Pro 14']],
    ['AIR macbook', ['MacBook Air']],
    ['ecran 27', ['Écran 27″']],
    ['apple', ['MacBook Air', 'MacBook Pro 14', 'Pro Display']],
    ['computer', ['MacBook Air', 'MacBook Pro 14']],
    // Names that begin with it come first.
    ['pro', ['Pro Display', 'MacBook Pro 14']],
    ['macbook dell', []],
    ['macbookpro', ['MacBook Pro 14']],
  ])('for "%s" finds %j', (words, found) => {
    expect(names(words)).toEqual(found);
  });

  it('puts the exact name first', () => {
    const found = findProducts([group(1, 'Dock Pro'), group(2, 'Dock')], { words: 'dock', category: null });

    expect(found.map(({ name }) => name)).toEqual(['Dock', 'Dock Pro']);
  });

  it('puts what is spelled as typed before what is joined', () => {
    const both = [group(1, 'Apple MacBook Pro'), group(2, 'Sleeve for MacBookPro')];

    const found = findProducts(both, { words: 'macbookpro', category: null });

    expect(found.map(({ productGroupId }) => productGroupId)).toEqual([2, 1]);
  });

  it('keeps to a category', () => {
    expect(names('', 'SCREEN')).toEqual(['Écran 9″', 'Écran 27″', 'Pro Display']);
  });

  it('finds the 250th of 250', () => {
    const many = Array.from({ length: 250 }, (_, index) => group(index + 1, `Device ${index + 1}`));

    expect(findProducts(many, { words: 'device 250', category: null })).toHaveLength(1);
  });
});

it('prepares a list once, and lets others have their turn meanwhile', async () => {
  const list = [...all];
  const turn = vi.fn(async () => undefined);

  await prepareSearch(list, turn);
  expect(turn).toHaveBeenCalledTimes(2);
  await prepareSearch(list, turn);

  expect(turn).toHaveBeenCalledTimes(2);
  expect(findProducts(list, { words: 'macbook', category: null })).toHaveLength(2);
});

describe('the name of a category', () => {
  const catalog = [
    group(1, 'MacBook Pro 14', { brand: 'apple', category: 'COMPUTER' }),
    group(2, 'Surface Laptop 7', { brand: 'microsoft', category: 'COMPUTER' }),
    group(3, 'ThinkPad X1 Carbon', { brand: 'lenovo', category: 'COMPUTER' }),
    group(4, 'UltraSharp 27', { brand: 'dell', category: 'SCREEN' }),
    group(5, 'Monitor arm', { brand: 'ergotron', category: 'OTHER' }),
    group(6, 'Evolve2 65', { brand: 'jabra', category: 'HEADPHONES' }),
    group(7, 'Galaxy S25', { brand: 'samsung', category: 'SMARTPHONE' }),
    group(8, 'Framery One', { brand: 'framery', category: 'PHONEBOOTH' }),
    group(9, 'Lamp without a category'),
    group(10, 'Wireless charger', { category: 'CHARGER' }),
  ];
  const find = (words: string) => findProducts(catalog, { words, category: null }).map(({ name }) => name);
  const computers = ['MacBook Pro 14', 'Surface Laptop 7', 'ThinkPad X1 Carbon'];

  it.each([
    ['laptop', computers],
    ['a laptop', computers],
    ['I need a new laptop', computers],
    ['Laptops', computers],
    ['ordinateur portable', computers],
    ['Notebooks', computers],
    ['portátil', computers],
    // Its own products first, then whatever else is called so.
    ['monitor', ['UltraSharp 27', 'Monitor arm']],
    ['screen', ['UltraSharp 27']],
    ['écran', ['UltraSharp 27']],
    ['Bildschirme', ['UltraSharp 27']],
    ['headset', ['Evolve2 65']],
    ['Kopfhoerer', ['Evolve2 65']],
    ['phone', ['Galaxy S25']],
    ['mobile phones', ['Galaxy S25']],
    ['dell monitor', ['UltraSharp 27']],
    ['laptop 7', ['Surface Laptop 7']],
    ['lamp', ['Lamp without a category']],
  ])('finds all of it: "%s"', (words, found) => {
    expect(find(words)).toEqual(found);
  });

  it.each([
    ['macbok', ['MacBook Pro 14']],
    ['thinkpd x1', ['ThinkPad X1 Carbon']],
    ['htinkpad', ['ThinkPad X1 Carbon']],
    ['surfacee', ['Surface Laptop 7']],
    ['glaxy', ['Galaxy S25']],
    ['samsong', ['Galaxy S25']],
    ['laptpo', computers],
    ['lenovo lpatop', computers.slice(2)],
    ['apple laptop macbok', ['MacBook Pro 14']],
    // Numbers and short words are taken as they are, and a word is misspelt once at most.
    ['macbook pro 16', []],
    ['macbok 16', []],
    ['thnkpd', []],
    ['jbar', []],
    ['z1', []],
  ])('is found, as a product is, with one misspelling: "%s"', (words, found) => {
    expect(find(words)).toEqual(found);
  });

  it.each([
    ['surface laptop', 2, true],
    ['a surface laptop', 2, true],
    ['dell ultrasharp', 4, true],
    ['macbookpro', 1, true],
    ['laptop', 2, false],
    ['a laptop', 2, false],
    ['screen', 4, false],
    ['dell screen', 4, false],
    ['dell', 4, false],
    ['macbok', 1, false],
  ])('"%s" names the product %i: %s', (words, id, isNamed) => {
    expect(catalog.filter(({ productGroupId }) => productGroupId === id).map((one) => isNamedBy(one, words))).toEqual([
      isNamed,
    ]);
  });
});

it('calls a group without a name by its brand and number', () => {
  expect(groupName(group(7, null))).toBe('product 7');
  expect(groupName(group(7, ' ', { brand: 'dell' }))).toBe('dell product 7');
  expect(groupName(group(7, ' Dock '))).toBe('Dock');
});

it('lists each known category once, in order', () => {
  expect(categoriesOf([...all, group(6, 'X', { category: 'HOLOGRAM' }), group(7, 'Y')])).toEqual([
    'COMPUTER',
    'SCREEN',
  ]);
});
