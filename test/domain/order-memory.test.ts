import { expect, it } from 'vitest';
import { editingOf, generationsOfNewForm, nextGenerations } from '../../src/domain/order-form/choice.ts';
import { OrderField } from '../../src/domain/vocabulary.ts';
import { aChoice, country, productId } from './an-order-form.ts';

const everything = new Set<OrderField>(OrderField.options);
const nothing = new Set<OrderField>();

it('gives a new turn to exactly the fields that show something else than what stands in them', () => {
  const seen = aChoice({ deliveryCountry: country('FR') });
  const drawn = aChoice({
    deliveryCountry: country('FR'),
    productGroupId: null,
    productId: null,
    keyboardLayout: null,
  });

  const turns = nextGenerations(
    { product: '1', quantity: '1' },
    { choice: seen, fields: everything, invalid: nothing },
    drawn,
    '2',
  );

  expect(turns).toEqual({ product: '2', configuration: '2', keyboard_layout: '2', quantity: '1' });
});

it('gives a new turn to a field that holds no choice, and to one that was not on screen', () => {
  const fields = new Set(everything);
  fields.delete('keyboard_layout');

  const turns = nextGenerations(
    {},
    { choice: aChoice(), fields, invalid: new Set<OrderField>(['product']) },
    aChoice(),
    '9',
  );

  expect(turns).toEqual({ product: '9', keyboard_layout: '9' });
});

it('gives a new turn to a field whose choice is gone, so that Slack stops showing it', () => {
  const screen = { choice: aChoice(), fields: everything, invalid: nothing };

  expect(nextGenerations({}, screen, aChoice(), '9', ['ship_to'])).toEqual({ ship_to: '9' });
});

it('gives every field of a form that is drawn anew the same new turn', () => {
  const turns = generationsOfNewForm('4f');

  expect(Object.keys(turns)).toEqual(OrderField.options);
  expect(new Set(Object.values(turns))).toEqual(new Set(['4f']));
});

it('is Save for what is in the cart already', () => {
  expect(editingOf({ kind: 'add' })).toBeNull();
  expect(editingOf({ kind: 'edit', row: 'a|b' })).toBe('a|b');
  expect(editingOf({ kind: 'complete_found', productId: productId(5) })).toBe('found|5');
});
