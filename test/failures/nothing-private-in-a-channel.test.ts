import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaries } from '../../sandbox/fleet/seed/places.ts';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { chosen, modalWith } from '../handlers/cart-support.ts';
import { sweepNow } from '../support/requests-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

/** Personal data in a channel: number, products, countries and status may stand there, and nothing else. */
describe('nothing private in a channel', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const private_ = [
    ...[
      'Anna',
      'Keller',
      'Clara',
      'Rossi',
      'U0ANNA',
      'U0CLARA',
      '@acme.test',
      'For the new office',
      'Too dear',
      '€',
      '54.9',
    ],
    ...canaries,
  ];
  /** As it stands and as it ever stood, in every field that Slack was given. */
  const everything = (message: SlackMessage): string =>
    JSON.stringify([message.blocks, message.fallback, message.text(), message.edits]);
  const publicIn = (channelId: string, reader: string): SlackMessage[] =>
    world.slack
      .person(reader)
      .messagesIn(channelId)
      .filter((one) => !one.isEphemeral);
  const keepsSilent = (message: SlackMessage) => {
    for (const secret of private_) expect(everything(message)).not.toContain(secret);
  };

  async function share(reader: string, channelId: string, number = 42): Promise<SlackMessage> {
    const person = world.slack.person(reader);
    const before = person.ephemerals(channelId).length;
    await person.command(`/fleet status ${number}`, { channelId });
    const status = await world.slack.until(() => person.ephemerals(channelId)[before]);
    await status.press('Share in channel');
    return world.slack.until(() => publicIn(channelId, reader).at(-1), { what: 'the shared copy' });
  }

  it.each([
    { where: 'a channel of the app', channelId: channels.general },
    { where: 'a channel without it', channelId: channels.random },
    { where: 'a group DM', channelId: channels.group },
  ])('what is shared in $where says no more, also after it was declined with a reason', async ({ channelId }) => {
    const cards = await sentToClara(world);
    const shared = await share(people.anna, channelId);
    expect(shared.text()).toContain('MacBook Pro 14 · Germany');
    await cards.clara.press('Decline');
    const modal = await world.slack.until(() => world.slack.person(people.clara).modal());
    await modal.fill('Reason', 'Too dear');
    await modal.submit();
    await world.slack.until(() => cards.anna.text().includes('Declined'));
    await world.quiet();

    for (const message of publicIn(channelId, people.anna)) keepsSilent(message);
    if (channelId === channels.general) expect(shared.text()).toContain('Not ordered');
  });

  it('nor after it was approved, ordered and moved by Fleet', async () => {
    const cards = await sentToClara(world);
    const shared = await share(people.anna, channels.general);
    await cards.clara.press('Approve', { confirm: true });
    await world.slack.until(() => shared.text().includes('Ordered'));
    world.fleet.cockpit.setStatus(42, 'DOC_REQUIRED');
    await sweepNow(world);
    await world.slack.until(() => shared.text().includes('Fleet needs a document'));

    keepsSilent(shared);
  });

  it('an order that was not placed from here is shared by admins only, and without whose it is', async () => {
    world.fleet.state.orders.set(900, {
      ...{ id: 900, createdAt: 0, updatedAt: 0, purchaserId: 11, acquisitionMode: 'LEASING', lines: [] },
      ...{
        clientStatus: 'SHIPPED',
        orderNumber: 'FL-000900',
        contractNumber: 'CT-1',
        orderDate: null,
        validations: [],
      },
      ...{ isDeleted: false, isLocked: false },
    });

    const shared = await share(people.dan, channels.it, 900);

    expect(shared.text()).toContain('Order 900');
    keepsSilent(shared);
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet status 900', { channelId: channels.general });
    const refused = await world.slack.until(() => anna.ephemerals(channels.general)[0]);
    expect(refused.text()).toContain("can't find a cart or order");
  });

  it('no address, phone or home town leaves the app for Slack at all', async () => {
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet order');
    const form = await chosen(world, anna, { country: 'Germany' });
    const home = form.field('Ship to').options?.find((option) => option.includes('own'));
    if (home === undefined) throw new Error(`no own address in ${form.field('Ship to').options}`);
    await form.select('Ship to', home);
    await form.submit();
    const cart = await modalWith(world, anna, 'Added ');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.submit();
    await modalWith(world, anna, 'Clara Rossi');
    await anna.modal()?.closeAll();
    const card = await world.slack.until(() => world.slack.person(people.clara).message(cardTitles.approver));
    for (const who of [people.clara, people.dan])
      for (const command of ['approvals', 'carts all', 'status @anna', 'status 42'])
        await world.slack.person(who).command(`/fleet ${command}`, { channelId: channels.general });
    await share(people.anna, channels.general);
    await card.press('Approve', { confirm: true });
    await world.slack.until(() => card.text().includes('Ordered'));
    await world.quiet();

    expect(world.fleet.order(42)?.lines[0]?.shippingAddressId).toBe(61);
    for (const canary of canaries) expect(world.slack.journal.leaks(canary)).toEqual([]);
    for (const canary of canaries) expect(JSON.stringify(world.logged)).not.toContain(canary);
  });
});
