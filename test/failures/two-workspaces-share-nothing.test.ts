import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startRedis } from '../../sandbox/redis/start.ts';
import { connectRedis } from '../../src/store/connection.ts';
import { notInstalledText } from '../../src/views/notices.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { payloadOf } from '../handlers/bad-input/support.ts';
import { foreignPress, sentToClara } from '../handlers/card-support.ts';
import { people, startWorld, type World } from '../support/world.ts';

/** Two workspaces on one Redis and with the same people's ids: what belongs to one was seen by the other. */
describe('two workspaces share nothing', () => {
  let acme: World;
  let other: World;
  beforeEach(async () => {
    acme = await startWorld();
    other = await startWorld({ env: { REDIS_URL: acme.redisUrl } });
  });
  afterEach(async () => {
    await other.close();
    await acme.close();
  });

  it('a cart and a request of one do not exist in the other, under the same person and the same number', async () => {
    await sentToClara(acme);
    const stranger = other.slack.person(people.anna);
    await stranger.command('/fleet cart');
    await other.slack.until(() => stranger.modal()?.text().includes('empty'), { what: 'an empty cart' });
    await stranger.modal()?.closeAll();
    const cards = await sentToClara(other);
    expect(other.fleet.carts().map(({ id }) => id)).toEqual(acme.fleet.carts().map(({ id }) => id));

    await cards.clara.press('Approve', { confirm: true });
    await other.slack.until(() => cards.clara.text().includes('Ordered.'));
    await Promise.all([acme.quiet(), other.quiet()]);
    expect(other.fleet.validateCommits(42)).toBe(1);
    expect(acme.fleet.orders()).toEqual([]);
    const own = acme.slack.person(people.clara).message(cardTitles.approver);
    expect(own?.buttons().map(({ text }) => text)).toContain('Approve');
  });

  it("the value of one workspace's card, pressed in the other, does nothing in either", async () => {
    const cards = await sentToClara(acme);

    const act = await foreignPress(other, cards.clara, 'Approve', people.clara);
    await other.slack.until(() =>
      other.slack.person(people.clara).message("doesn't belong to a request in this workspace"),
    );
    await Promise.all([acme.quiet(), other.quiet()]);

    expect(act.status).toBe(200);
    expect([...acme.fleet.orders(), ...other.fleet.orders(), ...other.fleet.carts()]).toEqual([]);
    expect(cards.clara.text()).toContain('Waiting for');
  });

  it('a press that Slack delivers for another workspace is not taken for this one', async () => {
    const cards = await sentToClara(acme);
    const { actionId, blockId, value } = cards.clara.button('Approve');
    const team = { id: other.workspaceId, domain: 'other' };
    const { response_url } = payloadOf(await cards.clara.press('Decline'));
    await acme.slack.send({
      kind: 'block_actions',
      userId: people.clara,
      payload: {
        team,
        response_url,
        user: { id: people.clara, username: 'clara', name: 'clara', team_id: other.workspaceId },
        container: {
          type: 'message',
          message_ts: cards.clara.ts,
          channel_id: cards.clara.channel,
          is_ephemeral: false,
        },
        channel: { id: cards.clara.channel, name: 'directmessage' },
        message: { type: 'message', ts: cards.clara.ts, text: cards.clara.fallback },
        actions: [{ type: 'button', action_id: actionId, block_id: blockId, value, action_ts: '1.1', text: {} }],
      },
    });
    await acme.quiet();
    expect(acme.fleet.orders()).toEqual([]);
    expect(cards.clara.text()).toContain('Waiting for');
    await acme.slack.until(() => acme.slack.journal.leaks(notInstalledText.slice(0, 20)).length > 0);
    expect(acme.logged.filter(({ fields }) => fields.slackTeamId === other.workspaceId)).toHaveLength(1);
  });
});

it('every key carries its own workspace, right after the prefix', async () => {
  // A Redis of their own, without other tests' keys.
  const redis = await startRedis();
  const worlds = [
    await startWorld({ env: { REDIS_URL: redis.url } }),
    await startWorld({ env: { REDIS_URL: redis.url } }),
  ];
  for (const world of worlds) await sentToClara(world);
  const link = connectRedis(redis.url, 'queue');
  const keys = await link.keys('*');
  link.disconnect();
  for (const world of worlds) await world.close();
  await redis.close();

  const ours = keys.filter((key) => !key.includes('{fleet-slack:test:'));
  const tagged = new RegExp(`^fleet-slack:v1:\\{(${worlds.map(({ workspaceId }) => workspaceId).join('|')})\\}:`);
  expect(ours.filter((key) => !tagged.test(key) && key !== 'fleet-slack:v1:tenants')).toEqual([]);
  for (const { workspaceId } of worlds) expect(ours.some((key) => key.includes(`{${workspaceId}}:request`))).toBe(true);
});
