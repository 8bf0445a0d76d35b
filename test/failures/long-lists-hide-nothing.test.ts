import { afterEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import type { SlackChannelId, SlackMessageTs } from '../../src/domain/ids.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { clara } from '../domain/a-request.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { manyRequests, sweepNow } from '../support/requests-of.ts';
import { storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

const orderedAs = (clientStatus: string) =>
  ({ kind: 'ordered', by: clara, at: 1, clientStatus, signatoryConfirmed: true }) as const;

/** Long lists that hide what does not fit, and one bad channel or one busy minute that stops all the rest. */
describe('long lists and many orders', () => {
  let world: World;
  afterEach(() => world.close());

  it('a list of 37 requests shows every one of them, page by page', async () => {
    world = await startWorld();
    await manyRequests(world, 37);
    const dan = world.slack.person(people.dan);
    await dan.command('/fleet carts', { channelId: channels.general });
    const list = await world.slack.until(() => dan.ephemerals(channels.general)[0]);
    let seen = list.text();
    for (const range of ['16 to 30 of 37', '31 to 37 of 37']) {
      await list.press('Next');
      await world.slack.until(() => list.text().includes(range));
      seen += list.text();
    }

    for (let number = 7000; number < 7037; number += 1) expect(seen).toContain(String(number));
    expect(list.buttons().map(({ text }) => text)).toEqual(['Previous']);
  });

  it('what does not fit into a status is said to be left out', async () => {
    world = await startWorld();
    await manyRequests(world, 30);
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet status', { channelId: channels.general });

    const status = await world.slack.until(() => anna.ephemerals(channels.general)[0]);

    expect(status.text()).toContain('Order 7029');
    expect(status.text()).not.toContain('Order 7009');
    expect(status.text()).toContain('and older ones: add a number to');
  });

  it('an archived channel with a shared copy keeps no other copy from following', async () => {
    world = await startWorld();
    const cards = await sentToClara(world);
    await cards.clara.press('Approve', { confirm: true });
    await world.slack.until(() => cards.anna.text().includes('Ordered'));
    const store = storeOf(world);
    const request = await store.requestForOrder(42 as never);
    if (request === null) throw new Error('no request');
    // The bad ones first: they are met before anybody's own card.
    const own = await store.copies(request.id);
    for (const copy of own) await store.dropCopy(request.id, copy);
    const archived = ['C0ARCHIVED', 'C1ARCHIVED'].map((channel) => ({
      ...{ kind: 'shared' as const, slackUserId: null, shows: 0 },
      ...{ channel: channel as SlackChannelId, ts: '1.1' as SlackMessageTs },
    }));
    for (const copy of [...archived, ...own]) await store.putCopy(request.id, copy);
    world.slack.faults.on('chat.update', {
      error: 'is_archived',
      when: ({ channel }) => /ARCHIVED/.test(`${channel}`),
    });
    world.fleet.cockpit.setStatus(42, 'SHIPPED');

    await sweepNow(world);

    const shown = (card: SlackMessage) => card.text().includes('Shipped');
    await world.slack.until(() => shown(cards.anna) && shown(cards.clara), { what: 'both cards' });
    await world.quiet();
    expect(
      (await store.copies(request.id)).map(({ channel }) => channel).filter((one) => /ARCHIVED/.test(one)),
    ).toEqual([]);
  });

  it('a busy Slack and a busy Fleet delay the news of many orders and lose none', { timeout: 60_000 }, async () => {
    world = await startWorld();
    const requests = await manyRequests(world, 12, () => ({ state: orderedAs('PROCESSING') }));
    for (const { fleetOrderId } of requests)
      world.fleet.state.orders.set(fleetOrderId, {
        ...{ id: fleetOrderId, createdAt: 0, updatedAt: 0, purchaserId: 11, acquisitionMode: 'LEASING', lines: [] },
        ...{ clientStatus: 'SHIPPED', orderNumber: null, contractNumber: null, orderDate: null, validations: [] },
        ...{ isDeleted: false, isLocked: false },
      });
    world.fleet.faults.add({ operation: 'listOrders', kind: 'rate_limited', seconds: 1, times: 1 });
    world.slack.faults.on('chat.postMessage', { status: 429, retryAfter: 1, times: 8 });

    await sweepNow(world);

    const anna = world.slack.person(people.anna);
    const told = () =>
      anna.messagesIn().filter((one) => one.text().startsWith('Your order') && /Shipped/.test(one.text()));
    await world.slack.until(() => told().length === 12, { what: 'all of the news', timeoutMs: 40_000 });
    await world.slack.until(
      () =>
        anna.messagesIn().filter((one) => one.text().includes(cardTitles.requester) && /Shipped/.test(one.text()))
          .length === 12,
      { what: 'all of the cards', timeoutMs: 40_000 },
    );
  });
});
