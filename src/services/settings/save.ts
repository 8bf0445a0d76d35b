import { withTimeout } from '../../domain/async.ts';
import type { AuditEntry } from '../../domain/audit.ts';
import type { SlackUserId } from '../../domain/ids.ts';
import {
  type ChangedSetting,
  changedSettings,
  isProtected,
  type SettingName,
  type Settings,
} from '../../domain/settings/settings.ts';
import type { WorkItem } from '../../domain/work.ts';
import type { ServiceContext } from '../context.ts';
import { type AdminRights, adminRights } from '../people/admins.ts';

export interface InterimChanges {
  readonly changes: readonly ChangedSetting[];
  /** False: the log does not tell all of it, so any setting may have changed. */
  readonly isWhole: boolean;
}

const MAX_ENTRIES = 200;

/** What was saved between the two revisions, and by whom: the audit log knows. Newest first, each setting once. */
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

interface SettingsChange {
  readonly by: SlackUserId;
  /** What the form showed; null: the defaults, never saved. */
  readonly was: number | null;
  readonly change: Partial<Settings>;
}

export type SavedSettings =
  | { readonly kind: 'saved'; readonly changed: readonly SettingName[] }
  | { readonly kind: 'not_an_admin' }
  | { readonly kind: 'not_a_fleet_admin' }
  /** Somebody saved since the form was opened: nothing of this change is. */
  | {
      readonly kind: 'conflict';
      readonly revision: number | null;
      readonly settings: Settings;
      readonly meanwhile: InterimChanges;
    };

/** Slack must be answered within three seconds. Nobody saves of whom it cannot be said in time that they may. */
const WAIT_MS = 1_200;

export async function saveSettings(
  context: ServiceContext,
  { by, was, change }: SettingsChange,
): Promise<SavedSettings> {
  const { store } = context;
  const looking = withTimeout(context.sleep, WAIT_MS, adminRights(context, by));
  const [saved, who] = await Promise.all([store.savedSettings(), looking]);
  if (who === null) throw new Error('whoever saves could not be looked up in time');
  if (!who.isAdmin) return { kind: 'not_an_admin' };
  if (saved.revision !== was) return conflictOutcome(context, was, saved);
  const is = { ...saved.settings, ...change };
  const changed = changedSettings(saved.settings, is);
  if (changed.length === 0) return { kind: 'saved', changed };
  if (changed.some(isProtected) && !who.isFleetAdmin) return { kind: 'not_a_fleet_admin' };
  const committed = await store.commit({
    settings: { expectedRevision: was, next: is },
    audit: changed.map((name) => auditEntryOf(context, { by, was, name, who })),
    work: [
      ...(changed.some(isProtected) ? [tellApprovers(context, saved, { by: who.name, changed })] : []),
      ...(changed.includes('approvers') ? await recheckAskedApprovers(context, was, is) : []),
    ],
  });
  return committed === 'committed'
    ? { kind: 'saved', changed }
    : conflictOutcome(context, was, await store.savedSettings());
}

async function conflictOutcome(
  context: ServiceContext,
  was: number | null,
  saved: { readonly revision: number | null; readonly settings: Settings },
): Promise<SavedSettings> {
  return { kind: 'conflict', ...saved, meanwhile: await findInterimChanges(context, was, saved.revision) };
}

/** The field's name and no value: lists of people are personal data, and a log is kept for long. */
function auditEntryOf(
  context: ServiceContext,
  { by, was, name, who }: { by: SlackUserId; was: number | null; name: SettingName; who: AdminRights },
): AuditEntry {
  return {
    at: context.now(),
    by: { slackUserId: by, fleetUserId: who.fleetUserId },
    did: 'settings_changed',
    requestId: null,
    fleetOrderId: null,
    from: String(was ?? 0),
    to: String((was ?? 0) + 1),
    surface: 'settings',
    outcome: name,
  };
}

/** All of before and all of after: also who may sign no longer hears of it. */
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

/** Whoever is asked to sign and does not stand on the new list may not sign any more: their requests do not sit silent. */
async function recheckAskedApprovers(
  { store, workspaceId }: ServiceContext,
  was: number | null,
  { approvers }: Settings,
): Promise<readonly WorkItem[]> {
  const pending = (await store.openRequests()).filter(({ state }) => state.kind === 'pending');
  const asked = new Set(pending.map(({ approver }) => approver.slackUserId));
  return [...asked]
    .filter((one) => !approvers.people.includes(one))
    .map((slackUserId) => ({
      id: `person-changed.settings-${(was ?? 0) + 1}.${slackUserId}`,
      work: { kind: 'person_changed', tenant: workspaceId, slackUserId },
    }));
}
