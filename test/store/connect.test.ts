import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startRedis } from '../../sandbox/redis/start.ts';
import { CommitUnclear, StoreUnavailable } from '../../src/domain/failures/failure.ts';
import { createFleetBudget } from '../../src/store/budget.ts';
import { connectRedis } from '../../src/store/connection.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import type { WorkspaceStore } from '../../src/store/store.ts';
import { eraseWorkspaceRecords } from '../../src/store/workspace.ts';
import { redisUrlForTests } from '../support/redis-url.ts';
import { aStore } from './support/a-store.ts';
import { all } from './support/all.ts';
import { startProxy } from './support/proxy.ts';
import { ANA, aDraft, anItem, aProfile, orderId, requestId, wholeSince } from './support/records.ts';
import { aWorkspaceId } from './support/redis-for-tests.ts';
import { startScriptedCluster } from './support/scripted-redis.ts';

const open: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});
const client = (url: string, onError?: (problem: string) => void): RedisClient => {
  const redis = connectRedis(url, 'commands', onError ? { onError } : {});
  open.push(() => redis.disconnect());
  return redis;
};
/** A Redis behind a wire that the test can cut. */
const wired = async () => {
  const proxy = await startProxy(await redisUrlForTests());
  open.push(proxy.close);
  return { proxy, ...aStore(client(proxy.url)) };
};
const timed = async (work: Promise<unknown>) => {
  const from = performance.now();
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { error, ms: performance.now() - from };
};

/** Every method, each with something that it takes. */
const methods = (store: WorkspaceStore): readonly (() => Promise<unknown>)[] => [
  () => store.commit({ once: 'x' }),
  () => store.draft(ANA),
  () => all(store.drafts()),
  () => store.preferences(ANA),
  () => store.setPreferences(ANA, { lastApprover: ANA }),
  () => store.request(requestId('r')),
  () => store.requestForOrder(orderId(1)),
  () => store.openRequests(),
  () => store.watchedRequests(1),
  () => store.requestsBy(ANA, 1),
  () => store.requestsWaitingFor(ANA),
  () => store.copies(requestId('r')),
  () => store.putCopy(requestId('r'), { kind: 'shared', slackUserId: null, channel: 'C', ts: '1', shows: 1 } as never),
  () => store.dropCopy(requestId('r'), { channel: 'C', ts: '1' } as never),
  () => store.settings(),
  () => store.savedSettings(),
  () => store.pause(),
  () => store.setPause({ kind: 'unauthorized', since: 1 }),
  () => store.clearPause(),
  () => store.outbox(0),
  () => store.beginRound(0, ['x']),
  () => store.markQueued([anItem({ work: { kind: 'follow_orders', tenant: aWorkspaceId() } })]),
  () => store.dropFromOutbox(['x']),
  () => store.forgetCancelled(['x']),
  () => store.openCarts({ filter: 'open', now: 1, page: 0, size: 1 }),
  () => store.openCartNumbers(),
  () => store.requestsPendingFor(ANA, { page: 0, size: 1 }),
  () => store.countWaitingFor(ANA),
  () => store.recordsOfOrder(orderId(1)),
  () => all(store.audit()),
  () => store.lease('l', 1000),
  () => store.claimGeneration('V' as never, '1.1'),
  () => store.claimNextGeneration('V' as never, 'a'),
  () => store.isCurrentGeneration('V' as never, '1.1'),
  () => store.profile(ANA),
  () => store.putProfile(aProfile({ slackTeamId: aWorkspaceId() })),
  () => store.cache.read({ key: 'k', freshMs: 1, keepMs: 1, parse: () => 1 }, async () => ({ ok: true, value: 1 })),
  () => store.cache.forget('k'),
  () => store.directory.state(),
  () => store.directory.byEmail('a@b.c'),
  () => store.directory.person(1 as never),
  () => store.directory.admins(),
  () => store.directory.search('a', 1),
  () => store.directory.emailOf(1 as never),
  () => store.directory.add('p', [{ fleetUserId: 1, name: 'A', isFleetAdmin: false, email: null } as never]),
  () => store.directory.swapIn('p', wholeSince(1)),
  () => store.directory.claimRefresh(1000),
];

