import { Cluster } from 'ioredis';
import type { TenantId } from '../domain/ids.ts';
import { keysOf } from './keys.ts';
import type { RedisClient } from './link.ts';
import { unavailable } from './unavailable.ts';

const SCAN_COUNT = 1000;

/** Deletes everything that is stored for the tenant. Another instance may still write: stop it first. */
export async function eraseTenant(redis: RedisClient, tenant: TenantId): Promise<void> {
  const pattern = keysOf(tenant).everything;
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
