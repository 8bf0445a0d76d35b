import { randomBytes } from 'node:crypto';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import { type FleetStandIn, startFleet } from '../../sandbox/fleet/start.ts';
import type { FleetBudget } from '../../src/domain/fleet-budget.ts';
import type { FleetOrderId, RequestId } from '../../src/domain/ids.ts';
import { createFleetClient } from '../../src/fleet/client.ts';
import { createKeepAliveFetch } from '../../src/fleet/http.ts';
import type { ServiceContext } from '../../src/services/context.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { aRequest, clara } from '../domain/a-request.ts';
import { aStore } from '../store/support/a-store.ts';
import { never } from './never.ts';

export interface ManyOrders {
  readonly fleet: FleetStandIn;
  readonly context: ServiceContext;
  readonly logged: readonly unknown[];
  close(): Promise<void>;
}

/** A company with so many orders under way in Fleet, every one of them placed from here. */
export async function manyOrders(redis: RedisClient, openOrders: number, budget?: FleetBudget): Promise<ManyOrders> {
  const seed = aSeed({ openOrders, openCarts: 30 });
  const fleet = await startFleet({ seed, requestsPerMinute: Number.POSITIVE_INFINITY });
  const http = createKeepAliveFetch();
  const { store, workspaceId, seal } = aStore(redis, { now: Date.now });
  const logged: unknown[] = [];
  const log = (message: string, fields?: unknown) => logged.push([message, fields]);
  for (const { id, clientStatus } of fleet.orders()) {
    const state = {
      kind: 'ordered',
      by: clara,
      at: 1,
      clientStatus: `${clientStatus}`,
      signatoryConfirmed: true,
    } as const;
    const told = { toldOf: [`${clientStatus}`] };
    const ids = { id: `r${id}` as RequestId, tenant: workspaceId, fleetOrderId: id as FleetOrderId, revision: 1 };
    await store.commit({
      request: { expectedRevision: null, next: aRequest({ ...ids, state: { ...state, ...told } }) },
    });
  }
  return {
    ...{ fleet, logged },
    context: {
      ...{ workspaceId, store, seal, now: Date.now, newId: () => randomBytes(10).toString('hex') },
      log: { info: log, warn: log, error: log },
      sleep: never,
      fleet: createFleetClient({
        ...{ baseUrl: fleet.url, apiKey: fleet.apiKey, fetch: http.fetch, now: Date.now, random: Math.random },
        sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
        budget: budget ?? { take: async () => ({ ok: true }), pause: async () => undefined },
      }),
      slackPeople: {
        profile: async () => ({ ok: false }),
        profileByEmail: async () => ({ ok: false }),
        groups: async () => ({ ok: false }),
        groupMembers: async () => ({ ok: false }),
      },
    },
    close: async () => {
      http.close();
      await fleet.close();
    },
  };
}
