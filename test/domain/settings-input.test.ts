import { describe, expect, it } from 'vitest';
import { countryMeant, isCountry, readCountries, readPriceLimits } from '../../src/domain/settings/settings.ts';

const refused = (kind: string, words: string) => ({ ok: false, mistake: { kind, words } });

describe('delivery countries as an admin types them', () => {
  it('are read line by line, whatever separates the two words, and in either case', () => {
    const typed = ' fr eur\r\n\nCH: chf\nDE;EUR ';

    expect(readCountries(typed)).toEqual({
      ok: true,
      value: [
        { code: 'FR', currency: 'EUR' },
        { code: 'CH', currency: 'CHF' },
        { code: 'DE', currency: 'EUR' },
      ],
    });
  });

  it.each([
    ['a country alone', 'FR EUR\nDE', 'unreadable', 'DE'],
    ['more than two words', 'FR EUR CHF', 'unreadable', 'FR EUR CHF'],
    ['a country that is written out', 'FRANCE EUR', 'unknown_country', 'FRANCE'],
    ['a code that no country has', 'QX EUR', 'unknown_country', 'QX'],
    ['a currency that nobody pays in', 'FR EURO', 'unknown_currency', 'EURO'],
    ['a country twice', 'FR EUR\nfr chf', 'twice', 'FR'],
  ])('%s is refused', (_, typed, kind, words) => {
    expect(readCountries(typed)).toEqual(refused(kind, words));
  });

  it('are a hundred at most', () => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    const codes = letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry);
    const typed = (count: number) => codes.slice(0, count).map((code) => `${code} EUR`);

    expect(readCountries(typed(100).join('\n')).ok).toBe(true);
    expect(readCountries(typed(101).join('\n'))).toEqual(refused('too_many', '101'));
  });
});

describe('price limits as an admin types them', () => {
  it('are read line by line; none is no limit', () => {
    const typed = 'EUR 2000 once\neur 80 a month\nchf: 1999.5 ONCE\nGBP 70 per month\nUSD 90 monthly';

    expect(readPriceLimits(typed)).toEqual({
      ok: true,
      value: [
        { amount: '2000', currency: 'EUR', mode: 'BUY' },
        { amount: '80', currency: 'EUR', mode: 'LEASING' },
        { amount: '1999.5', currency: 'CHF', mode: 'BUY' },
        { amount: '70', currency: 'GBP', mode: 'LEASING' },
        { amount: '90', currency: 'USD', mode: 'LEASING' },
      ],
    });
    expect(readPriceLimits(' \n')).toEqual({ ok: true, value: [] });
  });

  it('of an earlier release, for both ways to pay, stay what they are when the form is saved', () => {
    expect(readPriceLimits('EUR 2000 once or a month')).toEqual({
      ok: true,
      value: [{ amount: '2000', currency: 'EUR' }],
    });
  });

  it.each([
    ['an amount that may be the price or what is paid each month', 'EUR 2000', 'once_or_monthly', 'EUR 2000'],
    ['another time', 'EUR 2000 a year', 'once_or_monthly', 'EUR 2000 a year'],
    ['a currency alone', 'EUR', 'unreadable', 'EUR'],
    ['a separator of thousands', 'EUR 2,000', 'unreadable', 'EUR 2,000'],
    ['what may be thousands or thousandths', 'EUR 2.000', 'unreadable', 'EUR 2.000'],
    ['more than a thousand million', 'EUR 1000000000', 'unreadable', 'EUR 1000000000'],
    ['no number', 'EUR much', 'unreadable', 'EUR much'],
    ['less than nothing', 'EUR -5', 'unreadable', 'EUR -5'],
    ['nothing', 'EUR 0.00', 'unreadable', 'EUR 0.00'],
    ['a currency that nobody pays in', 'EURO 2000', 'unknown_currency', 'EURO'],
    ['the amount first', '2000 EUR', 'unknown_currency', '2000'],
    ['a currency twice', 'EUR 2000 once\neur 3000 once', 'twice', 'EUR'],
    ['a currency twice where one is for both', 'EUR 2000 once or a month\neur 30 a month', 'twice', 'EUR'],
  ])('%s is refused', (_, typed, kind, words) => {
    expect(readPriceLimits(typed)).toEqual(refused(kind, words));
  });
});

it.each([
  ['UK', 'GB'],
  ['FX', 'FR'],
  ['EU', null],
  ['FR', null],
  ['FRANCE', null],
])('%s was meant as %s', (code, meant) => {
  expect(countryMeant(code)).toBe(meant);
});

it('knows the 249 codes that are officially assigned', () => {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

  expect(letters.flatMap((one) => letters.map((other) => one + other)).filter(isCountry)).toHaveLength(249);
});

it.each<readonly [string, boolean]>([
  ['FR', true],
  ['fr', false],
  ['FRA', false],
  ['F1', false],
  ['QX', false],
  // CLDR has names for nowhere, for unions, for old countries and for other spellings of today's.
  ...['ZZ', 'UK', 'EU', 'SU', 'DD', 'YU', 'AN', 'FX', 'TP', 'XA', 'EZ', 'UN', 'QO'].map(
    (code) => [code, false] as const,
  ),
])('%s is the code of a country: %s', (code, is) => {
  expect(isCountry(code)).toBe(is);
});
