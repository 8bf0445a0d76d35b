import { describe, expect, it } from 'vitest';
import type { ProductGroup } from '../../src/domain/catalog/products.ts';
import {
  goneFields,
  type OfferedProduct,
  withChoiceKept,
  withinAddresses,
  withinGroups,
  withinProducts,
  withLayoutToChoose,
  withPriceToAsk,
} from '../../src/domain/order-form/offer.ts';
import { keyboardLayouts } from '../../src/domain/vocabulary.ts';
import { aLine } from './a-line.ts';
import { aChoice, addressId, aForm, anEmptyForm, country, groupId, productId } from './an-order-form.ts';

const group = (id: number, name: string, category: string): ProductGroup => ({
  productGroupId: groupId(id),
  name,
  brand: null,
  category,
  imageUrl: null,
});
const groups = [
  group(12, 'MacBook Air', 'COMPUTER'),
  group(13, 'MacBook Pro', 'COMPUTER'),
  group(14, 'Dell', 'SCREEN'),
];

const product = (id: number, more: Partial<OfferedProduct> = {}): OfferedProduct => ({
  productId: productId(id),
  name: 'MacBook Air',
  characteristics: { ram: `${id} GB` },
  hasKeyboard: true,
  keyboardLayouts: ['GERMAN_QWERTZ', 'FRENCH_AZERTY'],
  imageUrl: null,
  ...more,
});

it('lets people choose any keyboard for what has none by the catalog, with the usual one chosen', () => {
  const hidden = aForm({ layouts: null, choice: aChoice({ deliveryCountry: country('CH'), keyboardLayout: null }) });

  const form = withLayoutToChoose(hidden);

  expect(form.layouts).toEqual(keyboardLayouts);
  expect(form).toMatchObject({ price: { kind: 'asking' }, choice: { keyboardLayout: 'SWISS_QWERTZ' } });
});

describe('within the product groups of the country', () => {
  it('keeps what is offered', () => {
    const form = withinGroups(aForm({ productGroupName: null }), groups, false);

    expect(form.choice).toEqual(aChoice());
    expect(form).toMatchObject({
      productGroupName: 'MacBook Air',
      productsOffered: 2,
      categories: ['COMPUTER', 'SCREEN'],
    });
  });

  it('drops a product that is not, with its configuration and layout', () => {
    const form = withinGroups(aForm({ choice: aChoice({ productGroupId: groupId(99) }) }), groups, false);

    expect(form.choice).toEqual(aChoice({ productGroupId: null, productId: null, keyboardLayout: null }));
    expect(form.productGroupName).toBeNull();
  });

  it('drops a category that has nothing there', () => {
    const form = withinGroups(aForm({ choice: aChoice({ category: 'DESK' }) }), groups, false);

    expect(form.choice.category).toBeNull();
    expect(form.productsOffered).toBe(3);
  });

  it('chooses the single match of a new form', () => {
    const form = withinGroups(anEmptyForm({ words: 'dell' }), groups, true);

    expect(form.choice.productGroupId).toBe(14);
    expect(form.productGroupName).toBe('Dell');
  });

  it.each([
    ['two match', 'macbook', true],
    ['none matches', 'chair', true],
    ['the single match is one of a category', 'screen', true],
    ['nothing was typed', '', true],
    ['the country was changed meanwhile', 'dell', false],
  ])('chooses nothing when %s', (_, words, isNew) => {
    expect(withinGroups(anEmptyForm({ words }), groups, isNew).choice.productGroupId).toBeNull();
  });
});

describe('where Fleet does not say what it offers', () => {
  const line = aLine({ productGroupId: groupId(12), productId: productId(34), configuration: 'M4 · 16 GB' });

  it('configuration and layout stay on screen, called as in the row that is edited', () => {
    const form = withChoiceKept(anEmptyForm({ choice: aChoice() }), line);

    expect(form).toMatchObject({
      isOfferUnknown: true,
      choice: aChoice(),
      productGroupName: line.productName,
      configurations: [{ productId: 34, label: 'M4 · 16 GB' }],
      layouts: ['GERMAN_QWERTZ'],
    });
    expect(goneFields({ ...form, addresses: aForm().addresses })).toEqual([]);
  });

  it.each([
    ['in a new form', null, null],
    ['with another configuration', { ...line, productId: productId(35) }, line.productName],
    ['with another product', { ...line, productGroupId: groupId(13), productId: productId(35) }, null],
  ])('they have no name %s', (_, edited, productGroupName) => {
    expect(withChoiceKept(anEmptyForm({ choice: aChoice() }), edited)).toMatchObject({
      productGroupName,
      configurations: [{ productId: 34, label: '' }],
    });
  });

  it('a name that the catalog gave stays, and what was not chosen is not asked for', () => {
    const withoutLayout = withChoiceKept(aForm({ choice: aChoice({ keyboardLayout: null }) }), line);
    const withoutProduct = withChoiceKept(anEmptyForm(), line);

    expect(withoutLayout).toMatchObject({ productGroupName: 'MacBook Air', layouts: null });
    expect(withoutProduct).toMatchObject({ configurations: null, layouts: null });
  });
});

