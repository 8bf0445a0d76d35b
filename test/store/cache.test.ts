import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CacheEntry } from '../../src/store/cache.ts';
import { aStore } from './support/a-store.ts';
import { anotherClient, redisOfFile } from './support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();

const entry = (over: Partial<CacheEntry<string>> = {}): CacheEntry<string> => ({
  key: 'catalog:groups:FR',
  freshMs: 1000,
  keepMs: 60_000,
  parse: (stored) => z.string().safeParse(stored).data ?? null,
  ...over,
});

type Loaded = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly failure: string };

/** A load that the test answers when it wants to. */
function gatedLoad() {
  let answer: (loaded: Loaded) => void = () => undefined;
  const gate = new Promise<Loaded>((resolve) => {
    answer = resolve;
  });
  return { load: vi.fn((_why: 'missing' | 'stale') => gate), answer: (loaded: Loaded) => answer(loaded) };
}
const loads = (value: string) => vi.fn(async (_why: 'missing' | 'stale') => ({ ok: true as const, value }));
const fails = () => vi.fn(async (_why: 'missing' | 'stale') => ({ ok: false as const, failure: 'busy' }));

/** The same workspace in two processes: a connection and a memory each. */
function twoInstances() {
  const first = aStore(redis);
  const second = aStore(anotherClient(url), {
    workspaceId: first.workspaceId,
    seal: first.seal,
    now: () => first.clock.now,
  });
  return { first, second };
}

