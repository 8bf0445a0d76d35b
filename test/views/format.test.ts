import { describe, expect, it } from 'vitest';
import type { CountryCode, CurrencyCode } from '../../src/domain/ids.ts';
import { categories, keyboardLayouts } from '../../src/domain/vocabulary.ts';
import {
  categoryName,
  counted,
  countryInSentence,
  countryName,
  layoutName,
  modeLabel,
  money,
  offer,
  price,
  times,
} from '../../src/views/text.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' as CurrencyCode });
const country = (code: string) => code as CountryCode;

describe('money', () => {
  it.each([
    [eur('54.9'), 'en', '€54.90'],
    [eur('1299'), 'en', '€1,299.00'],
    [eur('1299'), 'fr-FR', '1\u202f299,00\u00a0€'],
    [eur('0'), 'en', '€0.00'],
    [eur('33.335'), 'en', '€33.335'],
    [eur('100.0050'), 'en', '€100.005'],
    [eur('54.9000'), 'en', '€54.90'],
    [{ amount: '1200', currency: 'JPY' as CurrencyCode }, 'en', '¥1,200'],
    [eur('123456789012345678.12'), 'en', '€123,456,789,012,345,678.12'],
    [{ amount: '90', currency: 'CHF' as CurrencyCode }, 'en', 'CHF\u00a090.00'],
    [{ amount: '90', currency: 'XQX' as CurrencyCode }, 'en', 'XQX\u00a090.00'],
    [{ amount: '90', currency: 'EURO' as CurrencyCode }, 'en', '90 EURO'],
    [eur('about 5'), 'en', 'about 5 EUR'],
    [eur('5'), 'not a locale', '€5.00'],
    [eur('5'), '', '€5.00'],
  ])('%j in %s reads %s', (given, locale, shown) => {
    expect(money(given, locale)).toBe(shown);
  });

  it('says what a price counts', () => {
    expect(price(eur('54.90'), 'LEASING')).toBe('€54.90/month');
    expect(price(eur('1299'), 'BUY')).toBe('€1,299.00');
    expect(price(null, 'LEASING')).toBe('price unknown');
  });
});

it('prices several devices in all, and one of them', () => {
  expect(offer(eur('54.90'), 'LEASING', 1)).toBe('€54.90/month');
  expect(offer(eur('54.90'), 'LEASING', 2)).toBe('€109.80/month (2 × €54.90)');
  expect(offer(eur('33.335'), 'LEASING', 3)).toBe('€100.005/month (3 × €33.335)');
  expect(offer(eur('1649'), 'BUY', 3)).toBe('€4,947.00 (3 × €1,649.00)');
  expect(offer(eur('about 5'), 'BUY', 2)).toBe('about 5 EUR × 2');
  expect(offer(null, 'LEASING', 2)).toBe('Price unknown');
});

it('counts in words', () => {
  expect(times('MacBook Air', 1)).toBe('MacBook Air');
  expect(times('MacBook Air', 3)).toBe('MacBook Air × 3');
  expect(counted(1, 'device')).toBe('1 device');
  expect(counted(0, 'device')).toBe('0 devices');
  expect(counted(2, 'person', 'people')).toBe('2 people');
});

describe('names', () => {
  it.each([
    ['FR', 'en', 'France'],
    ['GB', 'en', 'United Kingdom'],
    ['DE', 'fr', 'Allemagne'],
    ['DE', '***', 'Germany'],
    ['QX', 'en', 'QX'],
    ['F', 'en', 'F'],
    ['<!channel>', 'en', '<!channel>'],
  ])('country %s in %s is %s', (code, locale, shown) => {
    expect(countryName(country(code), locale)).toBe(shown);
  });

  it('puts the article before a country that takes one in a sentence', () => {
    expect(countryInSentence('US')).toBe('the United States');
    expect(countryInSentence('FR')).toBe('France');
  });

  it('names every keyboard layout differently, by country and by keys', () => {
    const names = keyboardLayouts.map(layoutName);

    expect(new Set(names).size).toBe(keyboardLayouts.length);
    for (const name of names) expect(name).toMatch(/^[A-Z][A-Za-z ]+ \((AZERTY|QWERTY|QWERTZ)\)$/u);
    expect(layoutName('FRENCH_AZERTY')).toBe('French (AZERTY)');
    expect(layoutName('AMERICAN_ENGLISH_QWERTY')).toBe('US English (QWERTY)');
    expect(layoutName('INTERNATIONAL_ENGLISH_QWERTY')).toBe('International English (QWERTY)');
    expect(layoutName('SWISS_QWERTZ')).toBe('Swiss (QWERTZ)');
  });

  it('names every category in words', () => {
    for (const category of categories) expect(categoryName(category)).toMatch(/^[A-Z][a-z ]+$/u);
    expect(categoryName('ACOUSTIC_CHAIR')).toBe('Acoustic chair');
  });

  it('calls the two modes as the form does', () => {
    expect(modeLabel('LEASING')).toBe('Lease');
    expect(modeLabel('BUY')).toBe('Buy');
  });
});

it('says a price the same however many currencies came in between', () => {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const before = money(eur('1299'));

  for (const first of letters)
    for (const last of letters) money({ amount: '1', currency: `Q${first}${last}` as CurrencyCode });

  expect(before).toBe('€1,299.00');
  expect(money(eur('1299'))).toBe(before);
});