describe('within the configurations', () => {
  it('keeps what is chosen and lists them in order', () => {
    const form = withinProducts(aForm(), [product(34), product(8)]);

    expect(form.configurations?.map(({ label }) => label)).toEqual(['8 GB', '34 GB']);
    expect(form.layouts).toEqual(['FRENCH_AZERTY', 'GERMAN_QWERTZ']);
    expect(form.choice).toEqual(aChoice());
  });

  it('chooses a single one, with the usual keyboard of the country', () => {
    const form = withinProducts(aForm({ choice: aChoice({ productId: null, keyboardLayout: null }) }), [product(34)]);

    expect(form.choice).toMatchObject({ productId: 34, keyboardLayout: 'GERMAN_QWERTZ' });
  });

  it('chooses none of several', () => {
    const form = withinProducts(aForm({ choice: aChoice({ productId: null }) }), [product(1), product(2)]);

    expect(form.choice).toMatchObject({ productId: null, keyboardLayout: null });
    expect(form.layouts).toBeNull();
  });

  it('keeps a layout that this one does not come with, as gone, and asks for no price until another is chosen', () => {
    const form = withinProducts(aForm({ choice: aChoice({ keyboardLayout: 'SPANISH_QWERTY' }) }), [
      product(34),
      product(8),
    ]);

    expect(form.choice.keyboardLayout).toBe('SPANISH_QWERTY');
    expect(goneFields(form)).toEqual(['keyboard_layout']);
    expect(withPriceToAsk(form).price).toMatchObject({ why: { kind: 'layout_missing' } });
  });

  it('has no layout without a keyboard', () => {
    const form = withinProducts(aForm(), [product(34, { hasKeyboard: false, keyboardLayouts: [] })]);

    expect(form.layouts).toBeNull();
    expect(form.choice.keyboardLayout).toBeNull();
  });
});

describe('within the addresses', () => {
  const addresses = [{ addressId: addressId(7), label: 'Office Berlin' }];

  it('keeps one that is offered', () => {
    const form = withinAddresses(aForm(), { addresses, leftOut: 2, isWhole: true });

    expect(form).toMatchObject({ addresses, addressesLeftOut: 2, choice: { shippingAddressId: 7 } });
    expect(goneFields(form)).toEqual([]);
  });

  it.each([{ addresses }, { addresses: [] }])('never ships to the default instead of one that is gone: %j', (left) => {
    const elsewhere = aForm({ choice: aChoice({ shippingAddressId: addressId(9) }) });

    const form = withinAddresses(elsewhere, { ...left, leftOut: 0, isWhole: true });

    expect(form.choice.shippingAddressId).toBe(9);
    expect(form.addresses).toEqual(left.addresses);
    expect(goneFields(form)).toEqual(['ship_to']);
  });

  it('keeps the one chosen before where there are more than the form can show', () => {
    const elsewhere = aForm({ choice: aChoice({ shippingAddressId: addressId(9) }) });

    expect(goneFields(withinAddresses(elsewhere, { addresses, leftOut: 1, isWhole: true }))).toEqual([]);
  });

  it('hides the field where none is offered', () => {
    expect(withinAddresses(anEmptyForm(), { addresses: [], leftOut: 0, isWhole: true }).addresses).toBeNull();
  });

  it('keeps the one chosen before where Fleet may have more than we read', () => {
    const elsewhere = aForm({ choice: aChoice({ shippingAddressId: addressId(9) }) });

    const form = withinAddresses(elsewhere, { addresses, leftOut: 0, isWhole: false });

    expect(form.addresses).toEqual([{ addressId: 9, label: null }, ...addresses]);
    expect(form).toMatchObject({ areAddressesWhole: false, choice: { shippingAddressId: 9 } });
    expect(withinAddresses(aForm(), { addresses, leftOut: 0, isWhole: false })).toMatchObject({
      addresses,
      choice: { shippingAddressId: 7 },
    });
  });

  it('keeps the one chosen before where Fleet does not say which there are', () => {
    const form = withinAddresses(aForm(), null);

    expect(form.addresses).toEqual([{ addressId: 7, label: null }]);
    expect(form.choice.shippingAddressId).toBe(7);
    expect(withinAddresses(anEmptyForm(), null).addresses).toBeNull();
  });
});

it('knows a country that the settings no longer have as gone, and no choice as nothing that could be', () => {
  expect(goneFields(aForm({ countries: [country('FR')] }))).toEqual(['delivery_country']);
  expect(goneFields(anEmptyForm())).toEqual([]);
});

it('asks for a price once everything is chosen that it depends on', () => {
  expect(withPriceToAsk(aForm()).price).toEqual({ kind: 'asking' });
  expect(withPriceToAsk(anEmptyForm()).price).toEqual({ kind: 'nothing_chosen' });
  expect(withPriceToAsk(aForm({ choice: aChoice({ keyboardLayout: null }) })).price).toMatchObject({
    kind: 'unknown',
    why: { kind: 'layout_missing' },
  });
  const withoutKeyboard = aForm({ choice: aChoice({ keyboardLayout: null }), layouts: null });
  expect(withPriceToAsk(withoutKeyboard).price).toEqual({ kind: 'asking' });
});
