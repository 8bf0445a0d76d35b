import { randomBytes } from 'node:crypto';
import { keysOf } from '../../../src/store/keys.ts';
import type { Unreadable } from '../../../src/store/parts.ts';
import type { RedisClient } from '../../../src/store/redis.ts';
import { createSeal } from '../../../src/store/seal.ts';
import { createTenantStore, type TenantStoreOptions } from '../../../src/store/tenant-store.ts';
import { aTenant } from './redis-for-tests.ts';

export const aSeal = () => createSeal([{ id: 'k1', key: randomBytes(32) }]);

/** A store for a tenant that nobody else has, with what it reported and a clock that the test moves. */
export function aStore(redis: RedisClient, over: Partial<TenantStoreOptions> = {}) {
  const tenant = over.tenant ?? aTenant();
  const clock = { now: 1_700_000_000_000 };
  const unreadable: Unreadable[] = [];
  const seal = over.seal ?? aSeal();
  const store = createTenantStore({
    redis,
    tenant,
    seal,
    now: () => clock.now,
    onUnreadable: (what) => unreadable.push(what),
    ...over,
  });
  return { store, tenant, clock, unreadable, seal, keys: keysOf(tenant) };
}
