import type { CountryCode } from '../ids.ts';
import { type KeyboardLayout, keyboardLayouts } from '../vocabulary.ts';

const REGION = /^[a-z]{2,3}(?:[-_][a-z]{4})?[-_]([a-z]{2})(?:[-_.@]|$)/i;

/** `de-CH` → `CH`. Null: the locale names no country (`en`, `es-419`), and a language alone would be a guess. */
export function countryOfLocale(locale: string): CountryCode | null {
  const region = REGION.exec(locale.trim())?.[1];
  // The pattern guarantees two letters.
  return region === undefined ? null : (region.toUpperCase() as CountryCode);
}

/** The layouts people there usually use, most likely first. Fleet has none for Belgium or Luxembourg. */
const usualLayouts: Readonly<Record<string, readonly KeyboardLayout[]>> = {
  FR: ['FRENCH_AZERTY'],
  BE: ['FRENCH_AZERTY', 'DUTCH_QWERTY'],
  LU: ['SWISS_QWERTZ', 'FRENCH_AZERTY', 'GERMAN_QWERTZ'],
  CH: ['SWISS_QWERTZ'],
  DE: ['GERMAN_QWERTZ'],
  AT: ['GERMAN_QWERTZ'],
  ES: ['SPANISH_QWERTY'],
  IT: ['ITALIAN_QWERTY'],
  PT: ['PORTUGUESE_QWERTY'],
  NL: ['INTERNATIONAL_ENGLISH_QWERTY', 'DUTCH_QWERTY', 'AMERICAN_ENGLISH_QWERTY'],
  IE: ['ENGLISH_QWERTY', 'INTERNATIONAL_ENGLISH_QWERTY'],
  GB: ['ENGLISH_QWERTY', 'INTERNATIONAL_ENGLISH_QWERTY'],
  US: ['AMERICAN_ENGLISH_QWERTY', 'INTERNATIONAL_ENGLISH_QWERTY'],
  CA: ['CANADIAN_ENGLISH_QWERTY', 'AMERICAN_ENGLISH_QWERTY'],
};
const elsewhere: readonly KeyboardLayout[] = ['INTERNATIONAL_ENGLISH_QWERTY'];

/** The country's usual layout that the product allows, or the only allowed one. Null: the person must choose. */
export function usualLayout(country: CountryCode, allowed: readonly KeyboardLayout[]): KeyboardLayout | null {
  const usual = (usualLayouts[country] ?? elsewhere).find((layout) => allowed.includes(layout));
  if (usual !== undefined) return usual;
  const [only, ...others] = allowed;
  return only !== undefined && others.length === 0 ? only : null;
}

/** Null: no keyboard. If Fleet names no layout that we know, all of them are offered. */
export function layoutsOffered(product: {
  readonly hasKeyboard: boolean;
  readonly keyboardLayouts: readonly string[];
}): readonly KeyboardLayout[] | null {
  if (!product.hasKeyboard && product.keyboardLayouts.length === 0) return null;
  const allowed = keyboardLayouts.filter((layout) => product.keyboardLayouts.includes(layout));
  return allowed.length > 0 ? allowed : keyboardLayouts;
}

/** The first that is offered of: last used, the settings' default, the person's locale. Otherwise the first offered. */
export function defaultCountry(known: {
  readonly offered: readonly CountryCode[];
  readonly lastUsed: string | null;
  readonly fromSettings: CountryCode | null;
  readonly locale: string | null;
}): CountryCode | null {
  const wishes = [known.lastUsed, known.fromSettings, known.locale === null ? null : countryOfLocale(known.locale)];
  for (const wish of wishes) {
    const offered = known.offered.find((country) => country === wish);
    if (offered !== undefined) return offered;
  }
  return known.offered[0] ?? null;
}
