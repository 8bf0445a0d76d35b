import { randomBytes } from 'node:crypto';
import { createSeal } from '../../../src/seal/create-seal.ts';
import { createTenantStore, type TenantStoreOptions } from '../../../src/store/create-tenant-store.ts';
import { keysOf } from '../../../src/store/keys.ts';
import type { RedisClient } from '../../../src/store/link.ts';
import type { Unreadable } from '../../../src/store/store-parts.ts';
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
