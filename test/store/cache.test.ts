import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { CacheEntry } from '../../src/store/cache.ts';
import { createKept } from '../../src/store/kept.ts';
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
    expect(load.mock.calls.map(([why]) => why)).toEqual(['missing']);
  });

  it('serves what is stale at once, while one asks', async () => {
    const { store, clock } = aStore(redis);
    await store.cache.read(entry(), loads('old'));
    clock.now += 1000;
    const { load, answer } = gatedLoad();

    const reads = await Promise.all(Array.from({ length: 20 }, () => store.cache.read(entry(), load)));

    expect(reads.every((read) => read.ok && read.value === 'old')).toBe(true);
    await vi.waitFor(() => expect(load.mock.calls.map(([why]) => why)).toEqual(['stale']));
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

    expect(load.mock.calls.map(([why]) => why)).toEqual(['stale']);
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
    const asNumber = {
      ...entry(),
      freshMs: 1000,
      parse: (stored: unknown) => z.number().safeParse(stored).data ?? null,
    };

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

  describe('shared by its readers', () => {
    /** Tells how often the text was read and parsed. */
    const sharedEntry = (over: Partial<CacheEntry<{ readonly text: string }>> = {}) => {
      const parse = vi.fn((stored: unknown) => z.object({ text: z.string() }).safeParse(stored).data ?? null);
      return { key: 'catalog:groups:FR', freshMs: 1000, keepMs: 60_000, isShared: true as const, parse, ...over };
    };
    const loadsText = (text: string) => vi.fn(async () => ({ ok: true as const, value: { text } }));
    const served = (read: { readonly ok: boolean }) => ('value' in read ? read.value : undefined);

    it('is parsed once by each process, however often it is read', async () => {
      const { first, second } = twoInstances();
      const entry = sharedEntry();
      await first.store.cache.read(entry, loadsText('one'));

      const reads = [];
      for (let at = 0; at < 5; at += 1) reads.push(await second.store.cache.read(entry, loadsText('never')));
      const together = await Promise.all(reads.map(() => second.store.cache.read(entry, loadsText('never'))));

      expect(served(reads[0] ?? { ok: false })).toEqual({ text: 'one' });
      for (const read of [...reads, ...together]) expect(served(read)).toBe(served(reads[0] ?? { ok: false }));
      expect(entry.parse).toHaveBeenCalledTimes(1);
    });

    it('is parsed once by all who read it at the same time', async () => {
      const { first, second } = twoInstances();
      const entry = sharedEntry();
      await first.store.cache.read(entry, loadsText('one'));

      await Promise.all(Array.from({ length: 20 }, () => second.store.cache.read(entry, loadsText('never'))));

      expect(entry.parse).toHaveBeenCalledTimes(1);
    });

    it.each([{ sealed: true }, { sealed: false }])(
      'changes for all when one process refreshes it: %j',
      async (over) => {
        const { first, second } = twoInstances();
        const entry = sharedEntry(over);
        await first.store.cache.read(entry, loadsText('old'));
        expect(await second.store.cache.read(entry, loadsText('never'))).toMatchObject({ value: { text: 'old' } });
        first.clock.now += 1000;

        await first.store.cache.read(entry, loadsText('new'));

        const seen = () => second.store.cache.read(entry, async () => ({ ok: false as const, failure: 'busy' }));
        await vi.waitFor(async () =>
          expect(await seen()).toMatchObject({ value: { text: 'new' }, readAt: first.clock.now }),
        );
      },
    );

    it('is gone for all when one process forgets it', async () => {
      const { first, second } = twoInstances();
      const entry = sharedEntry();
      await first.store.cache.read(entry, loadsText('old'));
      await second.store.cache.read(entry, loadsText('never'));

      await first.store.cache.forget(entry.key);

      expect(await second.store.cache.read(entry, loadsText('new'))).toMatchObject({ value: { text: 'new' } });
    });

    it('is read whole each time where the previous release wrote it', async () => {
      const { store, keys, clock } = aStore(redis);
      const entry = sharedEntry();
      const write = (text: string) =>
        redis.set(keys.cache(entry.key), JSON.stringify({ value: { text }, readAt: clock.now }));

      await write('one');
      expect(await store.cache.read(entry, loadsText('never'))).toMatchObject({ value: { text: 'one' } });
      await write('two');
      expect(await store.cache.read(entry, loadsText('never'))).toMatchObject({ value: { text: 'two' } });
    });

    it('is forgotten first where the process keeps too much, and then read again', async () => {
      const kept = createKept(200);
      const textOf = (value: string) => JSON.stringify({ value, revision: `of-${value.length}` });
      const keep = (key: string, value: string) =>
        kept.keep({ key, isShared: true }, textOf(value), { value, readAt: 1 });
      const read = vi.fn(async () => ({ value: 'read again', readAt: 2 }));
      keep('first', 'one');
      expect(await kept.value({ key: 'first' }, 'of-3', read)).toMatchObject({ value: 'one' });

      keep('long', 'x'.repeat(300));

      expect(await kept.value({ key: 'long' }, 'of-300', read)).toMatchObject({ readAt: 1 });
      expect(read).not.toHaveBeenCalled();
      expect(await kept.value({ key: 'first' }, 'of-3', read)).toMatchObject({ value: 'read again' });
    });
  });

  describe('while it is loaded slowly', () => {
    /** Serves "part" first, and ends when the test wants. */
    const loadsSlowly = () => {
      const { load: whole, answer } = gatedLoad();
      const load = vi.fn(
        async (why: 'missing' | 'stale', { servePart }: { servePart(part: string): Promise<void> }) => {
          await servePart('part');
          return whole(why);
        },
      );
      return { load, answer };
    };

    it('serves the part to all, also in the other instance, until the load ends', async () => {
      const { first, second } = twoInstances();
      const { load, answer } = loadsSlowly();

      expect(await first.store.cache.read(entry(), load)).toMatchObject({ value: 'part' });
      expect(await first.store.cache.read(entry(), load)).toMatchObject({ value: 'part' });
      expect(await second.store.cache.read(entry(), loads('never'))).toMatchObject({ value: 'part' });
      answer({ ok: true, value: 'whole' });

      const later = () => second.store.cache.read(entry(), loads('never'));
      await vi.waitFor(async () => expect(await later()).toMatchObject({ value: 'whole', readAt: first.clock.now }));
      expect(load).toHaveBeenCalledTimes(1);
    });

    it('serves the part and loads again when the load fails or its process dies', async () => {
      const { first, second } = twoInstances();
      const { load, answer } = loadsSlowly();
      await first.store.cache.read(entry(), load);
      answer({ ok: false, failure: 'busy' });
      await vi.waitFor(async () => expect(await redis.exists(first.keys.cacheLoad(entry().key))).toBe(0));

      const again = vi.fn(async (_why: string, { stored }: { stored: string | null }) => {
        return { ok: true as const, value: `${stored} and more` };
      });
      expect(await second.store.cache.read(entry(), again)).toMatchObject({ value: 'part' });

      const later = () => first.store.cache.read(entry(), loads('never'));
      await vi.waitFor(async () => expect(await later()).toMatchObject({ value: 'part and more' }));
    });
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
