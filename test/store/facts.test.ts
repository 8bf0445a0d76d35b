import { describe, expect, it } from 'vitest';
import { aStore } from './support/a-store.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

describe('a remembered fact', () => {
  it('holds for its time and no longer', async () => {
    const { store, keys } = aStore(redis);

    await store.remember('weather', 'rain', 60_000);

    expect(await store.recall(['weather'])).toEqual(['rain']);
    const leftMs = await redis.pttl(keys.fact('weather'));
    expect(leftMs).toBeGreaterThan(50_000);
    expect(leftMs).toBeLessThanOrEqual(60_000);
    await redis.pexpire(keys.fact('weather'), 0);
    expect(await store.recall(['weather'])).toEqual([null]);
  });

  it('is the newest of its name, and none is lost when two are told at once', async () => {
    const { store } = aStore(redis);
    await store.remember('a', 'old', 60_000);

    await Promise.all([store.remember('a', 'new', 60_000), store.remember('b', 'other', 60_000)]);

    expect(await store.recall(['b', 'nothing', 'a'])).toEqual(['other', null, 'new']);
    expect(await store.recall([])).toEqual([]);
  });
});

describe('a count', () => {
  it('goes up by one each time, also when many count at once', async () => {
    const { store } = aStore(redis);

    const counts = await Promise.all(Array.from({ length: 20 }, () => store.increment('tried', 60_000)));

    expect(counts.sort((one, other) => one - other)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1));
    expect(await store.increment('other', 60_000)).toBe(1);
  });

  it('is forgotten after its time, counted from the last', async () => {
    const { store, keys } = aStore(redis);
    await store.increment('tried', 1_000);
    await store.increment('tried', 60_000);

    expect(await redis.pttl(keys.count('tried'))).toBeGreaterThan(50_000);
    await redis.pexpire(keys.count('tried'), 0);
    expect(await store.increment('tried', 60_000)).toBe(1);
  });
});
