import { Cluster } from 'ioredis';
import type { TenantId } from '../domain/ids.ts';
import { keysOf, tenantsKey } from './keys.ts';
import { createLink, type RedisClient } from './link.ts';
import { unavailable } from './unavailable.ts';

/** Which tenants there are: whose outboxes are swept and whose orders are followed. */
export interface TenantRegister {
  add(tenant: TenantId): Promise<void>;
  all(): Promise<readonly TenantId[]>;
  /** Deletes everything that is stored for the tenant, and the tenant. Another instance may still write: stop it first. */
  erase(tenant: TenantId): Promise<void>;
}

const SCAN_COUNT = 1000;

export function createTenantRegister(redis: RedisClient): TenantRegister {
  const link = createLink(redis);
  return {
    add: async (tenant) => {
      await link.run(() => redis.sadd(tenantsKey, tenant));
    },
    // Only `add` writes members here.
    all: async () => (await link.run(() => redis.smembers(tenantsKey))) as TenantId[],
    erase: async (tenant) => {
      await eraseKeys(redis, keysOf(tenant).everything);
      await link.run(() => redis.srem(tenantsKey, tenant));
    },
  };
}

async function eraseKeys(redis: RedisClient, pattern: string): Promise<void> {
  try {
    // A scan sees one node's keys only.
    for (const node of redis instanceof Cluster ? redis.nodes('master') : [redis]) {
      for await (const keys of node.scanStream({ match: pattern, count: SCAN_COUNT })) {
        if (keys.length > 0) await redis.unlink(...keys);
      }
    }
  } catch (error) {
    throw unavailable(error);
  }
}
