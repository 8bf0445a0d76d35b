import { withTimeout } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import { groupName, type ProductGroup } from '../../domain/catalog/products.ts';
import type { FleetProductGroupId, SlackUserId } from '../../domain/ids.ts';
import type { SlackGroup } from '../../domain/people/people.ts';
import {
  type ChangedSetting,
  changedSettings,
  isProtected,
  type SettingName,
  type Settings,
  type SettingsSection,
  settingsSections,
} from '../../domain/settings/settings.ts';
import type { WorkItem } from '../../domain/work.ts';
import { listEveryProductGroupWhileTyping, offeredCountries } from '../catalog/products.ts';
import type { ServiceContext } from '../context.ts';
import { type AdminRights, adminRights, adminRightsNow } from '../people/admins.ts';
import { listGroups } from '../people/approvers.ts';

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
    section === 'ordering' && saved.settings.productGroups !== null
      ? listOfferedProducts(context, saved.settings).then(({ rows }) => rows)
      : [],
  ]);
  const productNames = new Map(products.map((group) => [group.productGroupId, groupName(group)]));
  return { ...saved, mayChange, groups, productNames };
}

interface OfferedProducts {
  readonly rows: readonly ProductGroup[];
  /** How many more products are being read, in the country with most of them. */
  readonly stillToCome: number;
}

/** The groups offered in any country, without duplicates. We assume that a group has the same id everywhere. */
export async function listOfferedProducts(context: ServiceContext, settings: Settings): Promise<OfferedProducts> {
  const countries = await offeredCountries(context, settings);
  const lists = await Promise.all(countries.map((country) => listEveryProductGroupWhileTyping(context, country)));
  const loaded = lists.flatMap((list) => (list.ok ? [list.value] : []));
  return {
    rows: mergedRows(loaded.map(({ rows }) => rows)),
    stillToCome: Math.max(0, ...loaded.map(({ stillToCome = 0 }) => stillToCome)),
  };
}

type Rows = readonly ProductGroup[];
/** By the first list: what its and the other lists' rows were merged into. */
const merged = new WeakMap<Rows, { readonly lists: readonly Rows[]; readonly rows: Rows }>();

