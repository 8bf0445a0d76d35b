import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SlackViewId } from '../../src/domain/ids.ts';
import { aStore } from './support/a-store.ts';
import { redisOfFile } from './support/redis-for-tests.ts';

const { redis } = await redisOfFile();

describe('a lease', () => {
  it('has one holder among many who ask at once', async () => {
    const { store } = aStore(redis);

    const leases = await Promise.all(Array.from({ length: 10 }, () => store.lease('polling', 5000)));

    expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
    expect(await store.lease('another', 5000)).not.toBeNull();
  });

  it('of several names is held for all of them or for none', async () => {
    const { store } = aStore(redis);
    const both = await store.lease(['cart', 'order-42'], 5000);

    expect(await store.lease(['order-42', 'purchaser-12'], 5000)).toBeNull();
    const free = await store.lease('purchaser-12', 5000);
    expect(free).not.toBeNull();
    expect(await both?.extend(5000)).toBe(true);
    await both?.release();
    await free?.release();
    expect(await store.lease(['purchaser-12', 'order-42', 'cart'], 5000)).not.toBeNull();
    expect(await both?.extend(5000)).toBe(false);
  });

  it('can be taken again once released', async () => {
    const { store } = aStore(redis);
    const first = await store.lease('polling', 5000);
    expect(await first?.extend(6000)).toBe(true);
    await first?.release();

    expect(await store.lease('polling', 5000)).not.toBeNull();
    expect(await first?.extend(6000)).toBe(false);
  });

  it('whose time is over is taken again by `extend` where nobody else has held it since', async () => {
    const { store } = aStore(redis);
    const late = await store.lease('polling', 40);
    await sleep(80);

    expect(await late?.extend(5000)).toBe(true);
    expect(await store.lease('polling', 5000)).toBeNull();
  });

  it('is not taken again by `extend` after another holder who has released it already', async () => {
    const { store } = aStore(redis);
    const late = await store.lease('polling', 40);
    await sleep(80);
    const holder = await store.lease('polling', 5000);
    await holder?.release();

    expect(await late?.extend(5000)).toBe(false);
    expect(await store.lease('polling', 5000)).not.toBeNull();
  });

  it('is not released or extended by its previous holder', async () => {
    const { store, keys } = aStore(redis);
    const late = await store.lease('polling', 40);
    await sleep(80);
    const holder = await store.lease('polling', 5000);

    expect(await late?.extend(60_000)).toBe(false);
    await late?.release();

    expect(await store.lease('polling', 5000)).toBeNull();
    expect(await redis.pttl(keys.lease('polling'))).toBeLessThanOrEqual(5000);
    expect(await holder?.extend(5000)).toBe(true);
  });
});

describe('a turn on a modal', () => {
  const view = 'V1' as SlackViewId;

  it('belongs to the newest action, in whichever order they arrive', async () => {
    const { store } = aStore(redis);

    expect(await store.claimGeneration(view, '1700000000.200000')).toBe(true);
    expect(await store.claimGeneration(view, '1700000000.100000')).toBe(false);
    expect(await store.isCurrentGeneration(view, '1700000000.100000')).toBe(false);
    expect(await store.isCurrentGeneration(view, '1700000000.200000')).toBe(true);
    expect(await store.claimGeneration(view, '1700000000.200000')).toBe(true);
    expect(await store.claimGeneration(view, '1700000001.000000')).toBe(true);
    expect(await store.isCurrentGeneration(view, '1700000000.200000')).toBe(false);
  });

  it('compares time and not text', async () => {
    const { store } = aStore(redis);
    await store.claimGeneration(view, '9999999999.9');

    expect(await store.claimGeneration(view, '10000000000.1')).toBe(true);
    expect(await store.claimGeneration(view, '10000000000.05')).toBe(false);
  });

  it('of a submission comes right after the newest one, whatever was claimed', async () => {
    const { store } = aStore(redis);
    await store.claimNextGeneration(view, 'a');
    expect(await store.isCurrentGeneration(view, '0')).toBe(false);
    expect(await store.claimGeneration(view, '1700000000.123456')).toBe(true);

    const first = await store.claimNextGeneration(view, 'a');
    expect(await store.claimNextGeneration(view, 'a')).toBe(first);
    expect(await store.isCurrentGeneration(view, first)).toBe(true);
    const second = await store.claimNextGeneration(view, 'b');
    expect(await store.isCurrentGeneration(view, first)).toBe(false);
    expect(await store.isCurrentGeneration(view, second)).toBe(true);
    expect(await store.lastSubmission(view)).toBe('b');

    expect(await store.isCurrentGeneration(view, '1700000000.123456')).toBe(false);
    expect(await store.claimGeneration(view, '1700000000.123456')).toBe(false);
    expect(await store.claimGeneration(view, '1700000000.123457')).toBe(true);
    expect(await store.lastSubmission(view)).toBeNull();
  });

  it('of one modal says nothing of another', async () => {
    const { store } = aStore(redis);
    await store.claimGeneration(view, '1700000000.200000');

    expect(await store.isCurrentGeneration('V2' as SlackViewId, '1.0')).toBe(true);
  });

  it('goes to the newest of many that arrive at once', async () => {
    const { store } = aStore(redis);
    const stamps = Array.from({ length: 20 }, (_, at) => `1700000000.${String((at * 7) % 20).padStart(6, '0')}`);

    await Promise.all(stamps.map((ts) => store.claimGeneration(view, ts)));

    const turns = await Promise.all(stamps.map((ts) => store.isCurrentGeneration(view, ts)));
    expect(stamps.filter((_, at) => turns[at])).toEqual(['1700000000.000019']);
  });
});
