import type { WorkspaceId } from '../../src/domain/ids.ts';
import { defaultSettings, type Settings } from '../../src/domain/settings/settings.ts';
import { createSeal } from '../../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../src/store/store.ts';
import { testKeys } from './keys.ts';
import type { World } from './world.ts';

/** The world's own records, read and written beside the app. Closed with the world. */
export function storeOf(world: World): WorkspaceStore {
  const redis = world.redis();
  const seal = createSeal(testKeys);
  return createWorkspaceStore({ redis, workspaceId: world.workspaceId as WorkspaceId, seal });
}

export async function setSettings(store: WorkspaceStore, change: Partial<Settings>): Promise<void> {
  const { revision, settings } = await store.savedSettings();
  await store.commit({
    settings: { expectedRevision: revision, next: { ...defaultSettings, ...settings, ...change } },
  });
}

/** What was done, oldest first. */
export async function auditOf(store: WorkspaceStore): Promise<readonly string[]> {
  const did: string[] = [];
  for await (const { entry } of store.audit()) did.push(`${entry.did} ${entry.outcome}`);
  return did;
}
