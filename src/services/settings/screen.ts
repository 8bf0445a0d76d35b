import type { ProductGroup } from '../../domain/catalog/catalog.ts';
import { groupName } from '../../domain/catalog/products.ts';
import type { FleetProductGroupId, SlackUserId } from '../../domain/ids.ts';
import type { SlackGroup } from '../../domain/people/people.ts';
import { type Settings, type SettingsSection, settingsSections } from '../../domain/settings/settings.ts';
import { offeredCountries } from '../catalog/learned.ts';
import { listEveryProductGroupWhileTyping } from '../catalog/products.ts';
import type { ServiceContext } from '../context.ts';
import { adminRights } from '../people/admins.ts';
import { listGroups } from '../people/approvers.ts';
import type { InterimChanges } from './save.ts';

interface SettingsScreen {
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
  const [standing, saved] = await Promise.all([adminRights(context, slackUserId), context.store.savedSettings()]);
  if (!standing.isAdmin) return null;
  const mayChange = section !== 'people' || standing.isFleetAdmin;
  const [groups, products] = await Promise.all([
    section === 'people' && mayChange ? listGroups(context) : null,
    section === 'ordering' && saved.settings.productGroups !== null ? listOfferedProducts(context, saved.settings) : [],
  ]);
  const productNames = new Map(products.map((group) => [group.productGroupId, groupName(group)]));
  return { ...saved, mayChange, groups, productNames };
}

/** As Fleet offers them in any of the countries, each once: it is assumed that a group has the same number everywhere. */
export async function listOfferedProducts(
  context: ServiceContext,
  settings: Settings,
): Promise<readonly ProductGroup[]> {
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
  { changes, isWhole }: InterimChanges,
): Settings {
  const free = isWhole
    ? settingsSections[section].filter((name) => !changes.some(({ setting }) => setting === name))
    : [];
  const wanted = { ...now, ...mine };
  return { ...now, ...Object.fromEntries(free.map((name) => [name, wanted[name]])) };
}