describe('a Redis that is away', () => {
  it('makes every method say so within a second and a half', async () => {
    const { proxy, store, workspaceId } = await wired();
    await store.pause();
    proxy.cut();
    await vi.waitFor(() => expect(store.pause()).rejects.toThrow());
    const redis = client(proxy.url);

    const calls = [
      ...methods(store),
      () => createFleetBudget(redis, workspaceId, { perMinute: 1 }).take('person'),
      () => createFleetBudget(redis, workspaceId, { perMinute: 1 }).pause(1),
      () => eraseWorkspaceRecords(redis, workspaceId),
    ];
    const outcomes = await Promise.all(calls.map((call) => timed(call())));

    for (const { error, ms } of outcomes) {
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(ms).toBeLessThan(1500);
    }
  });

  it('is used again once it is back', async () => {
    const { proxy, store } = await wired();
    await store.commit({ draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() } });
    proxy.cut();
    await expect(store.draft(ANA)).rejects.toThrow(StoreUnavailable);
    proxy.mend();

    await vi.waitFor(async () => expect(await store.draft(ANA)).toEqual(aDraft()), { timeout: 5000 });
  });

  it('is waited for when it is only just connecting', async () => {
    const { store } = aStore(client(await redisUrlForTests()));

    expect(await Promise.all(Array.from({ length: 50 }, () => store.draft(ANA)))).toHaveLength(50);
  });

  it('that hangs is given up after a second, and nothing of it is sent later', async () => {
    const { proxy, store, workspaceId } = await wired();
    await store.pause();
    proxy.stall();

    const outcome = await timed(
      store.commit({ work: [anItem({ work: { kind: 'follow_orders', tenant: workspaceId } })] }),
    );
    expect(outcome.error).toBeInstanceOf(StoreUnavailable);
    expect(outcome.ms).toBeLessThan(1500);
    proxy.mend();

    await vi.waitFor(async () => expect(await store.outbox(0)).toEqual([]), { timeout: 5000 });
  });

  it('that is cut off while it works is not asked again behind our back', async () => {
    const { proxy, store, workspaceId } = await wired();
    await store.pause();
    proxy.stall();
    const commit = timed(store.commit({ work: [anItem({ work: { kind: 'follow_orders', tenant: workspaceId } })] }));
    await sleep(50);
    proxy.mend();

    const outcome = await commit;
    expect(outcome.error).toBeInstanceOf(StoreUnavailable);
    expect(outcome.ms).toBeLessThan(600);
    await vi.waitFor(() => store.pause(), { timeout: 5000 });
    expect(await store.outbox(0)).toEqual([]);
  });

  it('gets nothing that waited in the client', async () => {
    await expect(client('redis://127.0.0.1:1').set('x', 'y')).rejects.toThrow('enableOfflineQueue');
  });

  it('that accepts connections and says nothing is given up too', async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    open.push(() => {
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;

    const outcome = await timed(aStore(client(`redis://127.0.0.1:${port}`)).store.draft(ANA));

    expect(outcome.error).toBeInstanceOf(StoreUnavailable);
    expect(outcome.ms).toBeLessThan(1500);
  });

  it('whose connection fell silent is connected to anew within seconds', async () => {
    const { proxy, store } = await wired();
    await store.pause();
    proxy.silence();
    await expect(store.pause()).rejects.toThrow(StoreUnavailable);

    await vi.waitFor(() => store.pause(), { timeout: 8000, interval: 200 });
  });

  it('says repeated for a commit whose answer was lost', async () => {
    const { proxy, store, workspaceId } = await wired();
    const item = anItem({ work: { kind: 'follow_orders', tenant: workspaceId } });
    const commit = {
      once: 'press-1',
      draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() },
      work: [item],
    };
    await store.pause();
    proxy.loseAnswers();
    await expect(store.commit(commit)).rejects.toThrow(CommitUnclear);
    proxy.mend();

    await vi.waitFor(async () => expect(await store.commit(commit)).toBe('repeated'), { timeout: 5000 });
    expect(await store.outbox(0)).toEqual([item]);
  });

  it('costs no answer that Fleet has already given', async () => {
    const { proxy, store } = await wired();
    const read = store.cache.read({ key: 'k', freshMs: 1, keepMs: 1000, parse: () => 1 }, async () => {
      proxy.cut();
      return { ok: true as const, value: 7 };
    });

    expect(await read).toMatchObject({ ok: true, value: 7 });
  });

  it('forgets scripts when it restarts, and they are sent again', async () => {
    // A server of its own: the shared one's scripts are not this test's to forget.
    const running = await startRedis();
    open.push(running.close);
    const redis = client(running.url);
    const { store } = aStore(redis);
    expect(await store.commit({ once: 'first' })).toBe('committed');
    await redis.script('FLUSH');

    expect(await store.commit({ once: 'second' })).toBe('committed');
  });
});

