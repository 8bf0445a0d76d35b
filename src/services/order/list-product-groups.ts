import { z } from 'zod';
import type { Urgency } from '../../domain/fleet-budget.ts';
import type { CountryCode } from '../../domain/ids.ts';
import { ProductGroup } from '../../domain/order/catalog.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import type { FleetResult } from '../../fleet/fleet.ts';
import { allPages } from '../all-pages.ts';
import type { ServiceContext } from '../context.ts';
import { heedingCountry, lifetimes, readThrough } from './catalog.ts';

/** How long searching waits after it was the one to ask Fleet: never a call for each keystroke. */
const REST_MS = 30_000;

/** All product groups that Fleet delivers to the country and that the settings offer. */
export async function listProductGroups(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return offered(await listEveryProductGroup(context, country), settings);
}

/** Also what the settings leave out: for whoever decides what they offer. */
export async function listEveryProductGroup(
  context: ServiceContext,
  country: CountryCode,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return readGroups(context, country, (urgency) => askFleet(context, country, urgency));
}

/** The same for whoever types: where nothing is kept, Fleet is asked at most twice a minute however much is typed. */
export async function listProductGroupsWhileTyping(
  context: ServiceContext,
  country: CountryCode,
  settings: Settings,
): Promise<FleetResult<readonly ProductGroup[]>> {
  return offered(await listEveryProductGroupWhileTyping(context, country), settings);
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
  return heedingCountry(context, country, await readThrough(context, kept, ask));
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

function offered(
  groups: FleetResult<readonly ProductGroup[]>,
  settings: Settings,
): FleetResult<readonly ProductGroup[]> {
  return groups.ok ? { ok: true, value: groups.value.filter((group) => isOffered(group, settings)) } : groups;
}

function isOffered({ productGroupId, category }: ProductGroup, { productGroups, categories }: Settings): boolean {
  if (productGroups !== null && !productGroups.includes(productGroupId)) return false;
  return categories === null || categories.some((one) => one === category);
}
