import { expect, it, onTestFinished, vi } from 'vitest';
import { startWorker } from '../../src/jobs/worker.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { unavailable } from '../../src/store/redis.ts';
import { startScriptedRedis } from '../store/support/scripted-redis.ts';

const noJob = '*4\r\n:0\r\n:0\r\n:0\r\n:0';
const isFetch = (command: string, args: readonly string[]) =>
  command.startsWith('EVAL') && args.some((arg) => arg.includes(':active'));

interface Line {
  readonly problem: unknown;
  readonly at: number;
}

function startWorking(url: string) {
  const lines: Line[] = [];
  const connection = connectRedis(url, 'queue');
  const worker = startWorker({
    connection,
    prefix: '{refused}',
    carryOut: async () => ({ kind: 'done' }),
    notifyStuckJob: async () => {},
    log: {
      info: () => {},
      warn: (_, { problem } = {}) => lines.push({ problem, at: performance.now() }),
      error: () => {},
    },
    failureOf: unavailable,
    now: Date.now,
    random: Math.random,
  });
  onTestFinished(async () => {
    await worker.close();
    connection.disconnect();
  });
  return { worker, lines };
}

it.each([
  ['NOPERM', "this user has no permissions to run the 'evalsha' command"],
  ['MOVED', '1234 10.0.0.1:6379'],
])('a Redis that answers the worker %s is asked again after a pause, and named once', async (code, text) => {
  const { url } = await startScriptedRedis((command) => (command.startsWith('EVAL') ? `-${code} ${text}` : '*-1'));
  const { worker, lines } = startWorking(url);

  await vi.waitUntil(() => lines.length > 1, { timeout: 10_000 });
  const [first, second] = lines;
  expect(first?.problem).toBe(`Redis: answered ${code}`);
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(900);
  expect(worker.refusal()).toBe(`Redis: answered ${code}`);
});

it('and as soon as it gives jobs, it counts as working', async () => {
  let refuses = true;
  let fetches = 0;
  const { url } = await startScriptedRedis((command, args) => {
    if (isFetch(command, args)) fetches += 1;
    if (!command.startsWith('EVAL')) return '*-1';
    return refuses ? '-OOM command not allowed' : isFetch(command, args) ? noJob : '*0';
  });
  const { worker } = startWorking(url);
  await vi.waitUntil(() => worker.refusal() !== null, { timeout: 10_000 });
  refuses = false;
  const before = fetches;

  await vi.waitUntil(() => worker.refusal() === null, { timeout: 10_000 });
  expect(fetches).toBeGreaterThan(before);
});
