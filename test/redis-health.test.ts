import { once } from 'node:events';
import { Queue } from 'bullmq';
import { expect, it, onTestFinished, vi } from 'vitest';
import { logConsole, withoutRepeats } from '../src/app/logging.ts';
import { createRedisProbe } from '../src/app/redis-health.ts';
import { connectRedis } from '../src/store/connection.ts';
import { findWeaknesses } from '../src/store/health.ts';
import { keysOf } from '../src/store/keys.ts';
import type { RedisClient } from '../src/store/redis.ts';
import { startProxy } from './store/support/proxy.ts';
import { aWorkspaceId } from './store/support/redis-for-tests.ts';
import { startScriptedRedis } from './store/support/scripted-redis.ts';
import { redisUrlForTests } from './support/redis-url.ts';

const connect = (url: string, role: 'commands' | 'queue'): RedisClient => {
  const client = connectRedis(url, role);
  onTestFinished(() => client.disconnect());
  return client;
};

/** As `/readyz` asks, with the worker's own word. */
function probeOf(url: string, refusal: string | null = null) {
  const workspaceId = aWorkspaceId();
  const probe = createRedisProbe(
    { redis: connect(url, 'commands'), queueRedis: connect(url, 'queue') },
    { prefix: `{${workspaceId}}`, worker: { refusal: () => refusal }, workspaceIds: () => [workspaceId] },
  );
  return { probe, workspaceId };
}

it('a Redis that takes writes is ready, in the slot of the workspace and in that of the queue', async () => {
  const url = await redisUrlForTests();
  const { probe, workspaceId } = probeOf(url);

  await vi.waitFor(async () => expect(await probe()).toEqual([]));
  const redis = connect(url, 'queue');
  expect(await redis.exists(keysOf(workspaceId).probe)).toBe(1);
  expect(await redis.exists(`{${workspaceId}}:probe`)).toBe(1);
});

it.each([
  ['READONLY', "You can't write against a read only replica."],
  ['OOM', "command not allowed when used memory > 'maxmemory'."],
  ['NOREPLICAS', 'Not enough good replicas to write.'],
  ['NOPERM', "this user has no permissions to run the 'eval' command"],
  ['MOVED', '1234 10.0.0.1:6379'],
])('a Redis that answers %s to writes is not ready, and the answer is named', async (code, text) => {
  const { url } = await startScriptedRedis((command) => (command === 'PING' ? '+PONG' : `-${code} ${text}`));
  const { probe } = probeOf(url);

  await vi.waitFor(async () => expect(await probe()).toEqual([`Redis answered ${code}`]));
});

it('a Redis that takes our writes and refuses its jobs to the worker is not ready', async () => {
  const { probe } = probeOf(await redisUrlForTests(), 'Redis: answered NOPERM');

  await vi.waitFor(async () => expect(await probe()).toEqual(['Redis answered NOPERM']));
});

it('a Redis that is silent is not ready, and is not asked once more for each who asks', async () => {
  const proxy = await startProxy(await redisUrlForTests());
  onTestFinished(proxy.close);
  const { probe } = probeOf(proxy.url);
  await vi.waitFor(async () => expect(await probe()).toEqual([]));
  proxy.stall();

  const first = probe();
  expect(probe()).toBe(first);
  expect(await first).toEqual(['Redis does not answer']);
});

const asBulk = (words: readonly string[]) =>
  [`*${words.length}`, ...words.map((word) => `$${word.length}\r\n${word}`)].join('\r\n');
const config = (policy: string, appendonly: string, appendfsync: string) =>
  asBulk(['maxmemory-policy', policy, 'appendonly', appendonly, 'appendfsync', appendfsync]);
const noConfig = "-ERR unknown command 'config'";

it.each([
  ['keeps everything', config('noeviction', 'yes', 'always'), '', []],
  ['evicts', config('allkeys-lru', 'yes', 'always'), '', ['set maxmemory-policy to noeviction']],
  ['keeps nothing on disk', config('noeviction', 'no', 'everysec'), '', ['set appendonly to yes']],
  ['may lose a second', config('noeviction', 'yes', 'everysec'), '', ['set appendfsync to always']],
  [
    'hides its configuration',
    noConfig,
    'maxmemory_policy:volatile-lru\r\naof_enabled:0\r\n',
    ['check them yourself', 'set maxmemory-policy to noeviction', 'set appendonly to yes'],
  ],
  ['says nothing of itself', '-NOPERM this user has no permissions', '', ['check them yourself']],
])('a Redis that %s: what an operator should change', async (_, answer, info, expected) => {
  const { url } = await startScriptedRedis((command) => (command === 'CONFIG' ? answer : '+OK'), info);
  const redis = connect(url, 'commands');
  await once(redis, 'ready');

  const found = await findWeaknesses(redis);
  expect(found.map(({ warning }) => warning.split(': ')[1])).toEqual(expected);
});

it('the same warning is written once a minute, with how often it was left out', () => {
  const lines: unknown[] = [];
  let now = 0;
  const write = (...line: unknown[]) => void lines.push(line);
  const log = withoutRepeats({ info: write, warn: write, error: write }, () => now);

  for (let times = 0; times < 5000; times += 1) log.warn('away', { problem: 'ECONNREFUSED' });
  log.warn('away', { problem: 'ETIMEDOUT' });
  now = 60_000;
  log.warn('away', { problem: 'ECONNREFUSED' });

  expect(lines).toEqual([
    ['away', { problem: 'ECONNREFUSED' }],
    ['away', { problem: 'ETIMEDOUT' }],
    ['away', { problem: 'ECONNREFUSED', leftOut: 4999 }],
  ]);
});

it('what libraries print is in the log, without what BullMQ says of the eviction policy for each connection', async () => {
  const { warn, error } = console;
  const lines: unknown[] = [];
  const note = (message: string, fields: unknown) => lines.push([message, fields]);
  logConsole({ info: note, warn: note, error: note });
  onTestFinished(() => void Object.assign(console, { warn, error }));
  const { url } = await startScriptedRedis(() => '+OK', 'maxmemory_policy:allkeys-lru\r\n');
  const queue = new Queue('work', { connection: connect(url, 'queue'), prefix: '{eviction}' });
  onTestFinished(() => queue.close());
  queue.on('error', () => {});

  await queue.waitUntilReady();
  console.error(`${'x'.repeat(300)}\nand more`);

  expect(lines).toEqual([['a library warns', { said: 'x'.repeat(200) }]]);
});
