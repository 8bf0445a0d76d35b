import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { signatoryUnconfirmedText } from '../../src/views/request/state.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { foreignPress, instanceUrl, sentToClara } from './card-support.ts';

let world: World;
let cards: { clara: SlackMessage; anna: SlackMessage };
const labels = (card: SlackMessage) => card.buttons().map(({ text }) => text);
const answerTo = (id: string, text: string | RegExp) =>
  world.slack.until(
    () => {
      const person = world.slack.person(id);
      return [...person.ephemerals(), ...person.ephemerals(person.dm())].find((one) => one.text().match(text));
    },
    { what: `an answer with ${text}` },
  );
const reads = (card: SlackMessage, text: string) =>
  world.slack.until(() => (card.text().includes(text) ? card : null), {
    what: `“${text}” on the card`,
    timeoutMs: 15_000,
  });
const fleetOrderId = () => {
  const [cart] = [...world.fleet.carts(), ...world.fleet.orders()];
  return cart?.id ?? 0;
};

beforeEach(async () => {
  world = await startWorld({ instances: 2 });
  cards = await sentToClara(world);
});
afterEach(() => world.close());

describe('Approve', () => {
  it('by somebody whom Fleet has meanwhile made an employee orders nothing, and tells both', async () => {
    const employee = { id: 21, email: 'clara.rossi@acme.test', role: 'EMPLOYEE' };
    world.fleet.faults.add({ operation: 'getUser', kind: 'answer', status: 200, body: { data: employee } });

    await cards.clara.press('Approve', { confirm: true });

    await world.slack.until(() => world.slack.person(people.clara).message('you can no longer approve it'));
    await world.slack.until(() => world.slack.person(people.anna).message('needs another approver'));
    expect(world.fleet.validateCommits(fleetOrderId())).toBe(0);
  });

  it('is acknowledged, shown as being sent, and called ordered once Fleet said so, on every copy', async () => {
    const gate = world.fleet.hold('validateCart');
    await cards.clara.press('Approve', { confirm: true });
    await gate.arrived();
    for (const card of [cards.clara, cards.anna]) {
      await reads(card, 'Sending to Fleet…');
      expect(card.text()).not.toMatch(/approved|ordered by/iu);
      expect(labels(card)).toEqual([]);
    }
    gate.release();
    for (const card of [cards.clara, cards.anna]) {
      await reads(card, 'Approved by Clara Rossi');
      expect(labels(card)).toEqual([]);
    }
    expect(world.fleet.orders()[0]?.validations).toMatchObject([{ purchaserId: 11, signatoryId: 21 }]);
  });

  it('twice at the same moment on two instances: one order, and no error for anybody', async () => {
    const clara = world.slack.person(people.clara);
    const presses = [0, 1, 0, 1].map((index) => {
      const via = clara.via(instanceUrl(world, index));
      return via.press(cards.clara, 'Approve', { confirm: true });
    });
    const acts = await Promise.all(presses);

    expect(acts.map((act) => act.status)).toEqual([200, 200, 200, 200]);
    await reads(cards.clara, 'Ordered.');
    await world.quiet();
    expect(world.fleet.journal.count('validateCart')).toBe(1);
    const told = clara.ephemerals(clara.dm()).map((one) => one.text());
    expect(told).toHaveLength(3);
    for (const text of told) expect(text).toContain('Clara Rossi already pressed Approve');
  });

  it('the same delivery eleven times is one order', async () => {
    const act = await cards.clara.press('Approve', { confirm: true });
    await Promise.all(Array.from({ length: 10 }, () => world.slack.redeliver(act)));
    await reads(cards.clara, 'Ordered.');
    await world.quiet();
    expect(world.fleet.validateCommits(fleetOrderId())).toBe(1);
  });

  it('by somebody else is refused in private, and nothing happens', async () => {
    const act = await foreignPress(world, cards.clara, 'Approve', people.dan);
    expect(act.status).toBe(200);
    await world.slack.until(() => world.slack.person(people.dan).message('Only Clara Rossi can decide'));
    await foreignPress(world, cards.clara, 'Approve', people.anna);
    await world.quiet();
    expect(world.fleet.orders()).toEqual([]);
    expect(labels(cards.clara)).toContain('Approve');
  });

  it('of a card whose value was changed does nothing', async () => {
    const { actionId, blockId, value = '' } = cards.clara.button('Approve');
    const message = { channel: cards.clara.channel, ts: cards.clara.ts };
    const clara = world.slack.person(people.clara);
    await clara.raw.blockAction({ message, blockId, actionId, value: `${value.slice(0, -2)}x}`, confirm: true });
    await answerTo(people.clara, "doesn't belong to a request in this workspace");
    expect(world.fleet.orders()).toEqual([]);
  });

  it('is refused by Fleet: the card says why and that nothing was ordered, and the buttons come back', async () => {
    world.fleet.cockpit.removePaymentMethod();
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Fleet rejected the order.');
    expect(cards.clara.text()).toMatch(/Nothing was ordered/u);
    expect(labels(cards.clara)).toContain('Approve');
    await world.slack.until(() => world.slack.person(people.dan).message('Action needed'), {
      timeoutMs: 15_000,
    });

    world.fleet.cockpit.addPaymentMethod();
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Ordered.');
  });

  it('after the cart was changed in Fleet: the difference is shown first', async () => {
    world.fleet.cockpit.addLine(fleetOrderId(), { productId: 131 });
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, "Only in Fleet's cart: 1 × UltraSharp 27");
    expect(world.fleet.orders()).toEqual([]);
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Ordered.');
    expect(world.fleet.orders()[0]?.lines.map((line) => line.productId)).toEqual([101]);
  });

  it('with the answer lost: being looked up, then ordered without a confirmed signatory', async () => {
    world.fleet.faults.add({ operation: 'validateCart', kind: 'reset_after_commit', times: 1 });
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, signatoryUnconfirmedText);
    await reads(cards.anna, signatoryUnconfirmedText);
    expect(world.fleet.validateCommits(fleetOrderId())).toBe(1);
  });

  it('survives restarts: old buttons work', async () => {
    await world.restart();
    await cards.clara.press('Approve', { confirm: true });
    await reads(cards.clara, 'Ordered.');
  });
});

