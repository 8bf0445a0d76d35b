import { once } from 'node:events';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { defaultSettings, type Settings } from '../../src/domain/settings/settings.ts';
import { connectRedis } from '../../src/store/connection.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { createSeal } from '../../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStore } from '../../src/store/store.ts';
import type { World } from './world.ts';

const open = new Set<RedisClient>();

/** With the connections that the test opened beside the app. */
export async function closeWorld(world: World, options?: Parameters<World['close']>[0]): Promise<void> {
  for (const redis of open) redis.disconnect();
  open.clear();
  await world.close(options);
}

/** Ready to be asked. */
export async function readyRedis(world: World): Promise<RedisClient> {
  const redis = redisOf(world);
  await once(redis, 'ready');
  return redis;
}

function redisOf(world: World): RedisClient {
  const redis = connectRedis(world.redisUrl, 'commands');
  open.add(redis);
  return redis;
}

/** The world's own records, read and written beside the app. */
export function storeOf(world: World): WorkspaceStore {
  const redis = redisOf(world);
  const seal = createSeal([{ id: 'k1', key: Buffer.alloc(32, 7) }]);
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
