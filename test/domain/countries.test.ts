import { describe, expect, it } from 'vitest';
import { countryOfLocale, defaultCountry, layoutsOffered, usualLayout } from '../../src/domain/catalog/products.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { type KeyboardLayout, keyboardLayouts } from '../../src/domain/vocabulary.ts';
import { country } from './an-order-form.ts';

describe('the country of a locale', () => {
  it.each([
    ['de-DE', 'DE'],
    ['de_ch', 'CH'],
    ['zh-Hant-TW', 'TW'],
    ['fr-FR.UTF-8', 'FR'],
    ['en', null],
    ['es-419', null],
    ['es-LA-x', 'LA'],
    ['', null],
  ])('of %s is %s', (locale, code) => {
    expect(countryOfLocale(locale)).toBe(code);
  });
});

describe('the default country', () => {
  const offered = [country('FR'), country('DE'), country('US')];
  const none = { offered, lastUsed: null, fromSettings: null, timeZone: null, locale: null };

  it.each([
    ['the last one used', { ...none, lastUsed: 'US', fromSettings: country('FR'), locale: 'de-DE' }, 'US'],
    ["then the settings'", { ...none, fromSettings: country('FR'), locale: 'de-DE' }, 'FR'],
    ["then the person's own", { ...none, locale: 'de-DE' }, 'DE'],
    [
      "then that of the person's time zone: en-US is what people have who never chose",
      { ...none, timeZone: 'Europe/Berlin', locale: 'en-US' },
      'DE',
    ],
    ['the locale where nobody knows the zone', { ...none, timeZone: 'Etc/UTC', locale: 'en-US' }, 'US'],
    ['then the first one', none, 'FR'],
    ['never one that is not offered', { ...none, lastUsed: 'IT', fromSettings: country('GB'), locale: 'pl-PL' }, 'FR'],
    ['none where none is offered', { ...none, offered: [], locale: 'de-DE' }, null],
  ])('is %s', (_, known, expected) => {
    expect(defaultCountry(known)).toBe(expected);
  });
});

describe('the countries of the default settings', () => {
  it('each have their own currency', () => {
    expect(defaultSettings.countries.map(({ code, currency }) => `${code} ${currency}`)).toEqual([
      ...['FR EUR', 'BE EUR', 'CH CHF', 'LU EUR', 'DE EUR', 'AT EUR', 'ES EUR'],
      ...['IT EUR', 'PT EUR', 'NL EUR', 'IE EUR', 'GB GBP', 'US USD', 'CA CAD'],
    ]);
  });
});

describe('the usual layout', () => {
  it('is there for every country of the default settings', () => {
    for (const { code } of defaultSettings.countries) expect(usualLayout(code, keyboardLayouts)).not.toBeNull();
  });

  it.each<[string, readonly KeyboardLayout[], KeyboardLayout | null]>([
    ['DE', keyboardLayouts, 'GERMAN_QWERTZ'],
    ['CH', keyboardLayouts, 'SWISS_QWERTZ'],
    ['FR', ['GERMAN_QWERTZ', 'FRENCH_AZERTY'], 'FRENCH_AZERTY'],
    ['NL', ['DUTCH_QWERTY', 'AMERICAN_ENGLISH_QWERTY'], 'DUTCH_QWERTY'],
    ['SE', keyboardLayouts, 'INTERNATIONAL_ENGLISH_QWERTY'],
    // The only one there is, and none where the person must say.
    ['FR', ['GERMAN_QWERTZ'], 'GERMAN_QWERTZ'],
    ['FR', ['GERMAN_QWERTZ', 'SPANISH_QWERTY'], null],
    ['FR', [], null],
  ])('of %s among %j is %s', (code, allowed, expected) => {
    expect(usualLayout(country(code), allowed)).toBe(expected);
  });
});

describe('the layouts offered', () => {
  it('are none without a keyboard', () => {
    expect(layoutsOffered({ hasKeyboard: false, keyboardLayouts: [] })).toBeNull();
  });

  it('are those that the product allows, also where it is a keyboard itself', () => {
    const named = ['GERMAN_QWERTZ', 'KLINGON_QWERTY'];

    expect(layoutsOffered({ hasKeyboard: true, keyboardLayouts: named })).toEqual(['GERMAN_QWERTZ']);
    expect(layoutsOffered({ hasKeyboard: false, keyboardLayouts: named })).toEqual(['GERMAN_QWERTZ']);
  });

  it('are all where Fleet names none that is known', () => {
    expect(layoutsOffered({ hasKeyboard: true, keyboardLayouts: [] })).toEqual(keyboardLayouts);
    expect(layoutsOffered({ hasKeyboard: true, keyboardLayouts: ['KLINGON_QWERTY'] })).toEqual(keyboardLayouts);
  });
});