describe('the other decisions', () => {
  it('Decline wants a reason, and both cards keep the name', async () => {
    const clara = world.slack.person(people.clara);
    await cards.clara.press('Decline');
    const modal = await world.slack.until(() => clara.modal());
    expect([modal.title, modal.submitText]).toEqual(['Decline request', 'Decline']);
    expect((await modal.submit()).errors).toHaveProperty('Reason');
    await modal.fill('Reason', '   ');
    expect((await modal.submit()).errors).toEqual({ Reason: 'Enter a reason.' });
    await modal.fill('Reason', 'Too dear <!channel>');
    expect((await modal.submit()).kind).toBe('closed');

    for (const card of [cards.clara, cards.anna]) {
      await reads(card, 'Declined by Clara Rossi');
      expect(card.text()).toContain('Too dear');
      expect(card.pings).toEqual([]);
      expect(labels(card)).toEqual([]);
    }
    await world.slack.until(() => world.slack.person(people.anna).message('Clara Rossi declined your request'));
  });

  it('Ask for changes gives the cart back to be edited and sent again', async () => {
    const clara = world.slack.person(people.clara);
    await cards.clara.press('Ask for changes');
    const modal = await world.slack.until(() => clara.modal());
    expect(modal.submitText).toBe('Send');
    await modal.fill('What should change?', 'A smaller one');
    expect((await modal.submit()).kind).toBe('closed');
    await reads(cards.anna, 'Changes requested by Clara Rossi');

    const anna = world.slack.person(people.anna);
    await anna.command('/fleet cart');
    await world.slack.until(() => anna.modal()?.text().includes('MacBook Pro 14'));
  });

  it('Reassign asks the next one and takes the buttons from the card', async () => {
    const clara = world.slack.person(people.clara);
    await cards.clara.press('Reassign');
    const modal = await world.slack.until(() => clara.modal());
    await modal.select('New approver', 'Eva Lind');
    expect((await modal.submit()).errors).toEqual({
      'New approver': "This person isn't an approver. Choose someone else.",
    });
    await modal.select('New approver', "Dan O'Neil");
    expect((await modal.submit()).kind).toBe('closed');

    const dans = await world.slack.until(() => world.slack.person(people.dan).message(cardTitles.approver));
    await reads(cards.clara, "Reassigned to Dan O'Neil, who decides now.");
    expect(labels(cards.clara)).toEqual([]);
    await reads(dans, 'Clara Rossi reassigned this to you.');
    await world.slack.until(() => world.slack.person(people.anna).message("to Dan O'Neil, who decides now"));
    await reads(cards.anna, "Dan O'Neil");
    await dans.press('Approve', { confirm: true });
    await reads(dans, "Approved by Dan O'Neil");
    expect(world.fleet.orders()[0]?.validations).toMatchObject([{ signatoryId: 22 }]);
  });

  it('a modal that was opened before somebody else decided says so on submit', async () => {
    const clara = world.slack.person(people.clara);
    await cards.clara.press('Decline');
    const modal = await world.slack.until(() => clara.modal());
    await cards.anna.press('Withdraw', { confirm: true });
    await reads(cards.anna, 'Withdrawn');
    await modal.fill('Reason', 'No');
    expect((await modal.submit()).kind).toBe('updated');
    expect(clara.modal()?.text()).toContain('withdrawn by Anna Keller (Fleet user 11)');
  });

  it('Withdraw ends it on both cards', async () => {
    await cards.anna.press('Withdraw', { confirm: true });
    await reads(cards.clara, 'Withdrawn by Anna Keller (Fleet user 11)');
    expect(labels(cards.clara)).toEqual([]);
  });

  it('Remind goes out once in four hours', async () => {
    await cards.anna.press('Remind');
    await answerTo(people.anna, 'Sending Clara Rossi a reminder');
    await world.slack.until(() => world.slack.person(people.clara).message('Reminder: '));
    await cards.anna.press('Remind');
    await answerTo(people.anna, 'less than four hours ago');
  });

  it('a reminder says what became of the request once it is decided', async () => {
    await cards.anna.press('Remind');
    const reminder = await world.slack.until(() => world.slack.person(people.clara).message('Reminder: '));
    await cards.anna.press('Withdraw', { confirm: true });

    await reads(reminder, 'Withdrawn by Anna Keller');
    expect(reminder.text()).not.toMatch(/Reminder|expires/u);
  });
});
