import { Redis } from 'ioredis';
import { afterEach, describe, expect, it } from 'vitest';
import type { SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { defaultSettings } from '../../src/domain/settings/settings.ts';
import { keysOf } from '../../src/store/keys.ts';
import { cardOf, cartOf, factsOf, pressAs, toldTo } from '../handlers/bad-input/support.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('only whoever was asked, and may sign, signs', () => {
  it.each([
    ['somebody who may sign, but was not asked', people.dan],
    ['somebody who was not asked', people.ben],
    ['whoever asked', people.anna],
  ])('%s is told privately, and nothing is validated', async (_, id) => {
    world = await startWorld();
    const card = await cardOf(world);
    const before = factsOf(world);

    await pressAs(world, id, card, { actionId: 'approve_request', value: card.button('Approve').value ?? '' });
    await toldTo(world, id, /Only Clara Rossi can decide/);
    await world.quiet();

    expect(factsOf(world)).toBe(before);
    expect(card.text()).toContain('Waiting for you');
  });

  it('an approver who lost the role meanwhile is refused, as soon as that is known', async () => {
    world = await startWorld();
    const card = await cardOf(world);
    const store = storeOf(world);
    const { revision, settings } = await store.savedSettings();
    const approvers = { people: [people.dan as SlackUserId], userGroups: [] };
    await store.commit({
      settings: { expectedRevision: revision, next: { ...defaultSettings, ...settings, approvers } },
    });
    const before = factsOf(world);

    await card.press('Approve', { confirm: true });

    await toldTo(world, people.clara, "isn't an approver");
    await world.quiet();
    expect(factsOf(world)).toBe(before);
  });

  it('an approver whom Slack does not name just now is refused, never let through', async () => {
    world = await startWorld();
    const card = await cardOf(world);
    const before = factsOf(world);
    const redis = new Redis(world.redisUrl);
    await redis.del(keysOf(world.workspaceId as WorkspaceId).profile(people.clara as SlackUserId));
    redis.disconnect();
    world.slack.faults.on('users.info', { status: 500 });

    await card.press('Approve', { confirm: true });

    await toldTo(world, people.clara, "can't check right now who can approve");
    await world.quiet();
    expect(factsOf(world)).toBe(before);
  });

  it('a list of approvers that holds nobody lets nobody sign', async () => {
    world = await startWorld();
    world.fleet.cockpit.setRole(21, 'EMPLOYEE');
    const cart = await cartOf(world, people.ben);

    await expect(cart.search('Approver', '')).resolves.not.toContain('Ben Martin');
  });

  it('the signatory is always named, and is whoever pressed', async () => {
    world = await startWorld();
    const card = await cardOf(world);

    await card.press('Approve', { confirm: true });
    await world.slack.until(() => card.text().includes('Ordered.'));

    expect(world.fleet.orders()[0]?.validations).toMatchObject([
      { purchaserId: 11, signatoryId: 21, signatoryWasNamed: true },
    ]);
  });
});
