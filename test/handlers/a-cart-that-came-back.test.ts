import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { putBackText, sentAgainText } from '../../src/views/request/state.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { modalWith } from './cart-support.ts';

let world: World;
let cards: { clara: SlackMessage; anna: SlackMessage };
const person = (who: keyof typeof people) => world.slack.person(people[who]);
const reads = (card: SlackMessage, text: string) =>
  world.slack.until(() => card.text().includes(text), { what: `“${text}” on the card`, timeoutMs: 15_000 });

beforeEach(async () => {
  world = await startWorld();
  cards = await sentToClara(world);
});
afterEach(() => world.close());

async function decide(button: string, label: string, words: string): Promise<void> {
  await cards.clara.press(button);
  const modal = await world.slack.until(() => person('clara').modal());
  await modal.fill(label, words);
  await modal.submit();
}

async function openCart(text: string) {
  await person('anna').command('/fleet cart');
  return modalWith(world, person('anna'), text);
}

describe('whoever ended the request, its devices are not lost', () => {
  it.each([
    ['Withdraw', 'Withdrawn', () => cards.anna.press('Withdraw', { confirm: true })],
    ['Decline', 'declined this', () => decide('Decline', 'Reason', 'Too dear')],
  ] as const)('%s: one press puts them back in the cart, with the note, to be sent again', async (_, __, end) => {
    await end();
    await reads(cards.anna, putBackText);

    const emptied = await openCart('Put them back');
    expect(emptied.text()).toContain('1 × MacBook Pro 14');
    await emptied.press('Put back in cart');

    const cart = await modalWith(world, person('anna'), 'Total:');
    expect(cart.text()).toContain('MacBook Pro 14');
    expect(cart.field('Note to the approver').value).toBe('For the new office');
    expect(world.fleet.journal.count('patchCart')).toBe(0);
    await cart.submit();
    await modalWith(world, person('anna'), 'Sent to Clara Rossi');
    await reads(cards.anna, sentAgainText);
  });

  it('a redelivered press brings nothing back that was removed since', async () => {
    await cards.anna.press('Withdraw', { confirm: true });
    await reads(cards.anna, putBackText);
    const press = await (await openCart('Put them back')).press('Put back in cart');
    const cart = await modalWith(world, person('anna'), 'Total:');
    await cart.press('Remove');
    await modalWith(world, person('anna'), 'Your cart is empty');

    await world.slack.redeliver(press);
    await world.quiet();

    expect(person('anna').modal()?.text()).toContain('Your cart is empty');
  });
});

describe('a cart that waits', () => {
  it('tells whoever types /fleet order why they can start no other, who decides, until when and what to do', async () => {
    await person('anna').command('/fleet order');

    const locked = await modalWith(world, person('anna'), 'You have one cart at a time');
    expect(locked.title).toBe('Your cart');
    expect(locked.text()).toMatch(/Clara Rossi has until .* to approve\. Withdraw the request to make changes/u);
    expect(locked.buttons().map(({ text }) => text)).toContain('Withdraw and edit');
  });

  it('is listed for admins as what it was once it ended', async () => {
    await decide('Decline', 'Reason', 'Too dear');
    await reads(cards.anna, putBackText);
    await person('dan').command('/fleet carts all', { channelId: channels.general });

    const list = await world.slack.until(() => person('dan').ephemerals(channels.general).at(-1));
    expect(list.text()).toContain('Declined, kept in Fleet as an unordered draft');
  });
});

describe('a cart for which changes were asked', () => {
  it('shows what was asked and keeps the note, until the person writes another', async () => {
    await decide('Ask for changes', 'What should change?', 'Two screens <!channel>');
    await reads(cards.anna, 'Changes requested');

    const cart = await openCart('Clara Rossi asked for changes:');
    expect(cart.text()).toContain('Two screens <!channel>');
    expect(cart.field('Note to the approver').value).toBe('For the new office');

    await cart.fill('Note to the approver', '');
    await cart.submit();
    const sent = await world.slack.until(() =>
      person('clara')
        .messagesIn()
        .find((one) => one.ts !== cards.clara.ts && one.text().includes(cardTitles.approver)),
    );
    expect(sent.text()).not.toContain('For the new office');
    expect(sent.text()).toContain('Sent again after you asked for changes. Nothing was changed.');
  });
});
