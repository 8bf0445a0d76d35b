import { afterEach, expect, it } from 'vitest';
import { cardTitles } from '../../src/views/request/card.ts';
import { cartOf } from '../handlers/cart-support.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
// Slack is quiet between two checks, for longer than the test listens.
const intervalsMs = { tokenCheck: 1_500, stoppedWorkspace: 1_000 };
afterEach(() => world.close({ violations: 'expected' }));

const until = <T>(probe: () => T | undefined | false | null) => world.slack.until(probe, { timeoutMs: 15_000 });

it('with a revoked token jobs wait, data is kept and the operator is told; everything resumes with a new token', async () => {
  world = await startWorld({ instance: { intervalsMs } });
  const cart = await cartOf(world, 'ben');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  const card = await until(() => world.slack.person(people.clara).message(cardTitles.approver));
  await world.quiet();
  const store = storeOf(world);
  world.slack.faults.on('*', { error: 'token_revoked' });

  await world.slack.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0FLEETBOT'] }, event_ts: '1.1' });
  await expect.poll(() => store.stop()).toMatchObject({ why: 'tokens_revoked' });
  await card.press('Approve', { confirm: true });
  await world.slack.quiet(500);

  expect(world.fleet.journal.count('validateCart')).toBe(0);
  expect((await store.openRequests()).length).toBe(1);
  expect(world.logged.some(({ level, message }) => level === 'error' && message.includes('has stopped'))).toBe(true);
  const ready = await fetch(`http://127.0.0.1:${world.instances[0]?.port}/readyz`);
  expect(ready.status).toBe(503);

  world.slack.faults.clear();
  await expect.poll(() => store.stop(), { timeout: 15_000 }).toBeNull();
  await expect.poll(() => world.fleet.orders().length, { timeout: 15_000 }).toBe(1);
}, 60_000);

it("D20: somebody's own token that was revoked stops nothing", async () => {
  world = await startWorld({ instance: { intervalsMs } });

  await world.slack.event({ type: 'tokens_revoked', tokens: { oauth: [people.ben], bot: [] }, event_ts: '1.1' });
  await world.slack.quiet(200);

  expect(await storeOf(world).stop()).toBeNull();
});

it('a token that Slack refuses is noticed by what the app asks, though no event comes', async () => {
  world = await startWorld({ instance: { intervalsMs } });
  const ready = async () => (await fetch(`http://127.0.0.1:${world.instances[0]?.port}/readyz`)).status;
  expect(await ready()).toBe(200);
  world.slack.faults.on('*', { error: 'account_inactive' });

  await world.slack.person(people.ben).command('/fleet order');
  await expect.poll(ready, { timeout: 5_000 }).toBe(503);

  world.slack.faults.clear();
  await expect.poll(ready, { timeout: 15_000 }).toBe(200);
});