describe('a Cluster', () => {
  it('is not sent a commit again whose answer was lost', async () => {
    const sent: string[] = [];
    const { url } = await startScriptedCluster((command) => {
      sent.push(command);
      return 'hang up';
    });

    const redis = client(url);
    await once(redis, 'ready');

    await expect(aStore(redis).store.commit({ once: 'press-1' })).rejects.toThrow(CommitUnclear);
    expect(sent).toHaveLength(1);
  });

  it.each([
    ['TRYAGAIN', 'Multiple keys request during rehashing of slot'],
    ['CLUSTERDOWN', 'The cluster is down'],
    ['READONLY', "You can't write against a read only replica."],
    ['OOM', "command not allowed when used memory > 'maxmemory'."],
    ['NOREPLICAS', 'Not enough good replicas to write.'],
    ['LOADING', 'Redis is loading the dataset in memory'],
    ['MISCONF', 'Redis is configured to save RDB snapshots, but it is currently unable to persist to disk.'],
  ])('that answers %s carried out nothing, and the commit says so', async (code, text) => {
    const { url } = await startScriptedCluster(() => `-${code} ${text}`);

    const redis = client(url);
    await once(redis, 'ready');

    const { error } = await timed(aStore(redis).store.commit({ once: 'press-1' }));

    expect(String(error)).toBe(`StoreUnavailable: Redis: answered ${code}`);
    expect(error).toMatchObject({ isRefused: true });
  });
});

describe('what a failure says', () => {
  it('holds neither password nor what was to be written', async () => {
    const problems: string[] = [];
    const redis = client('redis://someone:pass%40word@127.0.0.1:1', (problem) => problems.push(problem));
    const { store } = aStore(redis);

    const { error } = await timed(
      store.commit({ draft: { slackUserId: ANA, expectedRevision: null, next: aDraft() } }),
    );

    await vi.waitFor(() => expect(problems.length).toBeGreaterThan(0));
    const said = JSON.stringify([problems, String(error), error, (error as Error).cause, (error as Error).stack]);
    expect(said).not.toMatch(/pass|word|someone|Ana|MacBook/);
    expect(problems[0]).toBe('Redis: ECONNREFUSED');
  });

  it('names the kind of a refusal of Redis and quotes nothing', async () => {
    const redis = client(await redisUrlForTests());
    const { store, keys } = aStore(redis);
    await once(redis, 'ready');
    await redis.set(keys.preferences(ANA), 'text');

    const { error } = await timed(store.setPreferences(ANA, { lastCountry: 'SECRET' as never }));

    expect(String(error)).toBe('StoreUnavailable: Redis: answered WRONGTYPE');
    expect(JSON.stringify(error)).not.toContain('SECRET');
  });
});

describe("the queue's client", () => {
  it('waits for a Redis that is away instead of failing', async () => {
    const proxy = await startProxy(await redisUrlForTests());
    open.push(proxy.close);
    const redis = connectRedis(proxy.url, 'queue');
    open.push(() => redis.disconnect());
    await redis.ping();
    proxy.cut();
    const answer = redis.ping();
    setTimeout(() => proxy.mend(), 300);

    expect(await answer).toBe('PONG');
    expect(redis.options).toMatchObject({ maxRetriesPerRequest: null });
  });

  it('connects anew within seconds when its connection fell silent, and sends what waited', async () => {
    const proxy = await startProxy(await redisUrlForTests());
    open.push(proxy.close);
    const redis = connectRedis(proxy.url, 'queue');
    open.push(() => redis.disconnect());
    await redis.ping();
    proxy.silence();

    expect(await redis.ping()).toBe('PONG');
  });
});
