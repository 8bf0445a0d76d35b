import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage, SlackPerson } from '../../sandbox/slack/start.ts';
import { fleetNotAskedText } from '../../src/views/orders/list.ts';
import { waitingText } from '../../src/views/request/approvals.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { dan } from '../domain/a-request.ts';
import { aDraftOf, manyRequests } from '../support/requests-of.ts';
import { storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';

let world: World;
beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const person = (id: string): SlackPerson => world.slack.person(id);
/** The newest private answer, once there is one more than before. */
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
const types = (message: SlackMessage): readonly unknown[] => message.blocks.map(({ type }) => type);

describe('/fleet carts', () => {
  it('lists every open cart and request for an admin, oldest first, page by page', async () => {
    await aDraftOf(world, people.ben, 12);
    await manyRequests(world, 20);

    const list = await answerTo(person(people.dan), '/fleet carts');

    expect(types(list)).toContain('table');
    expect(list.text()).toContain('Open carts and requests · 1 to 15 of 21, oldest first');
    expect(list.text()).toMatch(
      /7000 \| Anna Keller \| MacBook Pro 14 × 2 \| €109.80\/month \| Waiting for Clara Rossi/,
    );
    expect(list.text().indexOf('7000')).toBeLessThan(list.text().indexOf('7014'));
    expect(buttons(list)).toEqual(['Next']);
    await list.press('Next');
    await world.slack.until(() => list.text().includes('16 to 21 of 21'));
    expect(list.text()).toMatch(/6001 \| Ben Martin \| ThinkPad X1 Carbon \| €54.90\/month \(our sum\) \| Draft/);
    await list.press('Previous');
    await world.slack.until(() => list.text().includes('1 to 15 of 21'));
  });

  it.each([
    { error: 'invalid_blocks' },
    { error: 'invalid_arguments' },
    { error: 'invalid_attachments' },
    { status: 500 },
  ])('shows the same as sections where Slack refuses the table: %j', async (refusal) => {
    await manyRequests(world, 2);
    const refuse = world.slack.faults.on('response_url', {
      ...refusal,
      when: ({ blocks }) => JSON.stringify(blocks).includes('"table"'),
    });

    const list = await answerTo(person(people.dan), '/fleet carts');
    refuse();

    expect(types(list)).not.toContain('table');
    expect(list.text()).toContain('7001');
    expect(list.text()).toContain('Waiting for Clara Rossi');
  });

  it.each([
    ['pending', ['7000', '7001'], ['7002', '7003']],
    ['stuck', ['7001', '7003'], ['7000', '7002']],
  ])('%s shows %j and not %j', async (filter, shown, hidden) => {
    const at = Date.now();
    await manyRequests(
      world,
      4,
      (index) =>
        [
          {},
          { approverGone: true },
          { state: { kind: 'validating' as const, by: dan, at, validateSentAt: null } },
          { state: { kind: 'unconfirmed' as const, by: dan, at, gaveUpAt: at, looks: 1 } },
        ][index] ?? {},
    );

    const list = await answerTo(person(people.dan), `/fleet carts ${filter}`);

    for (const number of shown) expect(list.text()).toContain(number);
    for (const number of hidden) expect(list.text()).not.toContain(number);
  });

  it('all: also what only Fleet knows, or says that Fleet could not be asked', async () => {
    world.fleet.state.orders.set(900, {
      ...{ id: 900, createdAt: 0, updatedAt: 0, purchaserId: 13, acquisitionMode: 'LEASING', lines: [] },
      ...{ clientStatus: null, orderNumber: null, contractNumber: null, orderDate: null, validations: [] },
      ...{ isDeleted: false, isLocked: false },
    });
    await manyRequests(world, 1);

    expect((await answerTo(person(people.dan), '/fleet carts')).text()).not.toContain('900');
    const all = await answerTo(person(people.dan), '/fleet carts all');
    expect(all.text()).toMatch(/900 \| Eva Lind .*Cart started in Fleet/);
    world.fleet.faults.add({ operation: 'listCarts', kind: 'server_error_before_commit' });
    const without = await answerTo(person(people.dan), '/fleet carts all');
    expect(without.text()).toContain(fleetNotAskedText);
    expect(without.text()).toContain('7000');
  });

  it('is for admins only, also page by page, and says what else there is', async () => {
    await manyRequests(world, 20);
    const list = await answerTo(person(people.dan), '/fleet carts');
    const { actionId, blockId, value = '' } = list.button('Next');

    expect((await answerTo(person(people.anna), '/fleet carts')).text()).toContain(
      "Only admins can see everyone's carts",
    );
    expect((await answerTo(person(people.anna), '/fleet carts nonsense')).text()).toContain(
      "Only admins can see everyone's carts",
    );
    expect((await answerTo(person(people.dan), '/fleet carts nonsense')).text()).toContain('no list “nonsense”');
    await world.slack.send({
      kind: 'block_actions',
      userId: people.anna,
      payload: { actions: [{ type: 'button', action_id: actionId, block_id: blockId, value, action_ts: '1.1' }] },
    });
    await world.quiet();
    // Her DM is left out: the sweep tells her there of her own requests that Fleet does not have.
    const shown = person(people.anna).ephemerals(channels.general);
    expect(shown.map((one) => one.text()).join()).not.toContain('7001');
  });

  it('says so when there is nothing', async () => {
    expect((await answerTo(person(people.dan), '/fleet carts')).text()).toContain('No open carts or requests');
    expect((await answerTo(person(people.dan), '/fleet carts stuck')).text()).toContain('Nothing needs attention');
  });
});

describe('/fleet approvals', () => {
  it('shows what waits for this person, and Approve there orders it and takes it off the list', async () => {
    const cards = await sentToClara(world);
    const clara = person(people.clara);
    const list = await answerTo(clara, '/fleet approvals');
    expect(list.text()).toContain(waitingText(1));
    expect(list.text()).toContain(`Anna Keller (Fleet user 11) ${cardTitles.approver}: 1 device (order 42)`);
    expect(buttons(list)).toEqual(
      expect.arrayContaining(['Show all devices', 'Approve', 'Decline', 'Ask for changes', 'Reassign']),
    );

    await list.press('Approve', { confirm: true });

    await world.slack.until(() => cards.clara.text().includes('Ordered'), { what: 'the order' });
    expect(world.fleet.validateCommits(42)).toBe(1);
    expect(list.text()).toContain('Nothing is waiting for your approval');
    expect(
      clara
        .ephemerals(channels.general)
        .map((one) => one.text())
        .join(),
    ).toContain('Recorded.');
  });

  it('opens the whole request and the decisions from there, and a stale copy is put right at its next press', async () => {
    await sentToClara(world);
    const clara = person(people.clara);
    const [list, stale] = [await answerTo(clara, '/fleet approvals'), await answerTo(clara, '/fleet approvals')];

    await list.press('Decline');
    const modal = await world.slack.until(() => clara.modal());
    await modal.fill('Reason', 'Too dear');
    await modal.submit();
    await world.slack.until(() => person(people.anna).message('Declined'));
    await stale.press('Approve', { confirm: true });

    await world.slack.until(() => stale.text().includes('Nothing is waiting'));
    expect(clara.ephemerals(channels.general).at(-1)?.text()).toContain('Already declined');
    expect(world.fleet.validateCommits(42)).toBe(0);
  });

  it('shows nobody else what waits for Clara', async () => {
    await manyRequests(world, 1);

    for (const id of [people.anna, people.dan])
      expect((await answerTo(person(id), '/fleet approvals')).text()).toContain('Nothing is waiting for your approval');
  });

  it('pages, each request with its own buttons', async () => {
    await manyRequests(world, 5);
    const list = await answerTo(person(people.clara), '/fleet approvals');
    expect(list.text()).toContain(`${waitingText(5)} · 1 to 3 of 5, oldest first`);
    expect(buttons(list).filter((text) => text === 'Approve')).toHaveLength(3);

    await list.press('Next');

    await world.slack.until(() => list.text().includes('4 to 5 of 5'));
    await list.press('Decline', { near: 'order 7004' });
    const modal = await world.slack.until(() => person(people.clara).modal());
    await modal.fill('Reason', 'No');
    await modal.submit();
    await world.quiet();
    expect((await storeOf(world).request('many4' as never))?.state.kind).toBe('declined');
  });
});

describe('/fleet status', () => {
  it('shows an admin the carts, requests and orders of a person, and nobody else', async () => {
    await manyRequests(world, 2);
    const of = '/fleet status @anna';

    const shown = await answerTo(person(people.dan), of);

    expect(shown.text()).toContain("Anna Keller's carts, requests and orders");
    expect(shown.text()).toContain('Order 7001');
    const refused = await answerTo(person(people.ben), of);
    expect(refused.text()).toContain("Only admins can see other people's carts");
    expect(refused.text()).not.toContain('7001');
    expect((await answerTo(person(people.anna), of)).text()).toContain('Order 7001');
  });

  it('says the status once, as Fleet has it now, and the cards follow whoever looks', async () => {
    const cards = await sentToClara(world);
    await cards.clara.press('Approve', { confirm: true });
    await world.slack.until(() => cards.anna.text().includes('Ordered'));
    world.fleet.cockpit.setStatus(42, 'PROCESSING');

    const status = await answerTo(person(people.anna), '/fleet status');

    expect(status.text().match(/🛠️ Preparing/g)).toHaveLength(1);
    expect(status.text()).not.toContain('Being processed');
    expect(status.text()).toContain("Fleet's order number");
    await world.slack.until(() => cards.clara.text().includes('🛠️ Preparing'));
    expect(cards.clara.text()).toContain('Approved by Clara Rossi');
  });

  it('opens the cart from its button, and hints at what waits', async () => {
    await aDraftOf(world, people.clara, 21);
    await manyRequests(world, 1);
    const status = await answerTo(person(people.clara), '/fleet status');
    expect(status.text()).toContain('1 request is waiting for your approval: see /fleet approvals');

    await status.press('Open your cart');

    await world.slack.until(() => person(people.clara).modal()?.title === 'Your cart');
  });
});

describe('the help', () => {
  it.each([
    { who: people.anna, knows: ['/fleet status [number]'], not: ['/fleet carts', '/fleet approvals', '@person'] },
    { who: people.clara, knows: ['/fleet approvals'], not: [] },
    { who: people.dan, knows: ['/fleet carts [pending, stuck, all]', '[number or @person]'], not: [] },
  ])('tells $who of $knows and not of $not', async ({ who, knows, not }) => {
    const help = (await answerTo(person(who), '/fleet help')).text();

    for (const usage of knows) expect(help).toContain(usage);
    for (const usage of not) expect(help).not.toContain(usage);
  });
});
