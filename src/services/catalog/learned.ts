import type { CatalogProduct } from '../../domain/catalog/products.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { CountryCode, FleetProductId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { KeyboardLayout } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';

// What Fleet's refusals teach us and its catalog doesn't say. We believe each fact for a day.

const DAY_MS = 24 * 60 * 60 * 1000;
const KEYBOARDS_KEY = 'catalog:keyboards-after-all';
const COUNTRIES_KEY = 'catalog:dropped-countries';

/** Fleet may require a keyboard layout for a product that has no keyboard in its catalog. */
export async function noteKeyboardRequired(
  context: ServiceContext,
  asked: { readonly productId: FleetProductId; readonly keyboardLayout: KeyboardLayout | null },
  failure: FleetFailure,
): Promise<void> {
  if (!asksForLayout(failure) || asked.keyboardLayout !== null) return;
  await rememberForADay(context, KEYBOARDS_KEY, String(asked.productId));
  context.log.info('Fleet asks for a keyboard layout for a product', { productId: asked.productId });
}

export function asksForLayout(failure: FleetFailure): boolean {
  return failure.kind === 'rejected' && failure.code === 'KEYBOARD_LAYOUT_REQUIRED';
}

export async function withLearnedKeyboards(
  context: ServiceContext,
  products: readonly CatalogProduct[],
): Promise<readonly CatalogProduct[]> {
  const without = products.filter(({ hasKeyboard }) => !hasKeyboard).map(({ productId }) => String(productId));
  const learned = await knownForADay(context, KEYBOARDS_KEY, without);
  if (learned.size === 0) return products;
  return products.map((product) =>
    learned.has(String(product.productId)) ? { ...product, hasKeyboard: true } : product,
  );
}

/** Any answer about a country may say that Fleet doesn't deliver there. */
export async function noteUndeliverableCountry(
  context: ServiceContext,
  country: CountryCode,
  answer: FleetResult<unknown>,
): Promise<void> {
  if (!answer.ok && adviceFor(answer.failure).dropsCountryForADay) await dropCountry(context, country);
}

/** Nobody is offered the country for a day. */
export async function dropCountry(context: ServiceContext, country: CountryCode): Promise<void> {
  await rememberForADay(context, COUNTRIES_KEY, country);
  context.log.info('a country was dropped for a day', { country });
}

/** The countries in the settings, without those dropped within the last day. */
export async function offeredCountries(context: ServiceContext, settings: Settings): Promise<readonly CountryCode[]> {
  const codes = settings.countries.map(({ code }) => code);
  const dropped = await knownForADay(context, COUNTRIES_KEY, codes);
  return codes.filter((code) => !dropped.has(code));
}

async function rememberForADay({ store }: ServiceContext, about: string, name: string): Promise<void> {
  await store.remember(`${about}:${name}`, '1', DAY_MS);
}

async function knownForADay(
  { store }: ServiceContext,
  about: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const facts = await store.recall(names.map((name) => `${about}:${name}`));
  return new Set(names.filter((_, at) => facts[at] !== null));
}