describe('the cache', () => {
  it('loads what is missing, then serves it while it is fresh', async () => {
    const { store, clock } = aStore(redis);
    const load = loads('one');

    const readAt = clock.now;
    expect(await store.cache.read(entry(), load)).toEqual({ ok: true, value: 'one', readAt });
    clock.now += 999;
    expect(await store.cache.read(entry(), load)).toEqual({ ok: true, value: 'one', readAt });
    expect(load.mock.calls).toEqual([['missing']]);
  });

  it('serves what is stale at once, while one asks', async () => {
    const { store, clock } = aStore(redis);
    await store.cache.read(entry(), loads('old'));
    clock.now += 1000;
    const { load, answer } = gatedLoad();

    const reads = await Promise.all(Array.from({ length: 20 }, () => store.cache.read(entry(), load)));

    expect(reads.every((read) => read.ok && read.value === 'old')).toBe(true);
    await vi.waitFor(() => expect(load.mock.calls).toEqual([['stale']]));
    answer({ ok: true, value: 'new' });
    await vi.waitFor(async () => expect(await store.cache.read(entry(), load)).toMatchObject({ value: 'new' }));
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('asks once for a hundred readers in two instances', async () => {
    const { first, second } = twoInstances();
    const { load, answer } = gatedLoad();

    const reads = Promise.all(
      Array.from({ length: 100 }, (_, at) => (at % 2 ? first : second).store.cache.read(entry(), load)),
    );
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    await sleep(150);
    answer({ ok: true, value: 'once' });

    expect((await reads).every((read) => read.ok && read.value === 'once')).toBe(true);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('asks once in two instances when what is there is stale', async () => {
    const { first, second } = twoInstances();
    await first.store.cache.read(entry(), loads('old'));
    first.clock.now += 1000;
    const load = loads('new');

    await Promise.all([first, second].map(({ store }) => store.cache.read(entry(), load)));

    await vi.waitFor(async () => expect(await second.store.cache.read(entry(), load)).toMatchObject({ value: 'new' }));
    await sleep(100);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('serves stale while Fleet fails, and does not ask again at once', async () => {
    const { store, clock } = aStore(redis);
    await store.cache.read(entry(), loads('old'));
    clock.now += 50_000;
    const load = fails();

    for (let at = 0; at < 5; at += 1) {
      expect(await store.cache.read(entry(), load)).toMatchObject({ ok: true, value: 'old' });
      await sleep(20);
    }

    expect(load.mock.calls).toEqual([['stale']]);
  });

  it('gives the failure to everybody who waits, and asks again next time', async () => {
    const { store } = aStore(redis);
    const { load, answer } = gatedLoad();
    const reads = Promise.all([store.cache.read(entry(), load), store.cache.read(entry(), load)]);
    answer({ ok: false, failure: 'busy' });

    expect(await reads).toEqual([
      { ok: false, failure: 'busy' },
      { ok: false, failure: 'busy' },
    ]);
    expect(load).toHaveBeenCalledTimes(1);
    expect(await store.cache.read(entry(), loads('now'))).toMatchObject({ value: 'now' });
  });

  it('lets the other instance try when the one who asked got nothing', async () => {
    const { first, second } = twoInstances();
    const { load, answer } = gatedLoad();
    const failing = first.store.cache.read(entry(), load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    const waiting = second.store.cache.read(entry(), loads('second'));
    answer({ ok: false, failure: 'busy' });

    expect(await failing).toEqual({ ok: false, failure: 'busy' });
    expect(await waiting).toMatchObject({ value: 'second' });
  });

  it('throws what a load throws, and asks again next time', async () => {
    const { store } = aStore(redis);
    const broken = vi.fn(async () => Promise.reject(new TypeError('a bug')));

    await expect(store.cache.read(entry(), broken)).rejects.toThrow('a bug');

    expect(await store.cache.read(entry(), loads('one'))).toMatchObject({ value: 'one' });
  });

  it('survives a refresh that throws', async () => {
    const { store, clock } = aStore(redis);
    await store.cache.read(entry(), loads('old'));
    clock.now += 1000;
    const broken = vi.fn(async () => Promise.reject(new TypeError('a bug')));

    expect(await store.cache.read(entry(), broken)).toMatchObject({ value: 'old' });
    await vi.waitFor(() => expect(broken).toHaveBeenCalledTimes(1));
    expect(await store.cache.read(entry(), broken)).toMatchObject({ value: 'old' });
  });

  it('keeps for as long as it was told', async () => {
    const { store, keys } = aStore(redis);
    await store.cache.read(entry({ keepMs: 60_000 }), loads('one'));

    expect(await redis.pttl(keys.cache('catalog:groups:FR'))).toBeGreaterThan(59_000);
    expect(await redis.pttl(keys.cache('catalog:groups:FR'))).toBeLessThanOrEqual(60_000);
    expect(await redis.exists(keys.cacheLoad('catalog:groups:FR'))).toBe(0);
  });

  it('loads again what an older release wrote in another shape', async () => {
    const { store, unreadable } = aStore(redis);
    await store.cache.read(entry(), loads('text'));
    const asNumber = { ...entry(), parse: (stored: unknown) => z.number().safeParse(stored).data ?? null };

    const read = await store.cache.read(asNumber, async () => ({ ok: true as const, value: 7 }));

    expect(read).toMatchObject({ value: 7 });
    expect(unreadable[0]).toMatchObject({ record: 'cache' });
  });

  it('forgets, also what is being loaded at this moment', async () => {
    const { store } = aStore(redis);
    const { load, answer } = gatedLoad();
    const before = store.cache.read(entry(), load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());

    await store.cache.forget('catalog:groups:FR');
    const after = store.cache.read(entry(), loads('after'));
    expect(await after).toMatchObject({ value: 'after' });
    answer({ ok: true, value: 'before' });

    expect(await before).toMatchObject({ value: 'before' });
    expect(await store.cache.read(entry(), loads('never'))).toMatchObject({ value: 'after' });
  });

  it('keeps a sealed entry unreadable in Redis, and opens it by the seal only', async () => {
    const sealed = entry({ key: 'addresses:DE', sealed: true });
    const { store, workspaceId, keys } = aStore(redis);
    await store.cache.read(sealed, loads('Hauptstraße 1'));

    expect(await redis.get(keys.cache('addresses:DE'))).not.toContain('Haupt');
    expect(await store.cache.read(sealed, loads('never'))).toMatchObject({ value: 'Hauptstraße 1' });
    const stranger = aStore(redis, { workspaceId });
    expect(await stranger.store.cache.read(sealed, loads('anew'))).toMatchObject({ value: 'anew' });
  });

  it('takes over from an instance that died while it loaded', async () => {
    const { store, keys } = aStore(redis);
    await redis.set(keys.cacheLoad('catalog:groups:FR'), 'of the dead', 'PX', 200);

    expect(await store.cache.read(entry(), loads('one'))).toMatchObject({ value: 'one' });
  });

  it('does not take over from one that is slow and alive', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const { store, keys } = aStore(redis);
    const { load, answer } = gatedLoad();
    const read = store.cache.read(entry(), load);
    await vi.waitFor(() => expect(load).toHaveBeenCalled());
    await redis.pexpire(keys.cacheLoad('catalog:groups:FR'), 1000);

    await vi.advanceTimersByTimeAsync(10_000);

    const left = () => redis.pttl(keys.cacheLoad('catalog:groups:FR'));
    await vi.waitFor(async () => expect(await left()).toBeGreaterThan(20_000));
    // Not for ever: a load that hangs lets others try after a few minutes.
    await vi.advanceTimersByTimeAsync(17 * 10_000);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    answer({ ok: true, value: 'slow' });
    expect(await read).toMatchObject({ value: 'slow' });
  });
});
