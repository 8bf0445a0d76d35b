import { z } from 'zod';
import { CatalogProduct, ProductGroup } from '../../domain/catalog/catalog.ts';
import { findProducts } from '../../domain/catalog/products.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode, FleetProductGroupId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { Category } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { ServiceContext } from '../context.ts';
import { allPages } from '../pages.ts';
import { dropCountry, withLearnedKeyboards } from './learned.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Kept<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly freshMs: number;
  readonly keepMs: number;
  readonly sealed?: boolean;
}

/** How long each part of the catalog is believed, and how long it is shown while Fleet is asked again. */
export const lifetimes = {
  groups: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  products: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  prices: { freshMs: 10 * MINUTE, keepMs: HOUR },
  addresses: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
} as const;

/** Reads through the cache: people wait for missing entries, and stale entries are refreshed in the background. */
export async function readThrough<T>(
  context: ServiceContext,
  kept: Kept<T>,
  ask: (urgency: Urgency) => Promise<FleetResult<T>>,
): Promise<FleetResult<T>> {
  const { key, schema, freshMs, keepMs, sealed = false } = kept;
  const read = await context.store.cache.read<T, FleetFailure>(
    {
      key,
      freshMs,
      keepMs,
      sealed,
      parse: (stored) => {
        const parsed = schema.safeParse(stored);
        return parsed.success ? parsed.data : null;
      },
    },
    (why) => ask(why === 'missing' ? 'person' : 'refresh'),
  );
  return read.ok ? { ok: true, value: read.value } : read;
}

/** What Fleet says of a country while it is asked about something else in it. */
export async function noteUndeliverableCountry<T>(
  context: ServiceContext,
  country: CountryCode,
  answer: FleetResult<T>,
): Promise<FleetResult<T>> {
  if (!answer.ok && adviceFor(answer.failure).dropsCountryForADay) await dropCountry(context, country);
  return answer;
}

/** How long searching waits after it was the one to ask Fleet: never a call for each keystroke. */
const REST_MS = 30_000;

/** All product groups that Fleet delivers to the country and that the settings offer. */
export async function listProductGroups(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return offeredOnly(await listEveryProductGroup(context, country), settings);
}

/** Also what the settings leave out: for whoever decides what they offer. */
export async function listEveryProductGroup(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return readGroups(context, country, (urgency) => askFleet(context, country, urgency));
}

/** The same for whoever types: where nothing is kept, Fleet is asked at most twice a minute however much is typed. */
async function listProductGroupsWhileTyping(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return offeredOnly(await listEveryProductGroupWhileTyping(context, country), settings);
}

export async function listEveryProductGroupWhileTyping(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return readGroups(context, country, async (urgency) => {
    const mayAsk = await context.store.lease(`search-groups:${country}`, REST_MS);
    if (mayAsk === null) {
      return { ok: false, failure: { operation: 'listProductGroups', kind: 'rate_limited', retryAfterMs: REST_MS } };
    }
    return askFleet(context, country, urgency);
  });
}

async function readGroups(
  context: ServiceContext,
  country: CountryCode,
  ask: (urgency: Urgency) => Promise<FleetResult<readonly ProductGroup[]>>,
): Promise<FleetResult<readonly ProductGroup[]>> {
  const kept = { key: `catalog:groups:${country}`, schema: z.array(ProductGroup), ...lifetimes.groups };
  return noteUndeliverableCountry(context, country, await readThrough(context, kept, ask));
}

async function askFleet(
  { fleet }: ServiceContext,
  deliveryCountry: CountryCode,
  urgency: Urgency,
): Promise<FleetResult<readonly ProductGroup[]>> {
  const groups = await allPages((page) => fleet.listProductGroups({ deliveryCountry, ...page }, urgency));
  // Paging over a list that changes meanwhile may show one twice.
  return groups.ok
    ? { ok: true, value: [...new Map(groups.value.map((group) => [group.productGroupId, group])).values()] }
    : groups;
}

function offeredOnly(
  groups: FleetResult<readonly ProductGroup[]>,
  settings: Settings,
): FleetResult<readonly ProductGroup[]> {
  return groups.ok ? { ok: true, value: groups.value.filter((group) => isOffered(group, settings)) } : groups;
}

function isOffered({ productGroupId, category }: ProductGroup, { productGroups, categories }: Settings): boolean {
  if (productGroups !== null && !productGroups.includes(productGroupId)) return false;
  return categories === null || categories.some((one) => one === category);
}

/** The products of a group in a country, asked for when the group is chosen. */
export async function listConfigurations(
  context: ServiceContext,
  asked: { readonly deliveryCountry: CountryCode; readonly productGroupId: FleetProductGroupId },
): Promise<FleetResult<readonly CatalogProduct[]>> {
  const { deliveryCountry, productGroupId } = asked;
  const key = `catalog:products:${deliveryCountry}:${productGroupId}`;
  const kept = { key, schema: z.array(CatalogProduct), ...lifetimes.products };
  const answer = await readThrough<readonly CatalogProduct[]>(context, kept, (urgency) =>
    context.fleet.listProducts(asked, urgency),
  );
  const heeded = await noteUndeliverableCountry(context, deliveryCountry, answer);
  return heeded.ok ? { ok: true, value: await withLearnedKeyboards(context, heeded.value) } : heeded;
}

type FoundProducts =
  | { readonly kind: 'found'; readonly groups: readonly ProductGroup[] }
  /** Not kept yet, or Fleet does not answer: not the same as nothing being there. */
  | { readonly kind: 'not_loaded' };

/** What somebody types into **Product**, answered from what is kept. `words`: what it is narrowed to until they type. */
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
  const groups = await listProductGroupsWhileTyping(context, asked.country, settings);
  if (!groups.ok) return { kind: 'not_loaded' };
  const words = asked.typed.trim() === '' ? asked.words : asked.typed;
  return { kind: 'found', groups: findProducts(groups.value, { words, category: asked.category }) };
}
