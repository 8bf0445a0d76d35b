import { describe, expect, it } from 'vitest';
import {
  checkOrderChoice,
  differingFields,
  emptyChoice,
  isQuantity,
  resolveChoice,
  type StatedChoice,
} from '../../src/domain/order-form/choice.ts';
import { OrderField } from '../../src/domain/vocabulary.ts';
import { aChoice, addressId, country, fleetUserId, groupId, productId } from './an-order-form.ts';

/** Everything of `aChoice` as it stands on screen. */
const onScreen: StatedChoice = {
  deliveryCountry: country('DE'),
  category: 'COMPUTER',
  productGroupId: groupId(12),
  productId: productId(34),
  keyboardLayout: 'GERMAN_QWERTZ',
  quantity: 2,
  assignee: { kind: 'me' },
  shippingAddressId: addressId(7),
  mode: 'LEASING',
};

describe('settling what stands on screen', () => {
  it('changes nothing when nothing was touched', () => {
    const settled = resolveChoice(aChoice(), onScreen);

    expect(settled.choice).toEqual(aChoice());
    expect(settled.changed.size).toBe(0);
  });

  it('clears configuration and layout with the country; whether it has the product and address is for the offer', () => {
    const settled = resolveChoice(aChoice(), { ...onScreen, deliveryCountry: country('FR'), quantity: 5 });

    expect(settled.choice).toEqual(
      aChoice({
        deliveryCountry: country('FR'),
        quantity: 5,
        productId: null,
        keyboardLayout: null,
      }),
    );
    expect(settled.onScreen).toEqual(aChoice({ deliveryCountry: country('FR'), quantity: 5 }));
    expect([...settled.changed]).toEqual(['delivery_country', 'quantity']);
  });

  it('keeps a product that was picked before the form of the new country was drawn; the catalog decides', () => {
    const settled = resolveChoice(aChoice(), {
      ...onScreen,
      deliveryCountry: country('FR'),
      productGroupId: groupId(99),
    });

    expect(settled.choice).toMatchObject({ productGroupId: 99, productId: null, keyboardLayout: null });
  });

  it('clears product, configuration and layout with the category, and keeps the address', () => {
    const settled = resolveChoice(aChoice(), { ...onScreen, category: 'SCREEN' });

    expect(settled.choice).toEqual(
      aChoice({ category: 'SCREEN', productGroupId: null, productId: null, keyboardLayout: null }),
    );
  });

  it('takes "All categories" as none', () => {
    expect(resolveChoice(aChoice(), { ...onScreen, category: 'every' }).choice.category).toBeNull();
  });

  it('clears configuration and layout with the product', () => {
    const settled = resolveChoice(aChoice(), { ...onScreen, productGroupId: groupId(13) });

    expect(settled.choice).toEqual(aChoice({ productGroupId: groupId(13), productId: null, keyboardLayout: null }));
  });

  it('keeps the layout with another configuration: whether it fits is for the offer to say', () => {
    const settled = resolveChoice(aChoice(), { ...onScreen, productId: productId(35) });

    expect(settled.choice).toEqual(aChoice({ productId: productId(35) }));
  });

  it('takes what Slack leaves out of an untouched field from the view before', () => {
    const settled = resolveChoice(aChoice(), {
      deliveryCountry: null,
      category: null,
      productGroupId: null,
      productId: null,
      keyboardLayout: null,
      quantity: null,
      assignee: null,
      shippingAddressId: null,
      mode: null,
    });

    expect(settled.choice).toEqual(aChoice());
  });

  it('never sends the value of a field that is not on screen', () => {
    const settled = resolveChoice(aChoice(), { deliveryCountry: country('DE') });

    expect(settled.onScreen).toMatchObject({
      productGroupId: null,
      productId: null,
      keyboardLayout: null,
      shippingAddressId: null,
    });
  });

  it("takes Fleet's default address as none", () => {
    const settled = resolveChoice(aChoice(), { ...onScreen, shippingAddressId: 'fleets_default' });

    expect(settled.choice.shippingAddressId).toBeNull();
    expect([...settled.changed]).toEqual(['ship_to']);
  });

  it('keeps the name of the same person, and takes none for another: the directory has it', () => {
    const ben = { kind: 'person', fleetUserId: fleetUserId(3), name: 'Ben Martin' } as const;
    const stated = (id: number) => ({ kind: 'person', fleetUserId: fleetUserId(id), name: '' }) as const;
    const settle = (id: number) => resolveChoice(aChoice({ assignee: ben }), { ...onScreen, assignee: stated(id) });

    expect(settle(3).choice.assignee).toEqual(ben);
    expect(settle(4).choice.assignee).toEqual(stated(4));
    expect(resolveChoice(aChoice(), { ...onScreen, assignee: stated(4) }).choice.assignee).toEqual(stated(4));
  });

  it('tells people apart by their Fleet user and not by name', () => {
    const anna = { kind: 'person', fleetUserId: fleetUserId(1), name: 'Anna' } as const;

    expect(differingFields(aChoice({ assignee: anna }), aChoice({ assignee: { ...anna, name: 'Anna B' } }))).toEqual(
      [],
    );
    expect(
      differingFields(aChoice({ assignee: anna }), aChoice({ assignee: { ...anna, fleetUserId: fleetUserId(2) } })),
    ).toEqual(['assignee']);
  });
});

describe('checking a choice', () => {
  const everything = new Set<OrderField>(OrderField.options);
  const none: ReadonlySet<OrderField> = new Set();
  const check = (change: Parameters<typeof aChoice>[0], onScreen: ReadonlySet<OrderField> = everything, odd = none) =>
    Object.fromEntries(checkOrderChoice(aChoice(change), { onScreen, odd }));

  it('finds nothing wrong with a full one', () => {
    expect(check({})).toEqual({});
  });

  it('asks for a product first', () => {
    expect(check({ productGroupId: null, productId: null, keyboardLayout: null })).toEqual({
      product: 'choose_product',
    });
    expect(
      Object.fromEntries(checkOrderChoice(emptyChoice(country('DE'), 'BUY'), { onScreen: everything, odd: none })),
    ).toEqual({
      product: 'choose_product',
    });
  });

  it('asks for a configuration where the field is on screen, and above the product where it is not yet', () => {
    expect(check({ productId: null })).toEqual({ configuration: 'choose_configuration' });
    expect(check({ productId: null }, new Set(['product']))).toEqual({ product: 'configurations_loading' });
  });

  it('asks for a layout only where the product has one', () => {
    expect(check({ keyboardLayout: null })).toEqual({ keyboard_layout: 'choose_layout' });
    expect(check({ keyboardLayout: null }, new Set(['product', 'configuration']))).toEqual({});
  });

  it.each([
    [0, false],
    [1, true],
    [20, true],
    [21, false],
    [1.5, false],
    [-1, false],
  ])('takes a quantity of %d: %s', (quantity, isRight) => {
    expect(isQuantity(quantity)).toBe(isRight);
    expect(check({ quantity })).toEqual(isRight ? {} : { quantity: 'quantity_out_of_range' });
  });

  it('never takes the earlier choice where the field sends none of its choices', () => {
    expect(check({}, everything, new Set(['assignee', 'ship_to']))).toEqual({
      assignee: 'not_a_choice',
      ship_to: 'not_a_choice',
    });
    expect(check({ productGroupId: null }, everything, new Set(['product']))).toEqual({ product: 'not_a_choice' });
  });

  it('names several mistakes at once', () => {
    expect(check({ productGroupId: null, quantity: 0 })).toEqual({
      product: 'choose_product',
      quantity: 'quantity_out_of_range',
    });
  });
});
