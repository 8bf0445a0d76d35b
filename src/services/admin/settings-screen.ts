import type { FleetProductGroupId, SlackUserId } from '../../domain/ids.ts';
import type { ProductGroup } from '../../domain/order/catalog.ts';
import { groupName } from '../../domain/order/find-products.ts';
import type { SlackGroup } from '../../domain/people/slack-profile.ts';
import type { Settings } from '../../domain/settings/settings.ts';
import { type SettingsSection, settingsSections } from '../../domain/settings/settings-sections.ts';
import type { ServiceContext } from '../context.ts';
import { listEveryProductGroupWhileTyping } from '../order/list-product-groups.ts';
import { offeredCountries } from '../order/offered-countries.ts';
import { adminStanding } from '../people/admin-standing.ts';
import { listGroups } from '../people/group-members.ts';
import type { Meanwhile } from './settings-meanwhile.ts';

export interface SettingsScreen {
  readonly settings: Settings;
  readonly revision: number | null;
  readonly mayChange: boolean;
  readonly groups: readonly SlackGroup[] | null;
  readonly productNames: ReadonlyMap<FleetProductGroupId, string>;
}

/** What one section shows to this admin. Null: no admin. */
export async function settingsScreen(
  context: ServiceContext,
  slackUserId: SlackUserId,
  section: SettingsSection,
): Promise<SettingsScreen | null> {
  const [standing, saved] = await Promise.all([adminStanding(context, slackUserId), context.store.savedSettings()]);
  if (!standing.isAdmin) return null;
  const mayChange = section !== 'people' || standing.isFleetAdmin;
  const [groups, products] = await Promise.all([
    section === 'people' && mayChange ? listGroups(context) : null,
    section === 'ordering' && saved.settings.productGroups !== null ? everyProduct(context, saved.settings) : [],
  ]);
  const productNames = new Map(products.map((group) => [group.productGroupId, groupName(group)]));
  return { ...saved, mayChange, groups, productNames };
}

/** As Fleet offers them in any of the countries, each once: it is assumed that a group has the same number everywhere. */
export async function everyProduct(context: ServiceContext, settings: Settings): Promise<readonly ProductGroup[]> {
  const countries = await offeredCountries(context, settings);
  const lists = await Promise.all(countries.map((country) => listEveryProductGroupWhileTyping(context, country)));
  const known = new Map<FleetProductGroupId, ProductGroup>();
  for (const group of lists.flatMap((list) => (list.ok ? list.value : [])))
    if (!known.has(group.productGroupId)) known.set(group.productGroupId, group);
  return [...known.values()];
}

/** What holds now, with what this admin's form says where nobody else changed anything since. */
export function withoutConflict(
  section: SettingsSection,
  { mine, now }: { readonly mine: Partial<Settings>; readonly now: Settings },
  { changes, isWhole }: Meanwhile,
): Settings {
  const free = isWhole
    ? settingsSections[section].filter((name) => !changes.some(({ setting }) => setting === name))
    : [];
  const wanted = { ...now, ...mine };
  return { ...now, ...Object.fromEntries(free.map((name) => [name, wanted[name]])) };
}
