import { afterAll, describe, expect, it } from 'vitest';
import { startRedisCluster } from '../../sandbox/redis/start.ts';
import { createFleetBudget } from '../../src/store/budget.ts';
import { eraseWorkspaceRecords } from '../../src/store/workspace.ts';
import { connectPatiently } from '../support/redis-url.ts';
import { aStore } from './support/a-store.ts';
import { ANA, aDraft, anEntry, anItem, aRequest, BEN, wholeSince } from './support/records.ts';

// REDIS_CLUSTER_URL (several URLs with commas between) runs the same against a real one.
const given = process.env.REDIS_CLUSTER_URL;
const own = given ? null : await startRedisCluster(3);
const url = given ?? own?.url ?? '';
const redis = connectPatiently(url);
afterAll(async () => {
  redis.disconnect();
  await own?.close();
});

describe('on a Redis Cluster', () => {
  it.each(['one', 'two', 'three', 'four'])('everything of a workspace works: workspace %s', async () => {
    const { store, workspaceId } = aStore(redis);
    const { directory } = store;
    const request = aRequest({ tenant: workspaceId });
    const commit = {
      once: 'press-1',
      draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
      request: { expectedRevision: null, next: request },
      settings: { expectedRevision: null, next: await store.settings() },
      work: [anItem({ work: { kind: 'follow_orders', tenant: workspaceId } })],
      audit: [anEntry()],
    } as const;

    expect(await store.commit(commit)).toBe('committed');
    expect(await store.commit(commit)).toBe('repeated');
    expect(await store.requestsWaitingFor(BEN)).toEqual([request]);
    expect(await store.openCarts({ filter: 'open', now: 0, page: 0, size: 9 })).toMatchObject({ count: 2 });
    expect(await store.requestsPendingFor(BEN, { page: 0, size: 3 })).toMatchObject({ count: 1 });
    expect(await store.recordsOfOrder(request.fleetOrderId)).toMatchObject({ request });
    expect(await store.outbox(0)).toHaveLength(1);
    await store.markQueued((await store.beginRound(0, [])).accepted);
    expect(await store.outbox(0)).toEqual([]);
    await store.dropFromOutbox(['item-1']);
    await (await store.lease('polling', 5000))?.release();
    expect(await store.claimGeneration('V1' as never, '1.1')).toBe(true);
    await store.remember('fact', '1', 5000);
    expect(await store.recall(['fact', 'none'])).toEqual(['1', null]);
    expect(await store.increment('tried', 5000)).toBe(1);

    for (const [pass, at] of [
      ['p1', 1],
      ['p2', 2],
    ] as const) {
      await directory.add(pass, [
        { fleetUserId: 1 as never, name: 'Ana', isFleetAdmin: true, email: 'a@b.c', secondaryEmail: 'd@e.f' },
      ]);
      await directory.swapIn(pass, wholeSince(at));
    }
    expect((await directory.byEmail('a@b.c')).primary).toEqual([1]);
    expect(await directory.search('ana', 5)).toHaveLength(1);

    const entry = { key: 'k', freshMs: 1000, keepMs: 1000, parse: (stored: unknown) => stored };
    const load = async () => ({ ok: true as const, value: 7 });
    expect(await store.cache.read(entry, load)).toMatchObject({ value: 7 });
    await store.cache.forget('k');
    expect(await createFleetBudget(redis, workspaceId, { perMinute: 5 }).take('refresh')).toEqual({ ok: true });

    await eraseWorkspaceRecords(redis, workspaceId);
    expect(await store.draft(ANA)).toBeNull();
    expect(await directory.state()).toBeNull();
  });
});
