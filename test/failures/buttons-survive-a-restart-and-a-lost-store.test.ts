import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import { anna, card, clara, type StepName, steps } from '../crash/steps.ts';
import { startWorld, until, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

const orderId = 42;

async function withACard(): Promise<void> {
  world = await startWorld();
  for (const name of ['add', 'send'] satisfies StepName[]) {
    await steps[name].prepare(world);
    await steps[name].press(world);
    await until(() => steps[name].isDone(world));
  }
  await world.quiet();
}

/** Everything that this app has in Redis: its records and its queue. */
async function loseRedis(): Promise<void> {
  const redis = new Redis(world.redisUrl, { replyMapping: 'legacy' });
  const keys = await redis.keys(`*${world.workspaceId}*`);
  expect(keys.length).toBeGreaterThan(20);
  await redis.del(...keys);
  redis.disconnect();
}

/** D3: a restart kills every posted button; whoever is unknown is taken for used up. */
describe('a card that was posted before', { timeout: 60_000 }, () => {
  it('works after every process was restarted', async () => {
    await withACard();
    await world.restart();

    await steps.approve.press(world);
    await until(() => steps.approve.isDone(world));
    expect(world.fleet.validateCommits(orderId)).toBe(1);
  });

  it('has the same buttons for Decline, with its modal', async () => {
    await withACard();
    await world.restart();

    await steps.decline.prepare(world);
    await steps.decline.press(world);
    await until(() => steps.decline.isDone(world));
    expect(world.fleet.validateCommits(orderId)).toBe(0);
  });

  it('is rebuilt when Redis was lost: the first press orders nothing and says so, the second one orders', async () => {
    await withACard();
    const before = world.fleet.journal.count('validateCart');
    await loseRedis();

    await steps.approve.press(world);
    await until(() => clara(world).ephemerals().length > 0);
    const [said] = clara(world).ephemerals();
    expect(said?.text()).toMatch(/nothing was (decided or )?ordered/i);
    await until(() => anna(world).messagesIn().length > 1 && clara(world).messagesIn().length > 1);
    await world.quiet();
    expect(world.fleet.journal.count('validateCart')).toBe(before);
    expect(world.fleet.carts()).toHaveLength(1);

    await pressUntilItCounts();
    expect(world.fleet.validateCommits(orderId)).toBe(1);
    expect(world.fleet.orders()[0]?.lines).toHaveLength(1);
    const left = [...anna(world).messagesIn(), ...clara(world).messagesIn()].flatMap((one) => one.buttons());
    expect(left.map(({ text }) => text)).not.toContain('Approve');
  });
});

/** Who may sign is lost too, and is read from Fleet again: until then a press says so and orders nothing. */
async function pressUntilItCounts(): Promise<void> {
  for (let tries = 0; tries < 5 && !steps.approve.isDone(world); tries += 1) {
    if (card(world) !== undefined) await steps.approve.press(world);
    await until(() => steps.approve.isDone(world), 3_000).catch(() => undefined);
  }
  await world.quiet();
  expect(steps.approve.isDone(world)).toBe(true);
}
