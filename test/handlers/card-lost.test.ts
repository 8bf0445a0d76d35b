import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { keysOf } from '../../src/store/keys.ts';
import { notRecordedText } from '../../src/views/notices.ts';
import { couldNotOpenText, unknownSignerText } from '../../src/views/request/state.ts';
import { ready } from '../support/redis-url.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';

let world: World;
let cards: { clara: SlackMessage; anna: SlackMessage };
const labels = (card: SlackMessage) => card.buttons().map(({ text }) => text);
const reads = (card: SlackMessage, text: string) =>
  world.slack.until(() => (card.text().includes(text) ? card : null), {
    what: `“${text}” on the card`,
    timeoutMs: 15_000,
  });

/** What is kept of requests and carts is gone; people are still known. */
async function loseRequests(): Promise<void> {
  const redis = await ready(world.redis());
  const all = await redis.keys(keysOf(world.workspaceId as never).everything);
  const lost = all.filter((key) => /:(request|requests|order|copies|draft|drafts|once)(:|$)/u.test(key));
  for (const key of lost) await redis.del(key);
}

beforeEach(async () => {
  world = await startWorld();
  cards = await sentToClara(world);
});
afterEach(() => world.close());

describe('Redis was lost', () => {
  it('the first press orders nothing, both are told and the same cards come back; the second press decides', async () => {
    await loseRequests();
    const { slack, fleet } = world;

    expect((await cards.clara.press('Approve', { confirm: true })).status).toBe(200);
    await slack.until(() => slack.person(people.clara).message('We had to reload'), { timeoutMs: 15_000 });
    await slack.until(() => slack.person(people.anna).message('We had to reload'), { timeoutMs: 15_000 });
    await reads(cards.clara, 'We reloaded this request from Fleet');
    await reads(cards.anna, 'We reloaded this request from Fleet');
    expect(fleet.journal.count('validateCart')).toBe(0);

    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Ordered.');
    await reads(cards.anna, 'Ordered.');
    expect(fleet.validateCommits(fleet.orders()[0]?.id ?? 0)).toBe(1);
  });

  it('and it was ordered in Fleet meanwhile: the cards say so and lose their buttons', async () => {
    await loseRequests();
    world.fleet.cockpit.validate(world.fleet.carts()[0]?.id ?? 0);
    await cards.anna.press('Withdraw', { confirm: true });
    await reads(cards.anna, unknownSignerText);
    await reads(cards.clara, unknownSignerText);
    expect([...labels(cards.clara), ...labels(cards.anna)]).toEqual([]);
  });
});

it('a card that nobody remembers, since the answer to its post was lost, says all the same what came of its press', async () => {
  const redis = await ready(world.redis());
  const copies = (await redis.keys(keysOf(world.workspaceId as never).everything)).filter((key) =>
    key.includes(':copies:'),
  );
  for (const key of copies) await redis.hdel(key, `${cards.clara.channel}:${cards.clara.ts}`);
  await cards.clara.press('Approve', { confirm: true });
  await reads(cards.clara, 'Ordered.');
  expect(labels(cards.clara)).toEqual([]);
});

describe('Slack fails', () => {
  it('at updating the cards: the order stands, and the cards follow', async () => {
    world.slack.faults.on('chat.update', { status: 500, times: 3 });
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Ordered.');
    await reads(cards.anna, 'Ordered.');
    expect(world.fleet.journal.count('validateCart')).toBe(1);
  });

  it('at opening the modal: the person is told that nothing was changed', async () => {
    world.slack.faults.on('views.open', { status: 500, times: 1 });
    await cards.clara.press('Decline');
    const clara = world.slack.person(people.clara);
    await world.slack.until(() => clara.ephemerals(clara.dm()).find((one) => one.text().includes(couldNotOpenText)));
    expect(labels(cards.clara)).toContain('Decline');
  });
});

describe('Redis does not answer', () => {
  it('an Approve says that nothing was recorded, and nothing is ordered', async () => {
    const broken = await ready(world.redis());
    const keys = keysOf(world.workspaceId as never);
    const requests = (await broken.keys(keys.everything)).filter((key) => key.includes(':request:'));
    // A record of the wrong type: every read and commit of it fails.
    for (const key of requests) {
      await broken.del(key);
      await broken.set(key, 'x');
    }

    const act = await cards.clara.press('Approve', { confirm: true });
    expect(act.status).toBe(200);
    const clara = world.slack.person(people.clara);
    await world.slack.until(() => clara.ephemerals(clara.dm()).find((one) => one.text().includes(notRecordedText)));
    expect(world.fleet.orders()).toEqual([]);
  });
});
