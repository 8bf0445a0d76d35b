import { afterEach, expect, it } from 'vitest';
import { people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { modalWith, pricedForm } from './cart-support.ts';

let world: World;
afterEach(() => world.close());

it('One person who types without end leaves others, refreshes and signatures their share of Fleet', async () => {
  world = await startWorld({ env: { FLEET_REQUESTS_PER_MINUTE: '100' } });
  const { slack, fleet } = world;
  const ben = slack.person(people.ben);
  const { clara } = await sentToClara(world);
  const asked = () => fleet.journal.entries().length;
  const before = asked();

  for (let sent = 0; sent < 60; sent += 5) {
    await Promise.all(Array.from({ length: 5 }, () => ben.command('/fleet cart')));
    await world.quiet();
  }

  expect(asked() - before).toBeLessThanOrEqual(20);
  await modalWith(world, ben, "That's a lot of requests in one minute.");
  await clara.press('Approve', { confirm: true });
  await slack.until(() => fleet.validateCommits(42) === 1, { what: 'the order' });
  const dan = slack.person(people.dan);
  await dan.command('/fleet order');
  const form = await slack.until(() => (dan.modal()?.hasField('Product') ? dan.modal() : undefined));
  await form?.selectSearched('Product', 'ultrasharp', 'UltraSharp 27');
  await pricedForm(world, dan);
});
