import { Agent, get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { QUEUE_PREFIX } from '../../src/store/keys.ts';
import { type MainProcess, type Surroundings, startSurroundings } from '../support/main-process.ts';
import { until } from '../support/world.ts';
import { openDurable } from './durable.ts';
import { anna, clara, type StepName, steps } from './steps.ts';

let around: Surroundings;
afterEach(() => around.close());

async function play(names: readonly StepName[]): Promise<void> {
  for (const name of names) {
    const step = steps[name];
    await step.prepare(around);
    await step.press(around);
    await until(() => step.isDone(around), 20_000);
  }
}

/** How long it took to end, and how. */
async function stop(main: MainProcess): Promise<{ code: number | null; ms: number }> {
  const at = Date.now();
  main.kill('SIGTERM');
  const { code } = await main.ended;
  return { code, ms: Date.now() - at };
}

const inTime = { code: 0, ms: expect.toSatisfy((ms: number) => ms < 10_000, 'within ten seconds') };

describe('SIGTERM', { timeout: 90_000 }, () => {
  it('ends a process that does nothing at once, also where somebody keeps connections open', async () => {
    around = await startSurroundings();
    const main = await around.start();
    const agent = new Agent({ keepAlive: true });
    await new Promise((resolve) =>
      get({ port: main.port, path: '/healthz', agent }, (response) => response.resume().once('end', resolve)),
    );

    expect(await stop(main)).toEqual(inTime);
    agent.destroy();
  });

  it('leaves an approval that Fleet is slow with to the next process, and it is ordered once', async () => {
    around = await startSurroundings();
    const { fleet, redisUrl, workspaceId, env } = around;
    const first = await around.start();
    await until(() => first.output().includes('the directory is complete'));
    await play(['add', 'send']);
    const gate = fleet.hold('validateCart', 'before_commit');
    await steps.approve.press(around);
    await gate.arrived();

    expect(await stop(first)).toEqual(inTime);
    gate.release();
    // What the stopped one held runs out by itself within a minute; here at once.
    const durable = openDurable(redisUrl, workspaceId, QUEUE_PREFIX, env.ENCRYPTION_KEYS ?? '');
    await durable.forgetTheDead();
    await around.start();

    await until(() => steps.approve.isDone(around), 40_000);
    expect(fleet.validateCommits(42)).toBe(1);
    expect(
      clara(around)
        .message(/Ordered/)
        ?.buttons(),
    ).toEqual([]);
    await durable.close();
  });

  it('hands over what was accepted in its last moment', async () => {
    around = await startSurroundings();
    const first = await around.start();
    await until(() => first.output().includes('the directory is complete'));
    await play(['add']);
    await steps.send.prepare(around);
    await steps.send.press(around);

    expect(await stop(first)).toEqual(inTime);
    await around.start();

    await until(() => steps.send.isDone(around), 30_000);
    expect(anna(around).messagesIn()).toHaveLength(1);
  });

  it('ends in time while Redis is away, and nothing that was accepted is lost', async () => {
    around = await startSurroundings();
    const first = await around.start();
    await until(() => first.output().includes('the directory is complete'));
    await play(['add', 'send']);
    const gate = around.fleet.hold('getCart');
    await steps.approve.press(around);
    await gate.arrived();
    await around.redis.shut();

    expect(await stop(first)).toEqual(inTime);
    gate.release();
    await around.redis.open();
    const durable = openDurable(around.redisUrl, around.workspaceId, QUEUE_PREFIX, around.env.ENCRYPTION_KEYS ?? '');
    await durable.forgetTheDead();
    await around.start();

    await until(() => steps.approve.isDone(around), 40_000);
    expect(around.fleet.validateCommits(42)).toBe(1);
    await durable.close();
  });

  it('tells a balancer first, and answers what still comes', async () => {
    around = await startSurroundings();
    const main = await around.start();
    await until(async () => (await main.ready()).status === 200);
    main.kill('SIGTERM');

    await until(async () => (await main.ready()).status === 503);
    expect(await main.ready()).toEqual({ status: 503, missing: ['The process is stopping'] });

    expect((await main.ended).code).toBe(0);
  });
});

describe('a fault that nobody handled', { timeout: 60_000 }, () => {
  /** The process makes the mistake when it is asked to. */
  const makes = (mistake: string) => ({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`process.on('SIGUSR2', () => { ${mistake} });`)}`,
  });

  it.each([
    ['a rejection', "Promise.reject(new Error(['can', 'ary'].join('')))", 'unhandled rejection'],
    ['an exception', "throw new Error(['can', 'ary'].join(''))", 'uncaught exception'],
  ])('is one line of the log (%s), without what it says', async (_, mistake, said) => {
    around = await startSurroundings();
    const main = await around.start(makes(mistake));

    main.kill('SIGUSR2');
    await until(() => main.output().includes(said));

    const line =
      main
        .output()
        .split('\n')
        .find((one) => one.includes(said)) ?? '';
    expect(JSON.parse(line)).toMatchObject({ error: 'Error', at: expect.stringContaining('at ') as string });
    expect(main.output()).not.toContain('canary');
    if (mistake.startsWith('throw')) expect((await main.ended).code).toBe(1);
    else expect((await fetch(`http://127.0.0.1:${main.port}/healthz`)).status).toBe(200);
  });
});
