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

/** What one section shows this admin. Null: they are no admin. */
export async function settingsScreen(
  context: ServiceContext,
  slackUserId: SlackUserId,
  section: SettingsSection,
): Promise<SettingsScreen | null> {
  const [rights, saved] = await Promise.all([adminRights(context, slackUserId), context.store.savedSettings()]);
  if (!rights.isAdmin) return null;
  const mayChange = section !== 'people' || rights.isFleetAdmin;
  const [groups, products] = await Promise.all([
    section === 'people' && mayChange ? listGroups(context) : null,
    section === 'ordering' && saved.settings.productGroups !== null ? listOfferedProducts(context, saved.settings) : [],
  ]);
  const productNames = new Map(products.map((group) => [group.productGroupId, groupName(group)]));
  return { ...saved, mayChange, groups, productNames };
}

/** The groups offered in any country, without duplicates. We assume that a group has the same id everywhere. */
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

/** The saved settings, with this admin's values where no one else changed them since. */
export function withoutConflict(
  section: SettingsSection,
  { mine, now }: { readonly mine: Partial<Settings>; readonly now: Settings },
  { changes, isWhole }: InterimChanges,
): Settings {
  const unchanged = isWhole
    ? settingsSections[section].filter((name) => !changes.some(({ setting }) => setting === name))
    : [];
  const wanted = { ...now, ...mine };
  return { ...now, ...Object.fromEntries(unchanged.map((name) => [name, wanted[name]])) };
}
