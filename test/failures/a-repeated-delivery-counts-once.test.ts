import { afterEach, describe, expect, it } from 'vitest';
import type { Act } from '../../sandbox/slack/start.ts';
import { anna, card, clara, type StepName, steps } from '../crash/steps.ts';
import { startWorld, until, type World } from '../support/world.ts';

let world: World;
let aheadMs = 0;
afterEach(() => world.close({ violations: 'expected' }));

const orderId = 42;
const nowhere = 'http://127.0.0.1:9/slack/events';

async function start(): Promise<void> {
  aheadMs = 0;
  world = await startWorld({ instances: 2, instance: { now: () => Date.now() + aheadMs } });
}

async function play(...names: readonly StepName[]): Promise<void> {
  for (const name of names) {
    await steps[name].prepare(world);
    await steps[name].press(world);
    await until(() => steps[name].isDone(world));
    await world.quiet();
  }
}

/** Ten times more over six minutes, as retries, to both instances in turn. */
async function tenTimesMore(act: Act): Promise<void> {
  for (let num = 1; num <= 10; num += 1) {
    aheadMs += 36_000;
    const again = await world.slack.redeliver(act, { retry: { num, reason: 'http_timeout' } });
    expect(again.status).toBe(200);
  }
  await world.quiet();
}

async function submitted(target?: string): Promise<Act> {
  const person = target === undefined ? anna(world) : anna(world).via(target);
  const { act } = (await person.modal()?.submit()) ?? {};
  if (act === undefined) throw new Error('nothing was submitted');
  return act;
}

/** D14: dropping every retry loses what was asked for; taking every one does it eleven times. */
describe('the same delivery, eleven times over six minutes', { timeout: 60_000 }, () => {
  it('of Add to cart puts one device into one cart', async () => {
    await start();
    await steps.add.prepare(world);
    const act = await submitted();
    await until(() => steps.add.isDone(world));
    await tenTimesMore(act);

    const carts = world.fleet.carts();
    expect(carts.map(({ lines }) => lines.length)).toEqual([1]);
    expect(world.fleet.journal.count('createCart')).toBe(1);
  });

  it('of Send for approval asks once', async () => {
    await start();
    await play('add');
    await steps.send.prepare(world);
    const act = await submitted();
    await until(() => steps.send.isDone(world));
    await tenTimesMore(act);

    const asking = clara(world)
      .messagesIn()
      .filter((message) => message.buttons().some(({ text }) => text === 'Approve'));
    expect(asking).toHaveLength(1);
  });

  it('of Approve orders once', async () => {
    await start();
    await play('add', 'send');
    const act = await card(world).press('Approve', { confirm: true });
    await until(() => steps.approve.isDone(world));
    await tenTimesMore(act);

    expect(world.fleet.validateCommits(orderId)).toBe(1);
    expect(world.fleet.journal.count('validateCart')).toBe(1);
    expect(anna(world).message(/Ordered/)).toBeDefined();
  });
});

describe('the first delivery is lost and the retry arrives', { timeout: 60_000 }, () => {
  it('for Add to cart: the device is in the cart, once', async () => {
    await start();
    await steps.add.prepare(world);
    const lost = await submitted(nowhere);
    expect(lost.status).toBe(0);

    await world.slack.redeliver(lost, { target: here(), retry: { num: 1, reason: 'connection_failed' } });
    await until(() => steps.add.isDone(world));
    expect(world.fleet.carts().map(({ lines }) => lines.length)).toEqual([1]);
  });

  it('for Approve: it is ordered, once', async () => {
    await start();
    await play('add', 'send');
    const place = card(world);
    const button = place.button('Approve');
    const { blockId, actionId } = button;
    const lost = await clara(world)
      .via(nowhere)
      .raw.blockAction({ message: { channel: place.channel, ts: place.ts }, blockId, actionId, confirm: true });
    expect(lost.status).toBe(0);

    await world.slack.redeliver(lost, { target: here(), retry: { num: 1, reason: 'connection_failed' } });
    await until(() => steps.approve.isDone(world));
    expect(world.fleet.validateCommits(orderId)).toBe(1);
  });
});

function here(): string {
  return `http://127.0.0.1:${world.instances[0]?.port}/slack/events`;
}
