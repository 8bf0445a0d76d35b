import { describe, expect, it } from 'vitest';
import type { CountryCode, CurrencyCode } from '../../../src/domain/ids.ts';
import { deliveryFields, readDelivery } from '../../../src/views/settings/delivery.ts';
import { mistakeText } from '../../../src/views/settings/fields.ts';
import { aForm, fieldOf } from './a-form.ts';

const countries = [
  { code: 'FR' as CountryCode, currency: 'EUR' as CurrencyCode },
  { code: 'CH' as CountryCode, currency: 'CHF' as CurrencyCode },
];
const form = (typed: string, first: string) =>
  aForm({ settings_countries: { value: typed }, default_country: { value: first } });

describe('the fields of delivery', () => {
  it('show what holds, and no default country where there is none', () => {
    const blocks = (defaultCountry: CountryCode | null) => deliveryFields({ countries, defaultCountry }, 7);

    expect(fieldOf(blocks(null), 'settings_countries')).toHaveProperty('initial_value', 'FR EUR\nCH CHF');
    expect(fieldOf(blocks(null), 'default_country')).not.toHaveProperty('initial_value');
    expect(fieldOf(blocks('CH' as CountryCode), 'default_country')).toHaveProperty('initial_value', 'CH');
  });
});

describe('delivery as it is sent', () => {
  it.each([
    ['', null],
    ['ch', 'CH'],
  ])('has “%s” as default country', (typed, defaultCountry) => {
    expect(readDelivery(form('FR EUR\nCH CHF', typed))).toEqual({ ok: true, change: { countries, defaultCountry } });
  });

  it.each([
    ['no country', '', '', { 'settings_countries.7': 'Enter at least one country.' }],
    ['a country twice', 'FR EUR\nFR EUR', '', { 'settings_countries.7': '“FR” is listed twice.' }],
    [
      'a default that is no country',
      'FR EUR',
      'QX',
      { 'default_country.7': expect.stringContaining('the code of a country') },
    ],
    [
      'a default that is not delivered to',
      'FR EUR',
      'DE',
      { 'default_country.7': expect.stringContaining('the code of a country') },
    ],
  ])('with %s is refused at its field', (_, typed, first, errors) => {
    expect(readDelivery(form(typed, first))).toEqual({ ok: false, errors });
  });
});

describe('what cannot be understood', () => {
  it.each([
    // Of a price limit too, where it may well be two words.
    ['unreadable', 'EUR 2.000', /^“EUR 2\.000” can't be read\. Write one per line, as the hint shows\.$/u],
    ['unknown_country', 'UK', /Did you mean GB\?$/u],
    ['unknown_country', 'FRANCE', /^“FRANCE” isn't a country code\.$/u],
    ['unknown_currency', 'EURO', /^“EURO” isn't a currency code\.$/u],
    ['twice', 'FR', /^“FR” is listed twice\.$/u],
    ['too_many', '101', /^101 lines are too many: the limit is 100\.$/u],
    ['unreadable', 'x'.repeat(1_000), /^“x{39}…” can't/u],
    ['unreadable', '💻'.repeat(1_000), /^“(?:💻){19}…” can't/u],
  ] as const)('%s is named as it was typed', (kind, words, sentence) => {
    expect(mistakeText({ kind, words })).toMatch(sentence);
  });
});
