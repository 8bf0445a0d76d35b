import { afterEach, expect, it } from 'vitest';
import { auditOf, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('a wrong identity can be undone and put right, and the log tells who did it', async () => {
  world = await startWorld();
  const { slack } = world;
  const until = <T>(probe: () => T | undefined | false | null) => slack.until(probe, { timeoutMs: 15_000 });
  const [dan, nils] = [slack.person(people.dan), slack.person(people.nobody)];
  const answered = (text: string) => until(() => dan.ephemerals().find((one) => one.text().includes(text)));
  const free = [...world.fleet.state.users.values()].filter(({ id }) => id > 30);
  const [wrong, right] = free;

  await dan.command(`/fleet link @nils ${wrong?.id}`);
  await answered('We let them know');
  await until(() => nils.message('An admin linked your Slack account'));
  await nils.command('/fleet order');
  await until(() => nils.modal()?.hasField('Product'));
  await nils.modal()?.closeAll();

  await dan.command(`/fleet link @nils ${right?.id}`);
  await answered(`already linked to Fleet user ${wrong?.id}`);
  await dan.command('/fleet unlink @nils');
  await answered('Removed the link');
  await nils.command('/fleet order');
  await until(() => nils.modal()?.text().includes("Your Slack email doesn't match anyone in Fleet"));
  await dan.command(`/fleet link @nils ${right?.id}`);
  await answered(`Fleet user ${right?.id}`);

  expect(await storeOf(world).link(people.nobody as never)).toMatchObject({ fleetUserId: right?.id });
  expect((await auditOf(storeOf(world))).filter((one) => one.includes('linked'))).toEqual([
    'person_linked done',
    'person_unlinked done',
    'person_linked done',
  ]);
  await nils.command(`/fleet unlink @ben`);
  await until(() => nils.ephemerals().find((one) => one.text().includes('Only admins')));
});
