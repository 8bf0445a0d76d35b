import { describe, expect, it } from 'vitest';
import type { FleetBudget, Urgency } from '../../src/domain/fleet-budget.ts';
import { createFleetBudget } from '../../src/store/budget.ts';
import { keysOf } from '../../src/store/keys.ts';
import { anotherClient, aWorkspaceId, redisOfFile } from './support/redis-for-tests.ts';

const { redis, url } = await redisOfFile();

const aBudget = (perMinute = 100) => {
  const workspaceId = aWorkspaceId();
  return { budget: createFleetBudget(redis, workspaceId, { perMinute }), workspaceId, keys: keysOf(workspaceId) };
};
const taken = async (budget: FleetBudget, urgency: Urgency, times: number) => {
  const answers = await Promise.all(Array.from({ length: times }, () => budget.take(urgency)));
  return answers.filter(({ ok }) => ok).length;
};

describe("Fleet's budget", () => {
  it('lets people use all of it, over two instances that ask at once, and not one more', async () => {
    const { budget, workspaceId } = aBudget();
    const other = anotherClient(url);
    const elsewhere = createFleetBudget(other, workspaceId, { perMinute: 100 });

    const both = await Promise.all([taken(budget, 'person', 80), taken(elsewhere, 'person', 80)]);

    expect(both[0] + both[1]).toBe(100);
    const refused = await budget.take('person');
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.retryAfterMs).toBeGreaterThan(50_000);
    if (!refused.ok) expect(refused.retryAfterMs).toBeLessThanOrEqual(61_000);
  });

  it.each([
    [100, 40, 20],
    [10, 4, 2],
    [1, 1, 1],
  ])('of %i leaves the background %i, and refreshes %i of these', async (perMinute, background, refresh) => {
    const { budget } = aBudget(perMinute);

    expect(await taken(budget, 'refresh', 60)).toBe(refresh);
    expect(await taken(budget, 'background', 60)).toBe(background - refresh);
    expect(await taken(budget, 'person', 120)).toBe(perMinute - background);
  });

  it('counts what people take against the whole only', async () => {
    const { budget } = aBudget(10);

    expect(await taken(budget, 'person', 9)).toBe(9);
    expect(await taken(budget, 'background', 5)).toBe(1);
  });

  it('has room again once the oldest is a minute old, and says when that is', async () => {
    const { budget, keys } = aBudget(2);
    await budget.take('person');
    await budget.take('person');
    const [first, second] = await redis.zrange(keys.budget('all'), 0, '-1');
    const [seconds] = await redis.time();
    await redis.zadd(keys.budget('all'), Number(seconds) * 1000 - 60_000, first ?? '');
    await redis.zadd(keys.budget('all'), Number(seconds) * 1000 - 30_000, second ?? '');

    const soon = await budget.take('person');
    expect(soon.ok ? 0 : soon.retryAfterMs).toBeLessThanOrEqual(1000);
    await redis.zadd(keys.budget('all'), Number(seconds) * 1000 - 62_000, first ?? '');

    expect(await budget.take('person')).toEqual({ ok: true });
    expect(await budget.take('person')).toMatchObject({ ok: false });
  });

  it('refuses everyone during a pause, and the longer of two pauses counts', async () => {
    const { budget } = aBudget();
    await budget.pause(5000);
    await budget.pause(10);
    await budget.pause(0);

    for (const urgency of ['person', 'background', 'refresh'] as const) {
      const answer = await budget.take(urgency);
      expect(answer.ok ? 0 : answer.retryAfterMs).toBeGreaterThan(4000);
    }
  });

  it('keeps nothing longer than a minute', async () => {
    const { budget, keys } = aBudget();
    await budget.take('refresh');

    for (const share of ['all', 'background', 'refresh'] as const) {
      expect(await redis.pttl(keys.budget(share))).toBeGreaterThan(0);
    }
  });
});
