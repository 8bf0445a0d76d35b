import type { CatalogProduct } from '../../domain/catalog/catalog.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { CountryCode, FleetProductId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { KeyboardLayout } from '../../domain/vocabulary.ts';
import type { ServiceContext } from '../context.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** What Fleet said when it refused something, and its catalog does not say: believed for a day. */
async function rememberForADay({ store }: ServiceContext, about: string, name: string): Promise<void> {
  await store.remember(`${about}:${name}`, '1', DAY_MS);
}

/** Those of the names that were remembered within the last day. */
async function knownForADay(
  { store }: ServiceContext,
  about: string,
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  const facts = await store.remembered(names.map((name) => `${about}:${name}`));
  return new Set(names.filter((_, at) => facts[at] !== null));
}

const KEYBOARDS_KEY = 'catalog:keyboards-after-all';

/** Fleet's catalog may say that a product has no keyboard, and Fleet then ask which one: what it asks for counts. */
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
  const afterAll = await knownForADay(context, KEYBOARDS_KEY, without);
  if (afterAll.size === 0) return products;
  return products.map((product) =>
    afterAll.has(String(product.productId)) ? { ...product, hasKeyboard: true } : product,
  );
}

const COUNTRIES_KEY = 'catalog:dropped-countries';

/** The settings' countries without those that Fleet said, within the last day, not to deliver to. */
export async function offeredCountries(context: ServiceContext, settings: Settings): Promise<readonly CountryCode[]> {
  const codes = settings.countries.map(({ code }) => code);
  const dropped = await knownForADay(context, COUNTRIES_KEY, codes);
  return codes.filter((code) => !dropped.has(code));
}

/** Fleet does not deliver there: nobody is offered the country again for a day. */
export async function dropCountry(context: ServiceContext, country: CountryCode): Promise<void> {
  await rememberForADay(context, COUNTRIES_KEY, country);
  context.log.info('a country was dropped for a day', { country });
}
