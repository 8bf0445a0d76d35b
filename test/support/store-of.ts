import { FleetOrderId, type WorkspaceId } from '../../src/domain/ids.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { defaultSettings, type Settings } from '../../src/domain/settings/settings.ts';
import { keysOf } from '../../src/store/keys.ts';
import { createSeal } from '../../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../src/store/store.ts';
import { testKeys } from './keys.ts';
import { ready } from './redis-url.ts';
import type { World } from './world.ts';

/** The world's own records, read and written beside the app. Closed with the world. */
export function storeOf(world: World): WorkspaceStore {
  const redis = world.redis();
  const seal = createSeal(testKeys);
  return createWorkspaceStore({ redis, workspaceId: world.workspaceId as WorkspaceId, seal });
}

/** Deletes the keys that begin so. One scan for all: the embedded Redis copies every record for each. */
export async function forget(world: World, beginnings: readonly string[]): Promise<void> {
  const redis = await ready(world.redis());
  const all = await redis.keys(keysOf(world.workspaceId as WorkspaceId).everything);
  const found = all.filter((key) => beginnings.some((beginning) => key.startsWith(beginning)));
  if (found.length > 0) await redis.del(...found);
}

/** What was sent for the world's first cart. */
export async function firstRequest(world: World): Promise<DeviceRequest> {
  const found = await storeOf(world).requestForOrder(FleetOrderId.parse(42));
  if (found === null) throw new Error('nothing was sent');
  return found;
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
