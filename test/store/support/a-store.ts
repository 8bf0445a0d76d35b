import { randomBytes } from 'node:crypto';
import type { Unreadable } from '../../../src/store/codec.ts';
import { keysOf } from '../../../src/store/keys.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { createSeal } from '../../../src/store/seal.ts';
import { createWorkspaceStore, type WorkspaceStoreOptions } from '../../../src/store/store.ts';
import { aWorkspaceId } from './redis-for-tests.ts';

export const aSeal = () => createSeal([{ id: 'k1', key: randomBytes(32) }]);

/** A store for a workspace of its own, with what it reported and a clock that the test moves. */
export function aStore(redis: RedisClient, over: Partial<WorkspaceStoreOptions> = {}) {
  const workspaceId = over.workspaceId ?? aWorkspaceId();
  const clock = { now: 1_700_000_000_000 };
  const unreadable: Unreadable[] = [];
  const seal = over.seal ?? aSeal();
  const store = createWorkspaceStore({
    redis,
    workspaceId,
    seal,
    now: () => clock.now,
    onUnreadable: (what) => unreadable.push(what),
    ...over,
  });
  return { store, workspaceId, clock, unreadable, seal, keys: keysOf(workspaceId) };
}
