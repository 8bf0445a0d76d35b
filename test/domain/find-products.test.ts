import { describe, expect, it } from 'vitest';
import { categoriesOf, findProducts, groupName, type ProductGroup } from '../../src/domain/catalog/products.ts';
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