function mergedRows(lists: readonly Rows[]): Rows {
  const [first = []] = lists;
  const before = merged.get(first);
  if (before?.lists.length === lists.length && lists.every((list, at) => list === before.lists[at])) return before.rows;
  const known = new Map<FleetProductGroupId, ProductGroup>();
  for (const group of lists.flat()) if (!known.has(group.productGroupId)) known.set(group.productGroupId, group);
  const rows = [...known.values()];
  merged.set(first, { lists, rows });
  return rows;
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

export interface InterimChanges {
  readonly changes: readonly ChangedSetting[];
  /** False: the log is incomplete, so any setting may have changed. */
  readonly isWhole: boolean;
}

interface SettingsChange {
  readonly by: SlackUserId;
  /** The revision that the form showed. Null: the defaults, never saved. */
  readonly expectedRevision: number | null;
  readonly change: Partial<Settings>;
  /** The submission itself (`onceName`): received again, it was saved. */
  readonly once: string;
}

export type SavedSettings =
  | { readonly kind: 'saved'; readonly changed: readonly SettingName[] }
  | { readonly kind: 'not_an_admin' }
  | { readonly kind: 'not_a_fleet_admin' }
  /** Someone saved after the form was opened, so nothing of this change is saved. */
  | {
      readonly kind: 'conflict';
      readonly revision: number | null;
      readonly settings: Settings;
      readonly meanwhile: InterimChanges;
    };

/** Slack expects an answer within three seconds. If we can't confirm the admin in time, nothing is saved. */
const WAIT_MS = 1_200;
const LOOK_UP_MS = 500;

export async function saveSettings(
  context: ServiceContext,
  { by, expectedRevision, change, once }: SettingsChange,
): Promise<SavedSettings> {
  const { store } = context;
  const checking = withTimeout(context.sleep, WAIT_MS, adminRightsNow(context, by, LOOK_UP_MS));
  const [saved, earlier, who] = await Promise.all([store.savedSettings(), store.onceOutcome(once), checking]);
  const cannotSay = new Error('the admin who saves could not be looked up in time');
  if (who === null || (!who.isAdmin && who.unsure !== null)) throw cannotSay;
  if (!who.isAdmin) return { kind: 'not_an_admin' };
  if (earlier !== null) return { kind: 'saved', changed: [] };
  if (saved.revision !== expectedRevision) return conflictOutcome(context, expectedRevision, saved);
  const next = { ...saved.settings, ...change };
  const changed = changedSettings(saved.settings, next);
  if (changed.length === 0) return { kind: 'saved', changed };
  if (changed.some(isProtected) && !who.isFleetAdmin) {
    if (who.unsure !== null) throw cannotSay;
    return { kind: 'not_a_fleet_admin' };
  }
  const committed = await store.commit({
    once,
    settings: { expectedRevision, next },
    audit: changed.map((name) => auditEntryOf(context, { by, expectedRevision, name, who })),
    work: [
      ...(changed.some(isProtected) ? [tellApprovers(context, saved, { by: who.name, changed })] : []),
      ...(changed.includes('approvers') ? await recheckAskedApprovers(context, expectedRevision, next) : []),
    ],
  });
  return committed !== 'conflict'
    ? { kind: 'saved', changed }
    : conflictOutcome(context, expectedRevision, await store.savedSettings());
}

async function conflictOutcome(
  context: ServiceContext,
  expectedRevision: number | null,
  saved: { readonly revision: number | null; readonly settings: Settings },
): Promise<SavedSettings> {
  return { kind: 'conflict', ...saved, meanwhile: await findInterimChanges(context, expectedRevision, saved.revision) };
}

const MAX_ENTRIES = 200;

/** What was saved between the two revisions, and by whom, from the audit log. Newest first, each setting once. */
async function findInterimChanges(
  { store }: ServiceContext,
  since: number | null,
  until: number | null,
): Promise<InterimChanges> {
  const { entries } = await store.auditPage({ limit: MAX_ENTRIES });
  const changes = new Map<string, SlackUserId | null>();
  const revisions = new Set<number>();
  for (const { entry } of entries) {
    const revision = Number(entry.to);
    if (entry.did !== 'settings_changed' || revision <= (since ?? 0)) continue;
    revisions.add(revision);
    if (!changes.has(entry.outcome))
      changes.set(entry.outcome, entry.by === 'fleet_for_slack' ? null : entry.by.slackUserId);
  }
  return {
    changes: [...changes].map(([setting, by]) => ({ setting, by })),
    isWhole: revisions.size === (until ?? 0) - (since ?? 0),
  };
}

/** The setting's name without its value: lists of people are personal data, and the log is kept for long. */
function auditEntryOf(
  context: ServiceContext,
  change: { by: SlackUserId; expectedRevision: number | null; name: SettingName; who: AdminRights },
): AuditEntry {
  const { by, expectedRevision, name, who } = change;
  return {
    at: context.now(),
    by: { slackUserId: by, fleetUserId: who.fleetUserId },
    did: 'settings_changed',
    requestId: null,
    fleetOrderId: null,
    from: String(expectedRevision ?? 0),
    to: String((expectedRevision ?? 0) + 1),
    surface: 'settings',
    outcome: name,
  };
}

/** Approvers before and after the change, so those removed are told too. */
function tellApprovers(
  { workspaceId }: ServiceContext,
  before: { readonly revision: number | null; readonly settings: Settings },
  change: { readonly by: string | null; readonly changed: readonly SettingName[] },
): WorkItem {
  return {
    id: `tell-approvers.${(before.revision ?? 0) + 1}`,
    work: {
      kind: 'notify',
      tenant: workspaceId,
      to: { kind: 'approvers', before: before.settings.approvers },
      notice: { kind: 'signing_settings_changed', ...change },
    },
  };
}

/** Approvers of pending requests who left the list: their requests must not sit waiting for them. */
async function recheckAskedApprovers(
  { store, workspaceId }: ServiceContext,
  expectedRevision: number | null,
  { approvers }: Settings,
): Promise<readonly WorkItem[]> {
  const pending = (await store.openRequests()).filter(({ state }) => state.kind === 'pending');
  const asked = new Set(pending.map(({ approver }) => approver.slackUserId));
  return [...asked]
    .filter((one) => !approvers.people.includes(one))
    .map((slackUserId) => ({
      id: `person-changed.settings-${(expectedRevision ?? 0) + 1}.${slackUserId}`,
      work: { kind: 'person_changed', tenant: workspaceId, slackUserId },
    }));
}
