import { z } from 'zod';
import { CatalogProduct, ProductGroup } from '../../domain/catalog/products.ts';
import { findProducts, prepareSearch } from '../../domain/catalog/search.ts';
import type { FleetFailure } from '../../domain/failures/failure.ts';
import { adviceFor } from '../../domain/failures/table.ts';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode, FleetProductGroupId, FleetProductId } from '../../domain/ids.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { Category, KeyboardLayout } from '../../domain/vocabulary.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import type { LoadingSlowly } from '../../store/cache.ts';
import type { ServiceContext } from '../context.ts';
import { type FleetList, readList, whyNotWhole } from '../pages.ts';

/** The product groups that Fleet delivers to the country and the settings offer. */
export async function listProductGroups(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<FleetList<ProductGroup>>> {
  const groups = await listEveryProductGroup(context, country);
  if (!groups.ok) return groups;
  return { ok: true, value: { ...groups.value, rows: await offeredGroups(groups.value.rows, settings) } };
}

/** Includes what the settings leave out, for admins who decide what they offer. */
export async function listEveryProductGroup(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<FleetList<ProductGroup>>> {
  return readGroups(context, country, (urgency, slowly) => loadGroups(context, country, urgency, slowly));
}

/** How long typing waits after it asked Fleet: never one call per keystroke. */
const TYPING_REST_MS = 30_000;

/** The same while someone types: a missing list is asked for at most twice a minute, however much is typed. */
export async function listEveryProductGroupWhileTyping(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<FleetList<ProductGroup>>> {
  return readGroups(context, country, async (urgency, slowly) => {
    const mayAsk = await context.store.lease(`search-groups:${country}`, TYPING_REST_MS);
    if (mayAsk !== null) return loadGroups(context, country, urgency, slowly);
    const failure = { operation: 'listProductGroups', kind: 'rate_limited', retryAfterMs: TYPING_REST_MS } as const;
    return { ok: false, failure };
  });
}

type FoundProducts =
  | {
      readonly kind: 'found';
      readonly groups: readonly ProductGroup[];
      /** How many more products are being read. */
      readonly stillToCome: number;
    }
  /** Not cached yet, or Fleet doesn't answer. That is not "no products". */
  | { readonly kind: 'not_loaded' }
  /** Nothing found in a list that isn't whole. */
  | { readonly kind: 'not_whole' };

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
  const [settings, groups] = await Promise.all([
    context.store.settings(),
    listEveryProductGroupWhileTyping(context, asked.country),
  ]);
  if (!groups.ok) return { kind: 'not_loaded' };
  const words = asked.typed.trim() === '' ? asked.words : asked.typed;
  const offered = await offeredGroups(groups.value.rows, settings);
  const found = findProducts(offered, { words, category: asked.category });
  const { notWhole, stillToCome = 0 } = groups.value;
  return found.length === 0 && notWhole !== null && stillToCome === 0
    ? { kind: 'not_whole' }
    : { kind: 'found', groups: found, stillToCome };
}

/** The products of a group in a country. */
export async function listConfigurations(
  context: ServiceContext,
  asked: { readonly deliveryCountry: CountryCode; readonly productGroupId: FleetProductGroupId },
): Promise<FleetResult<FleetList<CatalogProduct>>> {
  const { deliveryCountry, productGroupId } = asked;
  const key = `catalog:products:${deliveryCountry}:${productGroupId}`;
  const entry = { key, schema: productsSchema, ...lifetimes.products };
  const products = await readThrough<FleetList<CatalogProduct>>(context, entry, async (urgency) => {
    const listed = await context.fleet.listProducts(asked, urgency);
    if (!listed.ok) return listed;
    const { items, unreadableAt } = listed.value;
    return { ok: true, value: { rows: items, notWhole: unreadableAt.length > 0 ? 'unreadable' : null } };
  });
  await noteUndeliverableCountry(context, deliveryCountry, products);
  if (!products.ok) return products;
  return { ok: true, value: { ...products.value, rows: await withLearnedKeyboards(context, products.value.rows) } };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long each part of the catalog is fresh, and how long it may still be shown while we ask Fleet again. */
export const lifetimes = {
  groups: { freshMs: 15 * MINUTE, longFreshMs: HOUR, keepMs: 24 * HOUR },
  products: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
  prices: { freshMs: 10 * MINUTE, keepMs: HOUR },
  addresses: { freshMs: 15 * MINUTE, keepMs: 24 * HOUR },
} as const;

/** The previous release kept the rows alone. */
function listSchema<T>(row: z.ZodType<T>): z.ZodType<FleetList<T>> {
  const notWhole = z.enum(whyNotWhole).nullable();
  const list = z.object({ rows: z.array(row), notWhole, stillToCome: z.number().exactOptional() });
  return z.preprocess((stored) => (Array.isArray(stored) ? { rows: stored, notWhole: null } : stored), list);
}

interface CachedEntry<T> {
  readonly key: string;
  readonly schema: z.ZodType<T>;
  readonly freshMs: number | ((value: T) => number);
  readonly keepMs: number;
  readonly sealed?: boolean;
}

type Ask<T> = (urgency: Urgency, slowly: LoadingSlowly<T>) => Promise<FleetResult<T>>;

/** Reads through the cache: people wait for missing entries, and stale entries are refreshed in the background. */
export async function readThrough<T>(
  context: ServiceContext,
  { schema, ...entry }: CachedEntry<T>,
  ask: Ask<T>,
): Promise<FleetResult<T>> {
  const parse = (stored: unknown): T | null => {
    const parsed = schema.safeParse(stored);
    return parsed.success ? parsed.data : null;
  };
  let isMine = false;
  const read = await context.store.cache.read<T, FleetFailure>({ ...entry, isShared: true, parse }, (why, slowly) => {
    isMine = true;
    return ask(why === 'missing' ? 'person' : 'refresh', slowly);
  });
  if (read.ok) return { ok: true, value: read.value };
  // The first person to ask has used up their own share of the budget. Ours may have room.
  const isOthersShare = !isMine && read.failure.kind === 'rate_limited' && read.failure.isOwnShare === true;
  return isOthersShare ? readThrough(context, { schema, ...entry }, ask) : read;
}

async function readGroups(
  context: ServiceContext,
  country: CountryCode,
  ask: Ask<FleetList<ProductGroup>>,
): Promise<FleetResult<FleetList<ProductGroup>>> {
  const { freshMs, longFreshMs, keepMs } = lifetimes.groups;
  const groups = await readThrough(
    context,
    {
      key: `catalog:groups:${country}`,
      schema: groupsSchema,
      freshMs: ({ rows }) => (rows.length > MANY_GROUPS ? longFreshMs : freshMs),
      keepMs,
    },
    ask,
  );
  await noteUndeliverableCountry(context, country, groups);
  return groups;
}

const groupsSchema = listSchema(ProductGroup);
const productsSchema = listSchema(CatalogProduct);

/** More take too much of the budget to be read every quarter of an hour. */
const MANY_GROUPS = 1_000;

async function loadGroups(
  { fleet }: ServiceContext,
  deliveryCountry: CountryCode,
  urgency: Urgency,
  { stored, servePart }: LoadingSlowly<FleetList<ProductGroup>>,
): Promise<FleetResult<FleetList<ProductGroup>>> {
  return readList({
    ask: (page) => fleet.listProductGroups({ deliveryCountry, ...page }, urgency),
    idOf: ({ productGroupId }) => productGroupId,
    long: {
      askLater: (page) => fleet.listProductGroups({ deliveryCountry, ...page }, 'refresh'),
      onPart: async (part) => {
        const isBetter = stored === null || (stored.stillToCome !== undefined && part.rows.length > stored.rows.length);
        if (isBetter) await servePart(part);
      },
    },
  });
}

/** What the settings offered of each list when it was last asked for: a new list would have to be prepared anew. */
const offered = new WeakMap<readonly ProductGroup[], { readonly by: string; readonly rows: readonly ProductGroup[] }>();

/** Ready to be searched. */
async function offeredGroups(groups: readonly ProductGroup[], settings: Settings): Promise<readonly ProductGroup[]> {
  const rows = groupsWithin(groups, settings);
  await prepareSearch(rows, () => new Promise((next) => setImmediate(next)));
  return rows;
}

function groupsWithin(groups: readonly ProductGroup[], settings: Settings): readonly ProductGroup[] {
  const { productGroups, categories } = settings;
  if (productGroups === null && categories === null) return groups;
  const by = JSON.stringify([productGroups, categories]);
  const known = offered.get(groups);
  if (known?.by === by) return known.rows;
  const rows = chosenGroups(groups, settings);
  offered.set(groups, { by, rows });
  return rows;
}

function chosenGroups(
  groups: readonly ProductGroup[],
  { productGroups, categories }: Settings,
): readonly ProductGroup[] {
  return groups.filter(
    ({ productGroupId, category }) =>
      (productGroups === null || productGroups.includes(productGroupId)) &&
      (categories === null || categories.some((one) => one === category)),
  );
}

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

async function withLearnedKeyboards(
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
