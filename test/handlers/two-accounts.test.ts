import { afterAll, beforeAll, expect, it } from 'vitest';
import { aSeed } from '../../sandbox/fleet/seed/a-seed.ts';
import type { SlackPerson } from '../../sandbox/slack/start.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { cartOf, modalWith } from './cart-support.ts';

const OTHER = 'U0BENTOO';
const email = 'ben@old.acme.test';
let world: World;
let other: SlackPerson;

beforeAll(async () => {
  const seed = aSeed();
  const users = seed.users.map((user) => (user.id === 12 ? { ...user, secondary_email: email } : user));
  const account = { id: OTHER, name: 'ben2', realName: 'Ben Martin', email, tz: 'Europe/Paris', locale: 'fr-FR' };
  world = await startWorld({
    slackSeed: (slack) => ({ ...slack, people: [...slack.people, account] }),
    fleet: { seed: { ...seed, users } },
  });
  other = world.slack.person(OTHER);
});
afterAll(() => world.close());

it('shows the other Slack account of the same Fleet user what was sent, from where, and that it waits', async () => {
  const cart = await cartOf(world, 'ben');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  await modalWith(world, world.slack.person(people.ben), 'Sent to');

  await other.command('/fleet cart');

  const locked = await modalWith(world, other, 'your other Slack account, @Ben Martin.');
  expect(locked.text()).toContain('Clara Rossi has until');
  expect(locked.text()).toContain('Withdraw the request there');
  expect(locked.buttons()).toEqual([]);
});
