import { describe, expect, it } from 'vitest';
import type { CountryCode, CurrencyCode } from '../../src/domain/ids.ts';
import { categories, keyboardLayouts } from '../../src/domain/vocabulary.ts';
import {
  categoryName,
  counted,
  countryName,
  delivery,
  layoutName,
  modeLabel,
  money,
  offer,
  price,
  times,
} from '../../src/views/format.ts';

const eur = (amount: string) => ({ amount, currency: 'EUR' as CurrencyCode });
const country = (code: string) => code as CountryCode;

describe('money', () => {
  it.each([
    [eur('54.9'), 'en', '€54.90'],
    [eur('1299'), 'en', '€1,299.00'],
    [eur('1299'), 'fr-FR', '1\u202f299,00\u00a0€'],
    [eur('0'), 'en', '€0.00'],
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
    expect(price(eur('54.90'), 'LEASING')).toBe('€54.90 a month');
    expect(price(eur('1299'), 'BUY')).toBe('€1,299.00 once');
    expect(price(null, 'LEASING')).toBe('price unknown');
  });
});

describe('delivery time', () => {
  it.each([
    [3, 5, "ships in 3 to 5 (Fleet's estimate)"],
    [3, 3, "ships in 3 (Fleet's estimate)"],
    [null, 5, "ships in up to 5 (Fleet's estimate)"],
    [3, null, "ships in 3 or more (Fleet's estimate)"],
    [0, 0, "ships in 0 (Fleet's estimate)"],
    [null, null, 'delivery time unknown'],
  ])('from %s to %s reads %s', (min, max, shown) => {
    expect(delivery({ min, max })).toBe(shown);
  });

  it('never names a unit that Fleet does not document', () => {
    expect(delivery({ min: 3, max: 5 })).not.toMatch(/day|week|hour/u);
  });
});

it('offers price, quantity and delivery time in one line', () => {
  const given = { price: eur('54.90'), shipping: { min: 3, max: 5 }, mode: 'LEASING' } as const;

  expect(offer(given, 2)).toBe("€54.90 a month × 2 · ships in 3 to 5 (Fleet's estimate)");
  expect(offer({ ...given, price: null, shipping: { min: null, max: null } }, 1)).toBe(
    'price unknown · delivery time unknown',
  );
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
    expect(modeLabel('LEASING')).toBe('Lease (monthly)');
    expect(modeLabel('BUY')).toBe('Buy (once)');
  });
});
