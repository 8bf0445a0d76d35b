import type { SlackUserId } from '../../domain/ids.ts';
import type { ChangedSetting } from '../../domain/settings/settings.ts';
import type { ServiceContext } from '../context.ts';

export interface Meanwhile {
  readonly changes: readonly ChangedSetting[];
  /** False: the log does not tell all of it, so any setting may have changed. */
  readonly isWhole: boolean;
}

const LOOKED_AT = 200;

/** What was saved between the two revisions, and by whom: the audit log knows. Newest first, each setting once. */
export async function changedMeanwhile(
  { store }: ServiceContext,
  since: number | null,
  until: number | null,
): Promise<Meanwhile> {
  const { entries } = await store.auditPage({ limit: LOOKED_AT });
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
