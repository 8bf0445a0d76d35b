import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage, SlackPerson } from '../../sandbox/slack/start.ts';
import type { DraftCart } from '../../src/domain/cart/cart.ts';
import type { SlackUserId, WorkspaceId } from '../../src/domain/ids.ts';
import { keysOf } from '../../src/store/keys.ts';
import { aDraft, aSnapshot } from '../domain/a-line.ts';
import { aDraftOf } from '../support/requests-of.ts';
import { storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { chosen, modalWith } from './cart-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const person = (id: string): SlackPerson => world.slack.person(id);
async function answerTo(
  who: SlackPerson,
  command: string,
  channelId: string = channels.general,
): Promise<SlackMessage> {
  const before = who.ephemerals(channelId).length;
  await who.command(command, { channelId });
  return world.slack.until(() => who.ephemerals(channelId)[before], { what: `an answer to ${command}` });
}
const buttons = (message: SlackMessage): readonly string[] => message.buttons().map(({ text }) => text);
/** All that somebody could tell two answers apart by. */
const insides = ({ blocks, fallback }: SlackMessage) => [
  fallback,
  blocks.map((block) => ({ ...block, block_id: null })),
];

/** Ben has one MacBook for himself in cart 42, delivered to an address of the company, and has sent it to nobody. */
async function openCartOfBen() {
  const ben = person(people.ben);
  await ben.command('/fleet order');
  const form = await chosen(world, ben);
  await form.select('Ship to', 'Lyon warehouse');
  await form.submit();
  const cart = await modalWith(world, ben, 'Added ');
  await world.quiet();
  return cart;
}

async function putDraft(slackUserId: string, over: Partial<DraftCart>): Promise<void> {
  const draft = { slackUserId: slackUserId as SlackUserId, expectedRevision: null, next: aDraft(over) };
  await storeOf(world).commit({ draft });
}

describe('/fleet status 42 while 42 is a cart that nobody was asked to sign', () => {
  it('shows an admin whose it is, every row without an address, the total, and that it is not sent', async () => {
    await openCartOfBen();

    const shown = await answerTo(person(people.dan), '/fleet status 42');

    expect(shown.text()).toContain('Cart 42 of Ben Martin · draft, not sent for approval yet');
    expect(shown.text()).toMatch(
      /MacBook Pro 14 · M4 · 16 GB · 512 GB\s+France · .*for Ben Martin · €\d+\.\d\d\/month/,
    );
    expect(shown.text()).toMatch(/Total: €\d+\.\d\d\/month/);
    expect(shown.text()).not.toMatch(/Lyon|warehouse|Canary|CNRY/i);
    expect(buttons(shown)).toEqual(['Share in channel']);
  });

  it('is looked up by its number, whatever else people have in their carts', async () => {
    const dan = person(people.dan);
    await answerTo(dan, '/fleet status 42');
    const keys = keysOf(world.workspaceId as WorkspaceId);
    const redis = world.redis();
    await once(redis, 'ready');
    await redis.hset(keys.draft('U0SOMEBODY' as SlackUserId), { rev: '1', json: 'nobody can read this' });
    await redis.zadd(keys.drafts, Date.now(), 'U0SOMEBODY');

    for (const number of [42, 43]) await answerTo(dan, `/fleet status ${number}`);

    expect(world.logged.filter(({ message }) => message === 'a stored record could not be read')).toEqual([]);
  });

  it('answers a stranger exactly as of a number that does not exist, also to a share of it', async () => {
    await openCartOfBen();
    const shared = (await answerTo(person(people.dan), '/fleet status 42')).button('Share in channel');
    const asked = world.fleet.journal.entries().length;

    const real = await answerTo(person(people.eva), '/fleet status 42');
    const none = await answerTo(person(people.eva), '/fleet status 4711');

    expect(insides(real)).toEqual(insides(none));
    expect(real.text()).toContain("can't find a cart or order");
    expect(world.fleet.journal.entries()).toHaveLength(asked);
    const { actionId, blockId, value = '' } = shared;
    await world.slack.send({
      kind: 'block_actions',
      userId: people.eva,
      payload: { actions: [{ type: 'button', action_id: actionId, block_id: blockId, value, action_ts: '1.1' }] },
    });
    await world.quiet();
    const read = [...person(people.eva).messagesIn(channels.general), ...person(people.eva).messagesIn()];
    expect(read.map((one) => one.text()).join()).not.toContain('Cart 42');
  });

  it('shows it to somebody whom a line of it is for', async () => {
    // Its line is for Anna. Fleet has no such cart, and says so.
    await aDraftOf(world, people.ben, 12);

    const shown = await answerTo(person(people.anna), '/fleet status 6001');

    expect(shown.text()).toContain('Cart 6001 of Ben Martin · no longer in Fleet');
    expect(shown.text()).toContain('ThinkPad X1 Carbon');
    expect(buttons(shown)).not.toContain('Open your cart');
    expect((await answerTo(person(people.eva), '/fleet status 6001')).text()).toContain("can't find a cart or order");
  });

  it('shows an admin an emptied one with what Fleet keeps, and offers nothing to share', async () => {
    const cart = await openCartOfBen();
    await cart.press('Remove');
    await modalWith(world, person(people.ben), 'Your cart is empty');
    await world.quiet();

    const shown = await answerTo(person(people.dan), '/fleet status 42');

    expect(shown.text()).toContain('Cart 42 of Ben Martin · emptied. These stay in Fleet as an unordered draft:');
    expect(shown.text()).toContain('1 × MacBook Pro 14');
    expect(buttons(shown)).toEqual([]);
    expect((await answerTo(person(people.eva), '/fleet status 42')).text()).toContain("can't find a cart or order");
    expect((await answerTo(person(people.dan), '/fleet status @ben')).text()).toContain('no cart');
  });

  it.each([people.dan, people.ben])('shared by %s it holds number, products, countries and status only', async (id) => {
    await openCartOfBen();
    const status = await answerTo(person(id), '/fleet status 42');

    await status.press('Share in channel');

    const shared = await world.slack.until(
      () =>
        person(people.eva)
          .messagesIn(channels.general)
          .find((one) => !one.isEphemeral),
      { what: 'the shared copy' },
    );
    expect(shared.text()).toMatch(
      /^Cart 42\s+MacBook Pro 14 · France\s+Not sent for approval\s+As of .*this copy isn't updated\.$/,
    );
    expect(JSON.stringify([shared.blocks, shared.fallback])).not.toMatch(
      /Ben|Martin|€|month|AZERTY|Dan|Lyon|warehouse/,
    );
  });

  it('is not shared twice when nobody knows whether Slack took it: whoever shared is told so', async () => {
    await sentToClara(world);
    const status = await answerTo(person(people.anna), '/fleet status 42', channels.general);
    world.slack.faults.on('chat.postMessage', {
      ...{ status: 500, afterEffect: true, times: 1 },
      when: ({ channel }) => channel === channels.general,
    });

    await status.press('Share in channel');

    await world.slack.until(() =>
      person(people.anna)
        .ephemerals(channels.general)
        .find((one) => one.text().includes("We're not sure the status was shared")),
    );
    await world.quiet();
    const shared = person(people.dan)
      .messagesIn(channels.general)
      .filter((one) => !one.isEphemeral);
    expect(shared).toHaveLength(1);
  });

  it('is perhaps shared when the answer over its own response was lost', async () => {
    await openCartOfBen();
    const status = await answerTo(person(people.ben), '/fleet status 42');
    world.slack.faults.on('response_url', { status: 500, afterEffect: true, times: 1 });

    await status.press('Share in channel');

    await world.slack.until(() => person(people.ben).message("We're not sure the status was shared"));
  });

  it('goes on as a cart after the request for it has ended, with how that ended for whoever may know', async () => {
    const cards = await sentToClara(world);
    await cards.clara.press('Ask for changes');
    const modal = await world.slack.until(() => person(people.clara).modal());
    await modal.fill('What should change?', 'Two of them');
    await modal.submit();
    await world.quiet();

    const shown = await answerTo(person(people.dan), '/fleet status 42');

    expect(shown.text()).toContain('Cart 42 of Anna Keller (Fleet user 11) · draft, not sent for approval');
    expect(shown.text()).toMatch(/The last request for it:\s+Changes requested by Clara Rossi/);
    await shown.press('Share in channel');
    const shared = await world.slack.until(
      () =>
        person(people.eva)
          .messagesIn(channels.general)
          .find((one) => !one.isEphemeral),
      { what: 'the shared copy' },
    );
    expect(shared.text()).not.toMatch(/Clara|Anna|Two of them|Changes/);
  });
});

describe('/fleet status 42 of what became of a cart in Fleet itself', () => {
  it.each([people.dan, people.ben])('says to %s that it was ordered there, never that it is a draft', async (id) => {
    await openCartOfBen();
    world.fleet.cockpit.setStatus(42, 'SHIPPED');

    const shown = await answerTo(person(id), '/fleet status 42');

    expect(shown.text()).toMatch(/^Order 42.* · ordered in Fleet\s+🚚 Shipped/);
    expect(shown.text()).not.toContain('draft');
  });

  it('says so when Fleet cannot be asked', async () => {
    await openCartOfBen();
    world.fleet.faults.add({ operation: 'getCart', kind: 'service_unavailable' });

    const shown = await answerTo(person(people.dan), '/fleet status 42');

    expect(shown.text()).toContain("couldn't check with Fleet right now");
  });

  it('shows an admin a cart and an order that were never here, with the devices as far as Fleet tells', async () => {
    const { cockpit } = world.fleet;
    const order = { createdAt: 0, updatedAt: 0, purchaserId: 13, acquisitionMode: 'LEASING' as const };
    const unplaced = { orderNumber: null, contractNumber: null, orderDate: null, validations: [] };
    for (const id of [900, 901]) {
      const standing = { clientStatus: null, isDeleted: false, isLocked: false, lines: [] };
      world.fleet.state.orders.set(id, { id, ...order, ...unplaced, ...standing });
      for (const name of ['Standing desk', 'Standing desk', 'Lamp'])
        cockpit.addLine(id, { name, amount: 10, currency: 'EUR' });
    }
    cockpit.setStatus(900, 'SHIPPED');

    const placed = await answerTo(person(people.dan), '/fleet status 900');
    const cart = await answerTo(person(people.dan), '/fleet status 901');

    expect(placed.text()).toMatch(/^Order 900 · started outside Slack\s+🚚 Shipped[\s\S]*2 × Standing desk\s+1 × Lamp/);
    expect(cart.text()).toMatch(
      /^Cart 901 of Eva Lind · started outside Slack\s+Total: €30\.00\s+Still a cart in Fleet, not ordered\.\s+2 × Standing desk\s+1 × Lamp/,
    );
    await cart.press('Share in channel');
    const shared = await world.slack.until(
      () =>
        person(people.eva)
          .messagesIn(channels.general)
          .find((one) => !one.isEphemeral),
      { what: 'the shared copy' },
    );
    expect(shared.text()).toContain('2 × Standing desk');
    expect(shared.text()).not.toMatch(/Eva|Lind|€/);
    // Not even whom it is for: Fleet does not tell that of an order that was not placed here.
    for (const number of [900, 901])
      expect((await answerTo(person(people.eva), `/fleet status ${number}`)).text()).toContain(
        "can't find a cart or order",
      );
  });
});

describe('/fleet status @person for an admin', () => {
  it('shows the open cart with its number, rows and total, and no button to somebody else’s cart', async () => {
    await openCartOfBen();

    const shown = await answerTo(person(people.dan), '/fleet status @ben');

    expect(shown.text()).toMatch(/Open cart 42 · draft, not sent yet\s+MacBook Pro 14 · M4/);
    expect(shown.text()).toMatch(/Total: €\d+\.\d\d\/month/);
    expect(buttons(shown)).toEqual([]);
  });

  it('shows a cart that was found in Fleet, as far as Fleet tells', async () => {
    const held = aSnapshot([101, 101], '109.80');
    await putDraft(people.ben, { purchaserId: 12 as never, lines: [], standing: 'found', fleetHolds: held });

    const shown = await answerTo(person(people.dan), '/fleet status @ben');

    expect(shown.text()).toMatch(/Open cart 42 · draft, not sent yet\s+2 × Device 101\s+Total: €109\.80/);
    const own = await answerTo(person(people.ben), '/fleet status');
    expect(own.text()).toContain('2 × Device 101');
    expect(buttons(own)).toEqual(['Open your cart']);
  });
});
