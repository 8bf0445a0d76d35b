import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anna, clara, steps } from '../crash/steps.ts';
import { type Fixture, fixtureKeys, fixtureWorkspaceId, readFixture } from '../fixtures/previous-release.ts';
import { loadRedis, RedisDump } from '../support/redis-dump.ts';
import { people, startWorld, until, type World } from '../support/world.ts';

let world: World;

/** Redis as an earlier release left it, with its cards in Slack and its carts in Fleet; then this release starts. */
beforeEach(async () => {
  const fixture = await readFixture();
  const env = { ENCRYPTION_KEYS: fixtureKeys };
  world = await startWorld({ workspaceId: fixtureWorkspaceId, instances: 0, directory: false, env });
  await forget();
  for (const cart of fixture.carts) await fleetPost('/carts', cart);
  const moved = await post(fixture.messages);
  await loadRedis(world.redisUrl, RedisDump.parse(JSON.parse(moved(JSON.stringify(fixture.redis)))));
  await world.addInstance();
});

afterEach(async () => {
  const { redisUrl } = world;
  await world.close();
  await forget(redisUrl);
});

/** D4: a deploy changes the keys, and what was pending across the roll stays for ever. */
describe('cards that the previous release posted', { timeout: 60_000 }, () => {
  it('can be approved, and are ordered as they were signed', async () => {
    await until(() => decidable().length === 1);
    await steps.approve.press(world);
    await until(() => steps.approve.isDone(world));
    await world.quiet();

    expect(world.fleet.validateCommits(42)).toBe(1);
    expect(world.fleet.orders().map(({ lines }) => lines.map(({ deliveryCountry }) => deliveryCountry))).toEqual([
      ['DE'],
    ]);
    // In their places: nobody got a second card.
    expect(anna(world).message(/Ordered\. Approved by/)?.edits.length).toBeGreaterThan(0);
  });

  it('can be declined', async () => {
    await until(() => decidable().length === 1);
    await steps.decline.prepare(world);
    await steps.decline.press(world);
    await until(() => steps.decline.isDone(world));

    expect(world.fleet.validateCommits(42)).toBe(0);
  });

  it('expire by the deadline that the previous release gave them, on both cards', async () => {
    const ben = world.slack.person(people.ben);
    await until(() => ben.messagesIn().some((message) => /expired/i.test(message.text())));
    await world.quiet();

    expect(decidable()).toHaveLength(1);
    const [asked] = ben.messagesIn();
    expect(asked?.text()).toMatch(/expired/i);
    expect(asked?.buttons().map(({ text }) => text)).not.toContain('Withdraw');
    expect(world.fleet.carts()).toHaveLength(2);
  });

  it('lock the cart that they are about, and Withdraw unlocks it', async () => {
    await anna(world).command('/fleet cart');
    await until(() => /Clara Rossi/.test(anna(world).modal()?.text() ?? ''));
    await anna(world).messagesIn()[0]?.press('Withdraw', { confirm: true });
    await until(() =>
      clara(world)
        .messagesIn()
        .some((message) => /Withdrawn/.test(message.text())),
    );

    // The other card loses its buttons when it expires, which nothing here waited for.
    await until(() => decidable().length === 0);
  });
});

/** The expired one takes its buttons away by itself. */
const decidable = () =>
  clara(world)
    .messagesIn()
    .filter((message) => message.buttons().some(({ text }) => text === 'Approve'));

async function fleetPost(path: string, body: unknown): Promise<void> {
  const { url, apiKey } = world.fleet;
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
}

/** The messages stand at new places here: what Redis says of them is moved along. */
async function post(messages: Fixture['messages']): Promise<(text: string) => string> {
  const places: (readonly [string, string])[] = [];
  for (const { channel, ts, text, blocks } of messages) {
    const answer = await fetch(`${world.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.slack.botToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ channel, text, blocks }),
    });
    const posted = (await answer.json()) as { readonly ok: boolean; readonly ts: string };
    expect(posted).toMatchObject({ ok: true });
    places.push([ts, posted.ts]);
  }
  return (text) => places.reduce((moved, [from, to]) => moved.replaceAll(from, to), text);
}

async function forget(redisUrl = world.redisUrl): Promise<void> {
  const redis = new Redis(redisUrl, { replyMapping: 'legacy' });
  const keys = await redis.keys(`*${fixtureWorkspaceId}*`);
  if (keys.length > 0) await redis.del(...keys);
  redis.disconnect();
}
