import { afterEach, describe, expect, it } from 'vitest';
import type { WorkspaceId } from '../../src/domain/ids.ts';
import { keysOf } from '../../src/store/keys.ts';
import type { RedisClient } from '../../src/store/redis.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { ready } from '../support/redis-url.ts';
import { auditOf, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { cartOf, modalWith } from './cart-support.ts';

let world: World;
afterEach(() => world.close({ violations: 'expected' }));

const until = <T>(probe: () => T | undefined | false | null) => world.slack.until(probe, { timeoutMs: 15_000 });

async function sentToClara() {
  const cart = await cartOf(world, 'ben');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  const clara = await until(() => world.slack.person(people.clara).message(cardTitles.approver));
  await world.quiet();
  return { clara };
}

const keysLeft = async (redis: RedisClient) => {
  const found = await redis.keys(keysOf(world.workspaceId as WorkspaceId).everything);
  return found.map((key) => key.slice(key.indexOf('}') + 2)).filter((key) => !key.startsWith('stop'));
};

describe('somebody changes in Slack', () => {
  it('an approver who is deactivated: the requester chooses another and admins are told, once of four deliveries', async () => {
    world = await startWorld();
    await sentToClara();

    await world.slack.changePerson(people.clara, { deleted: true });
    const event = {
      type: 'user_change',
      user: { id: people.clara, team_id: world.workspaceId, deleted: true },
      event_ts: '1.1',
    };
    const { first } = await world.slack.event(event);
    for (const num of [1, 2, 3]) await world.slack.redeliver(first, { retry: { num, reason: 'http_timeout' } });

    await until(() => world.slack.person(people.ben).message('Choose another approver'));
    await until(() => world.slack.person(people.dan).message("Clara Rossi can't approve"));
    await world.quiet();
    const told = world.slack
      .person(people.dan)
      .messagesIn()
      .filter((one) => one.text().includes("Clara Rossi can't approve"));
    expect(told).toHaveLength(1);
    expect(await auditOf(storeOf(world))).toContain('approver_lost pending');
  });

  it('an address that changes counts at once, and a new status text costs nothing', async () => {
    world = await startWorld();
    const ben = world.slack.person(people.ben);
    await cartOf(world, 'ben');
    const asked = () => world.slack.journal.entries().filter(({ route }) => route === 'users.info').length;
    const before = asked();
    await world.slack.event({
      type: 'user_change',
      user: {
        ...{ id: people.ben, team_id: world.workspaceId, deleted: false, tz: 'Europe/Paris', is_admin: false },
        ...{ is_restricted: false, profile: { email: 'ben.martin@acme.test', status_text: 'Lunch' } },
      },
      event_ts: '1.2',
    });
    await world.slack.quiet();
    expect(asked()).toBe(before);

    await world.slack.changePerson(people.ben, { email: 'ben@elsewhere.test' });
    await until(() => asked() > before);
    await world.quiet();
    await ben.modal()?.closeAll();
    await ben.command('/fleet order');

    await modalWith(world, ben, "Your Slack email doesn't match anyone in Fleet");
  });
});

describe('the app is removed', () => {
  it.each(['tokens_first', 'app_first'] as const)('%s: everything of the workspace is deleted', async (order) => {
    world = await startWorld();
    await sentToClara();
    const redis = await ready(world.redis());
    expect((await keysLeft(redis)).length).toBeGreaterThan(5);

    await world.slack.uninstall(order);

    await expect.poll(() => keysLeft(redis), { timeout: 15_000 }).toEqual([]);
    expect(await storeOf(world).stop()).not.toBeNull();

    // What Slack still delivers is written nowhere.
    await world.slack.event({ type: 'app_home_opened', user: people.ben, tab: 'home', event_ts: '1.4' });
    await world.slack.event({
      type: 'user_change',
      user: { id: people.ben, profile: { email: 'b@x.test' } },
      event_ts: '1.5',
    });
    await world.quiet();
    expect(await keysLeft(redis)).toEqual([]);
    const events = await redis.xrange(`{fleet-slack:test:${world.workspaceId}}:work:events`, '-', '+');
    expect(JSON.stringify(events)).not.toContain(people.ben);
  });

  it('what was signed before and is sent again is written nowhere, also by an instance that was told nothing', async () => {
    world = await startWorld({ instances: 2 });
    const { clara } = await sentToClara();
    const ben = world.slack.person(people.ben);
    const acts = [
      await clara.press('Approve', { confirm: true }),
      await ben.command('/fleet order'),
      await ben.command('/fleet status'),
      await world.slack.person(people.clara).command('/fleet approvals'),
    ];
    await world.quiet();
    const redis = await ready(world.redis());
    await world.slack.uninstall('app_first');
    await expect.poll(() => keysLeft(redis), { timeout: 15_000 }).toEqual([]);

    for (const act of [...acts, ...acts.toReversed()]) await world.slack.redeliver(act);
    await world.quiet();

    expect(await keysLeft(redis)).toEqual([]);
  });

  it('not when the token still works: an event that came late, after the app was installed again', async () => {
    world = await startWorld();
    await sentToClara();

    await world.slack.event({ type: 'app_uninstalled', event_ts: '1.3' });

    const store = storeOf(world);
    await expect.poll(() => auditOf(store), { timeout: 15_000 }).toContain('workspace_resumed done');
    expect(await store.openRequests()).toHaveLength(1);
    expect(await store.stop()).toBeNull();
  });
});
