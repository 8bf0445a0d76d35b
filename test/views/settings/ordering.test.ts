import { describe, expect, it } from 'vitest';
import type { FleetProductGroupId } from '../../../src/domain/ids.ts';
import { defaultSettings, type Settings } from '../../../src/domain/settings/settings.ts';
import { notAChoiceText } from '../../../src/views/cart/trouble.ts';
import type { FieldState } from '../../../src/views/settings/fields.ts';
import { orderingFields, readOrdering } from '../../../src/views/settings/ordering.ts';
import { euros } from '../../domain/a-line.ts';
import { aForm, fieldOf } from './a-form.ts';

const group = (id: number) => id as FleetProductGroupId;
const fields = (over: Partial<Settings> = {}) =>
  orderingFields({ ...defaultSettings, ...over }, 7, new Map([[group(12), 'MacBook Air']]));

describe('the fields of what can be ordered', () => {
  it('show that everything is offered, without a limit', () => {
    const chosen = { text: { text: 'Lease' }, value: 'LEASING' };

    expect(fieldOf(fields(), 'default_mode')).toMatchObject({ initial_option: chosen });
    expect(fieldOf(fields(), 'settings_categories')).not.toHaveProperty('initial_options');
    expect(fieldOf(fields(), 'settings_product_groups')).not.toHaveProperty('initial_options');
    expect(fieldOf(fields(), 'price_limits')).not.toHaveProperty('initial_value');
  });

  it('show what is offered; a product whose name is not known has its number', () => {
    const blocks = fields({
      defaultMode: 'BUY',
      categories: ['COMPUTER', 'SCREEN'],
      productGroups: [group(12), group(13)],
      priceLimits: [{ ...euros('2000'), mode: 'BUY' }, { ...euros('80'), mode: 'LEASING' }, euros('50')],
    });

    expect(fieldOf(blocks, 'default_mode')).toHaveProperty('initial_option.value', 'BUY');
    expect(fieldOf(blocks, 'settings_categories')).toMatchObject({
      initial_options: [{ text: { text: 'Computer' } }, { text: { text: 'Screen' } }],
    });
    expect(fieldOf(blocks, 'settings_product_groups')).toMatchObject({
      initial_options: [
        { text: { text: 'MacBook Air' }, value: '12' },
        { text: { text: 'Product 13' }, value: '13' },
      ],
    });
    expect(fieldOf(blocks, 'price_limits')).toHaveProperty(
      'initial_value',
      'EUR 2000 once\nEUR 80 a month\nEUR 50 once or a month',
    );
  });
});

describe('what can be ordered as it is sent', () => {
  const some = (...values: string[]) => ({ selected_options: values.map((value) => ({ value })) });
  const sent = (over: Readonly<Record<string, FieldState>> = {}) =>
    aForm({ default_mode: { selected_option: { value: 'LEASING' } }, ...over });

  it('offers everything where nothing is chosen', () => {
    expect(readOrdering(sent())).toEqual({
      ok: true,
      change: { defaultMode: 'LEASING', categories: null, productGroups: null, priceLimits: [] },
    });
  });

  it('offers what is chosen', () => {
    const form = sent({
      settings_categories: some('SCREEN'),
      settings_product_groups: some('12'),
      price_limits: { value: 'EUR 2000 once' },
    });

    expect(readOrdering(form)).toMatchObject({
      change: { categories: ['SCREEN'], productGroups: [12], priceLimits: [{ ...euros('2000'), mode: 'BUY' }] },
    });
  });

  it.each([
    ['settings_product_groups', some('12', 'says')],
    // Taken for none chosen, it would offer every product.
    ['settings_product_groups', some('says')],
    ['settings_categories', some('SCREEN', 'HOLOGRAM')],
    ['settings_categories', some('HOLOGRAM')],
  ])('refuses in %s what is none of the choices: %j', (field, state) => {
    expect(readOrdering(sent({ [field]: state }))).toEqual({ ok: false, errors: { [`${field}.7`]: notAChoiceText } });
  });

  it.each([
    [
      'neither lease nor buy',
      { default_mode: { selected_option: null } },
      { 'default_mode.7': 'Choose Lease or Buy.' },
    ],
    [
      'another mode',
      { default_mode: { selected_option: { value: 'RENT' } } },
      { 'default_mode.7': 'Choose Lease or Buy.' },
    ],
    [
      'a limit that may be a price or a monthly one',
      { price_limits: { value: 'EUR 2000' } },
      { 'price_limits.7': 'Write “once” or “a month” after the amount of “EUR 2000”.' },
    ],
    [
      'a limit that cannot be read',
      { price_limits: { value: 'EURO 2000' } },
      { 'price_limits.7': "“EURO” isn't a currency code." },
    ],
  ])('is refused with %s', (_, over, errors) => {
    expect(readOrdering(sent(over))).toEqual({ ok: false, errors });
  });
});
