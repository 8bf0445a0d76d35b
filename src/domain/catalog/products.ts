import { z } from 'zod';
import { type CountryCode, FleetProductGroupId, FleetProductId } from '../ids.ts';
import { type DeepReadonly, type KeyboardLayout, keyboardLayouts } from '../vocabulary.ts';

/** A family of products, as the catalog lists them. */
export const ProductGroup = z.object({
  productGroupId: FleetProductGroupId,
  name: z.string().nullable(),
  brand: z.string().nullable(),
  category: z.string().nullable(),
  imageUrl: z.string().nullable(),
});
export type ProductGroup = DeepReadonly<z.infer<typeof ProductGroup>>;

export const CatalogProduct = z.object({
  productId: FleetProductId,
  name: z.string().nullable(),
  hasKeyboard: z.boolean(),
  /** Empty if Fleet names none. With `hasKeyboard`, empty means that the allowed layouts are unknown. */
  keyboardLayouts: z.array(z.string()),
  imageUrl: z.string().nullable(),
  productGroupId: FleetProductGroupId.nullable(),
  /** Fleet's non-empty `characteristics` by Fleet's key, as text. */
  characteristics: z.record(z.string(), z.string()),
});
export type CatalogProduct = DeepReadonly<z.infer<typeof CatalogProduct>>;

export const Pricing = z.object({
  /** Major units of the currency asked for: monthly for LEASING, purchase price for BUY. A decimal as text. */
  amount: z.string(),
  minShipping: z.number().nullable(),
  maxShipping: z.number().nullable(),
});
export type Pricing = DeepReadonly<z.infer<typeof Pricing>>;

export interface LabelledProduct {
  readonly productId: FleetProductId;
  readonly name: string | null;
  readonly characteristics: Readonly<Record<string, string>>;
}

/** The characteristics people look at first; the others follow by name. */
const first = ['processor', 'ram', 'storage', 'screen_size', 'graphic', 'connectivity', 'color', 'quality'];
/** Characteristics whose values need no label. */
const speaksForItself = new Set([...first, 'definition', 'connection_type', 'dimensions', 'equipment_sub_type']);

/**
 * What distinguishes each product from the others in its group: "M4 · 16 GB · 512 GB". Empty for the only product.
 */
export function configurationDetails(products: readonly LabelledProduct[]): ReadonlyMap<FleetProductId, string> {
  if (products.length < 2) return new Map(products.map(({ productId }) => [productId, '']));
  const keys = differingKeys(products);
  const details = products.map((product) => ({ product, detail: detailOf(product, keys) }));
  return new Map(details.map(({ product, detail }) => [product.productId, distinct(product, detail, details)]));
}

/** The product's name in the select. Never empty. */
export function configurationLabel(product: LabelledProduct, detail: string | undefined): string {
  return detail || nameOf(product);
}

function differingKeys(products: readonly LabelledProduct[]): readonly string[] {
  const keys = new Set(products.flatMap(({ characteristics }) => Object.keys(characteristics)));
  const differing = [...keys].filter((key) => new Set(products.map((one) => one.characteristics[key])).size > 1);
  return differing.sort((one, other) => rankOf(one) - rankOf(other) || (one < other ? -1 : 1));
}

function rankOf(key: string): number {
  const rank = first.indexOf(key);
  return rank === -1 ? first.length : rank;
}

function detailOf({ characteristics }: LabelledProduct, keys: readonly string[]): string {
  return keys
    .map((key) => characteristicText(key, characteristics[key] ?? ''))
    .filter((part) => part !== '')
    .join(' · ');
}

function characteristicText(key: string, value: string): string {
  const words = key.replace(/^has_/, '').replaceAll('_', ' ');
  if (value === 'true') return `with ${words}`;
  if (value === 'false') return `without ${words}`;
  return value === '' || speaksForItself.has(key) ? value : `${words} ${value}`;
}

/** Products that Fleet describes alike are distinguished by name, and if that is the same too, by id. */
function distinct(
  product: LabelledProduct,
  detail: string,
  details: readonly { readonly product: LabelledProduct; readonly detail: string }[],
): string {
  const alike = details.filter((one) => one.detail === detail);
  if (alike.length === 1) return detail === '' ? nameOf(product) : detail;
  const name = nameOf(product);
  const isNamesake = alike.filter((one) => nameOf(one.product) === name).length > 1;
  return [detail, isNamesake ? `${name} (${product.productId})` : name].filter((part) => part !== '').join(' · ');
}

function nameOf({ name, productId }: LabelledProduct): string {
  const shownName = (name ?? '').trim();
  return shownName === '' ? `Product ${productId}` : shownName;
}

/** Never empty: a group without a name is shown by its id. */
export function groupName({ name, brand, productGroupId }: ProductGroup): string {
  const shown = (name ?? '').trim();
  return shown === '' ? [brand?.trim(), `product ${productGroupId}`].filter(Boolean).join(' ') : shown;
}

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

/** Where most of those who order are. Other zones say nothing. */
const zonesOf: Readonly<Record<string, RegExp>> = {
  FR: /^Europe\/Paris$/,
  BE: /^Europe\/Brussels$/,
  CH: /^Europe\/Zurich$/,
  LU: /^Europe\/Luxembourg$/,
  DE: /^Europe\/(Berlin|Busingen)$/,
  AT: /^Europe\/Vienna$/,
  ES: /^(Europe\/Madrid|Atlantic\/Canary|Africa\/Ceuta)$/,
  IT: /^Europe\/Rome$/,
  PT: /^(Europe\/Lisbon|Atlantic\/(Madeira|Azores))$/,
  NL: /^Europe\/Amsterdam$/,
  IE: /^Europe\/Dublin$/,
  GB: /^Europe\/(London|Belfast)$/,
  US: /^(America\/(New_York|Chicago|Denver|Phoenix|Los_Angeles|Detroit|Boise|Anchorage)|Pacific\/Honolulu)$/,
  CA: /^America\/(Toronto|Montreal|Vancouver|Edmonton|Winnipeg|Regina|Halifax|St_Johns)$/,
};

/**
 * The first that is offered of: last used, the settings' default, the person's time zone, their locale (en-US is what
 * Slack gives people who never chose one). Otherwise the first offered.
 */
export function defaultCountry(known: {
  readonly offered: readonly CountryCode[];
  readonly lastUsed: string | null;
  readonly fromSettings: CountryCode | null;
  readonly timeZone: string | null;
  readonly locale: string | null;
}): CountryCode | null {
  const { timeZone } = known;
  const there = timeZone === null ? null : (known.offered.find((code) => zonesOf[code]?.test(timeZone)) ?? null);
  const wishes = [
    known.lastUsed,
    known.fromSettings,
    there,
    known.locale === null ? null : countryOfLocale(known.locale),
  ];
  for (const wish of wishes) {
    const offered = known.offered.find((country) => country === wish);
    if (offered !== undefined) return offered;
  }
  return known.offered[0] ?? null;
}
