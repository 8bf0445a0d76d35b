import { z } from 'zod';
import { CatalogProduct, ProductGroup } from '../../domain/catalog/catalog.ts';
import { findProducts } from '../../domain/catalog/products.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode, FleetProductGroupId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { Category } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { allPages } from '../pages.ts';
import { noteUndeliverableCountry, withLearnedKeyboards } from './learned.ts';

/** The product groups that Fleet delivers to the country and the settings offer. */
export async function listProductGroups(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<readonly ProductGroup[]>> {
  const groups = await listEveryProductGroup(context, country);
  return groups.ok ? { ok: true, value: offeredGroups(groups.value, settings) } : groups;
}

/** Includes what the settings leave out, for admins who decide what they offer. */
export async function listEveryProductGroup(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return readGroups(context, country, (urgency) => loadGroups(context, country, urgency));
}

/** How long typing waits after it asked Fleet: never one call per keystroke. */
const TYPING_REST_MS = 30_000;

/** The same while someone types: a missing list is asked for at most twice a minute, however much is typed. */
export async function listEveryProductGroupWhileTyping(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return readGroups(context, country, async (urgency) => {
    const mayAsk = await context.store.lease(`search-groups:${country}`, TYPING_REST_MS);
    if (mayAsk !== null) return loadGroups(context, country, urgency);
    const failure = { operation: 'listProductGroups', kind: 'rate_limited', retryAfterMs: TYPING_REST_MS } as const;
    return { ok: false, failure };
  });
}

type FoundProducts =
  | { readonly kind: 'found'; readonly groups: readonly ProductGroup[] }
  /** Not cached yet, or Fleet doesn't answer. That is not "no products". */
  | { readonly kind: 'not_loaded' };

/** Options for what is typed into **Product**, from the cache. `words`: the search until something is typed. */
export async function searchProducts(
  context: ServiceContext,
  asked: {
    readonly country: CountryCode;
    readonly category: Category | null;
    readonly words: string;
    readonly typed: string;
  },
): Promise<FoundProducts> {
  const settings = await context.store.settings();
  const groups = await listEveryProductGroupWhileTyping(context, asked.country);
  if (!groups.ok) return { kind: 'not_loaded' };
  const words = asked.typed.trim() === '' ? asked.words : asked.typed;
  const offered = offeredGroups(groups.value, settings);
  return { kind: 'found', groups: findProducts(offered, { words, category: asked.category }) };
}

/** The products of a group in a country. */
export async function listConfigurations(
  context: ServiceContext,
  asked: { readonly deliveryCountry: CountryCode; readonly productGroupId: FleetProductGroupId },
): Promise<FleetResult<readonly CatalogProduct[]>> {
  const { deliveryCountry, productGroupId } = asked;
  const key = `catalog:products:${deliveryCountry}:${productGroupId}`;
  const entry = { key, schema: z.array(CatalogProduct), ...lifetimes.products };
  const products = await readThrough<readonly CatalogProduct[]>(context, entry, (urgency) =>
    context.fleet.listProducts(asked, urgency),
  );
  await noteUndeliverableCountry(context, deliveryCountry, products);
  return products.ok ? { ok: true, value: await withLearnedKeyboards(context, products.value) } : products;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long each part of the catalog is fresh, and how long it may still be shown while we ask Fleet again. */
export const lifetimes = {
  groups: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  products: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  prices: { freshMs: 10 * MINUTE, keepMs: HOUR },
  addresses: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
} as const;

interface CachedEntry<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly freshMs: number;
  readonly keepMs: number;
  readonly sealed?: boolean;
}

/** Reads through the cache: people wait for missing entries, and stale entries are refreshed in the background. */
export async function readThrough<T>(
  context: ServiceContext,
  { schema, ...entry }: CachedEntry<T>,
  ask: (urgency: Urgency) => Promise<FleetResult<T>>,
): Promise<FleetResult<T>> {
  const parse = (stored: unknown): T | null => {
    const parsed = schema.safeParse(stored);
    return parsed.success ? parsed.data : null;
  };
  const read = await context.store.cache.read<T, FleetFailure>({ ...entry, parse }, (why) =>
    ask(why === 'missing' ? 'person' : 'refresh'),
  );
  return read.ok ? { ok: true, value: read.value } : read;
}

async function readGroups(
  context: ServiceContext,
  country: CountryCode,
  ask: (urgency: Urgency) => Promise<FleetResult<readonly ProductGroup[]>>,
): Promise<FleetResult<readonly ProductGroup[]>> {
  const entry = { key: `catalog:groups:${country}`, schema: z.array(ProductGroup), ...lifetimes.groups };
  const groups = await readThrough(context, entry, ask);
  await noteUndeliverableCountry(context, country, groups);
  return groups;
}

async function loadGroups(
  { fleet }: ServiceContext,
  deliveryCountry: CountryCode,
  urgency: Urgency,
): Promise<FleetResult<readonly ProductGroup[]>> {
  const groups = await allPages((page) => fleet.listProductGroups({ deliveryCountry, ...page }, urgency));
  if (!groups.ok) return groups;
  // If the list changes between two pages, a group can appear twice.
  return { ok: true, value: [...new Map(groups.value.map((group) => [group.productGroupId, group])).values()] };
}

function offeredGroups(
  groups: readonly ProductGroup[],
  { productGroups, categories }: Settings,
): readonly ProductGroup[] {
  return groups.filter(
    ({ productGroupId, category }) =>
      (productGroups === null || productGroups.includes(productGroupId)) &&
      (categories === null || categories.some((one) => one === category)),
  );
}
