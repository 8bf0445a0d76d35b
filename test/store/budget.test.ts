import { describe, expect, it } from 'vitest';
import type { FleetBudget, Urgency } from '../../src/domain/fleet-budget.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { chargeTo, createFleetBudget } from '../../src/store/budget.ts';
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

const ben = 'U0BEN' as SlackUserId;
const mia = 'U0MIA' as SlackUserId;
const by = (account: SlackUserId | 'signing', budget: FleetBudget, times: number) =>
  chargeTo(account, () => taken(budget, 'person', times));

describe("Fleet's budget", () => {
  it('is one for two instances that ask at once, down to the last request', async () => {
    const { budget, workspaceId } = aBudget();
    const other = anotherClient(url);
    const elsewhere = createFleetBudget(other, workspaceId, { perMinute: 100 });

    const both = await Promise.all([by('signing', budget, 80), by('signing', elsewhere, 80)]);

    expect(both[0] + both[1]).toBe(100);
    const refused = await chargeTo('signing', () => budget.take('person'));
    expect(refused).toMatchObject({ ok: false });
    if (!refused.ok) expect(refused.retryAfterMs).toBeGreaterThan(50_000);
    if (!refused.ok) expect(refused.retryAfterMs).toBeLessThanOrEqual(61_000);
  });

  it.each([
    [100, 40, 20, 50],
    [10, 4, 2, 5],
  ])('of %i leaves the background %i, refreshes %i of these, and people %i', async (...row) => {
    const [perMinute, background, refresh, people] = row;
    const { budget } = aBudget(perMinute);

    expect(await taken(budget, 'refresh', 60)).toBe(refresh);
    expect(await taken(budget, 'background', 60)).toBe(background - refresh);
    expect(await taken(budget, 'person', 120)).toBe(people);
    expect(await by('signing', budget, 120)).toBe(perMinute - background - people);
  });

  it('lets one person take a fifth of it, over all instances, and says so', async () => {
    const { budget, workspaceId } = aBudget();
    const elsewhere = createFleetBudget(anotherClient(url), workspaceId, { perMinute: 100 });

    const both = await Promise.all([by(ben, budget, 40), by(ben, elsewhere, 40)]);

    expect(both[0] + both[1]).toBe(20);
    expect(await chargeTo(ben, () => budget.take('person'))).toMatchObject({ ok: false, isOwnShare: true });
    expect(await by(mia, budget, 5)).toBe(5);
    expect(await by('signing', budget, 5)).toBe(5);
  });

  it('lets one person act on a small budget too', async () => {
    const { budget } = aBudget(10);

    expect(await by(ben, budget, 20)).toBe(8);
  });

  it('keeps room for refreshes and for signatures, however many people ask', async () => {
    const { budget } = aBudget();

    expect(await taken(budget, 'person', 120)).toBe(85);
    expect(await budget.take('person')).not.toHaveProperty('isOwnShare');
    expect(await taken(budget, 'refresh', 20)).toBe(5);
    expect(await by('signing', budget, 120)).toBe(10);
  });

  it('charges what follows from an act to the person who acted', async () => {
    const { budget } = aBudget();

    const afterwards = chargeTo(ben, async () => {
      await redis.ping();
      return taken(budget, 'person', 40);
    });

    expect(await afterwards).toBe(20);
    expect(await taken(budget, 'person', 1)).toBe(1);
  });

  it('has room again once the oldest is a minute old, and says when that is', async () => {
    const { budget: whole, keys } = aBudget(2);
    const budget = { take: () => chargeTo('signing', () => whole.take('person')) };
    await budget.take();
    await budget.take();
    const [first, second] = await redis.zrange(keys.budget('all'), 0, '-1');
    const [seconds, microseconds] = await redis.time();
    const now = Number(seconds) * 1000 + Number(microseconds) / 1000;
    await redis.zadd(keys.budget('all'), now - 60_000, first ?? '');
    await redis.zadd(keys.budget('all'), now - 30_000, second ?? '');

    const soon = await budget.take();
    expect(soon.ok ? 0 : soon.retryAfterMs).toBeLessThanOrEqual(1000);
    await redis.zadd(keys.budget('all'), now - 62_000, first ?? '');

    expect(await budget.take()).toEqual({ ok: true });
    expect(await budget.take()).toMatchObject({ ok: false });
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
    await chargeTo(ben, () => budget.take('person'));

    for (const key of [...(['all', 'people', 'background', 'refresh'] as const).map(keys.budget), keys.budgetOf(ben)]) {
      expect(await redis.pttl(key)).toBeGreaterThan(0);
    }
  });
});
