import { afterEach, beforeEach, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardUpdateItem } from '../../src/services/request/update.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { foreignPress, sentToClara } from './card-support.ts';

let world: World;
let cards: { clara: SlackMessage; anna: SlackMessage };

beforeEach(async () => {
  world = await startWorld();
  cards = await sentToClara(world);
  await withRows(14);
});
afterEach(() => world.close());

/** Saved rather than clicked together, which the cart's tests cover. */
async function withRows(count: number, left = count - 12): Promise<void> {
  const store = storeOf(world);
  const [request] = await store.openRequests();
  const [line] = request?.lines ?? [];
  if (request === undefined || line === undefined) throw new Error('nothing was sent');
  const lines = Array.from({ length: count }, (_, index) => ({
    ...line,
    productId: (500 + index) as typeof line.productId,
    productName: `Thing ${index + 1}`,
  }));
  const next = { ...request, lines, revision: request.revision + 1, nonce: `rows-${count}` };
  const replacement = { expectedRevision: request.revision, expectedNonce: request.nonce, next };
  expect(await store.commit({ request: replacement, work: [cardUpdateItem(next)] })).toBe('committed');
  const copies = [cards.clara, cards.anna];
  await world.slack.until(() => copies.every((copy) => copy.text().includes(`${left} more rows`)), {
    timeoutMs: 15_000,
  });
}

it('a long request can be read whole before Approve, by the two people of it and nobody else', async () => {
  expect(cards.clara.text()).toContain('… and 2 more rows');
  expect(cards.clara.buttons().map(({ text }) => text)[0]).toBe('Show all devices');

  await cards.clara.press('Show all devices');
  const modal = await world.slack.until(() => world.slack.person(people.clara).modal());
  for (let row = 1; row <= 14; row += 1) expect(modal.text()).toMatch(new RegExp(`Thing ${row}\\b`, 'u'));
  await cards.anna.press('Show all devices');
  await world.slack.until(() => world.slack.person(people.anna).modal()?.text().includes('Thing 14'));

  await foreignPress(world, cards.clara, 'Show all devices', people.dan);
  await world.slack.until(() => world.slack.person(people.dan).message('Only Clara Rossi can decide'));
  expect(world.slack.person(people.dan).modal()).toBeUndefined();
});

it('an order of 130 rows keeps its total and where it stands in /fleet status, page by page', async () => {
  await withRows(130);
  const anna = world.slack.person(people.anna);
  const number = /order (\d+)/u.exec(cards.anna.text())?.[1] ?? '';

  await anna.command(`/fleet status ${number}`);
  const first = await world.slack.until(() => anna.message('Requested by Anna Keller (Fleet user 11)'), {
    what: 'the status',
  });
  expect(first.text()).toMatch(/Total: .*Waiting for Clara Rossi.*Rows 1 to \d+ of 130.*Thing 1\b/su);
  await first.press('Next');

  await world.slack.until(() => first.text().includes('Thing 130'));
  expect(first.text()).toMatch(/Total: .*Waiting for Clara Rossi.*Rows \d+ to 130 of 130/su);
  expect(first.buttons().map(({ text }) => text)).toEqual(['Previous', 'Share in channel']);
});
