import { expect, it, onTestFinished, vi } from 'vitest';
import { createSharedClock } from '../src/app/shared-clock.ts';
import { connectRedis } from '../src/store/connection.ts';
import { redisUrlForTests } from './support/redis-url.ts';

const HOUR = 3_600_000;

async function clockOf(machineClock: () => number, { url, everyMs }: { url?: string; everyMs?: number } = {}) {
  const redis = connectRedis(url ?? (await redisUrlForTests()), 'commands');
  const warned: unknown[] = [];
  const log = { info: () => {}, error: () => {}, warn: (_: string, fields?: unknown) => warned.push(fields) };
  const clock = createSharedClock({ redis, log, machineClock, ...(everyMs === undefined ? {} : { everyMs }) });
  onTestFinished(() => {
    clock.stop();
    redis.disconnect();
  });
  return { clock, warned };
}

const offBy = (clock: { readonly now: () => number }) => Math.abs(clock.now() - Date.now());

it('a machine whose clock is an hour ahead goes by the time of Redis, and says so once', async () => {
  const { clock, warned } = await clockOf(() => Date.now() + HOUR);
  await clock.compare();
  expect(offBy(clock)).toBeLessThan(2_000);
  await clock.compare();
  expect(warned).toEqual([{ seconds: -3600 }]);
});

it('a clock that is put right while we run is noticed', async () => {
  let offMs = -HOUR;
  const { clock } = await clockOf(() => Date.now() + offMs, { everyMs: 20 });
  await clock.compare();
  offMs = 0;
  await vi.waitFor(() => expect(offBy(clock)).toBeLessThan(2_000));
});

it('while Redis is away, the machine itself is asked', async () => {
  const { clock } = await clockOf(() => 1_000, { url: 'redis://127.0.0.1:1' });
  await clock.compare();
  expect(clock.now()).toBe(1_000);
});

it('an answer that was under way for too long says nothing', async () => {
  let asked = 0;
  // The process stood still between question and answer.
  const { clock } = await clockOf(() => Date.now() + HOUR * asked++);
  await clock.compare();
  expect(clock.now()).toBeGreaterThan(Date.now() + HOUR);
});
