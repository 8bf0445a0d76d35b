import { afterEach, expect, it } from 'vitest';
import { cardOf, pressAs, toldTo } from '../handlers/bad-input/support.ts';
import { auditOf, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

it('who presses Approve and may not leaves a line in the audit log, and no change', async () => {
  world = await startWorld();
  const card = await cardOf(world);

  await pressAs(world, people.dan, card, { actionId: 'approve_request', value: card.button('Approve').value ?? '' });
  await toldTo(world, people.dan, /Only Clara Rossi can decide/);

  expect(await auditOf(storeOf(world))).toContain('approver_press_refused not_the_approver');
  expect(await storeOf(world).openRequests()).toMatchObject([{ state: { kind: 'pending' } }]);
});
