/** Where the stand-in delivers, each with its one currency. Fleet publishes no such list. */
export const servedCountries: Readonly<Record<string, string>> = {
  FR: 'EUR',
  BE: 'EUR',
  CH: 'CHF',
  LU: 'EUR',
  DE: 'EUR',
  AT: 'EUR',
  ES: 'EUR',
  IT: 'EUR',
  PT: 'EUR',
  NL: 'EUR',
  IE: 'EUR',
  GB: 'GBP',
  US: 'USD',
  CA: 'CAD',
};

export function isServed(country: string): boolean {
  return Object.hasOwn(servedCountries, country);
}

export function currencyOf(country: string): string {
  return servedCountries[country] ?? 'EUR';
}

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && code !== 'ZZ' && regionNames.of(code) !== undefined;
}
