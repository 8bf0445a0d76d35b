import { expect } from 'vitest';
import type { SlackModal } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { isPending } from '../support/forms.ts';
import { channels, people, type World } from '../support/world.ts';

/**
 * The main job of the app, as three people do it: order for two people in two countries, edit, send, sign. It ends as one
 * order with exactly the lines that were signed. `patience`: how long one step may take, in milliseconds.
 */
export async function playTheStory(world: World, patience: number): Promise<void> {
  const { slack, fleet } = world;
  const [anna, clara, dan] = [slack.person(people.anna), slack.person(people.clara), slack.person(people.dan)];
  const until = <T>(what: string, probe: () => T | undefined | false | null) =>
    slack.until(probe, { what, timeoutMs: patience });
  const form = (): Promise<SlackModal> =>
    until(
      'the form',
      () => anna.modal()?.title === 'Order equipment' && anna.modal()?.hasField('Product') && anna.modal(),
    );
  const cart = (text: string | RegExp): Promise<SlackModal> =>
    until(`the cart with ${text}`, () => {
      const modal = anna.modal();
      return modal?.title === 'Your cart' && !isPending(modal) && (modal.text().match(text) ? modal : null);
    });

  await anna.command('/fleet order', { channelId: channels.general });
  let modal = await form();
  expect(modal.field('Delivery country').value).toBe('Germany');
  await modal.selectSearched('Product', 'macbook pro', 'MacBook Pro 14');
  await until('configurations', () => modal.hasField('Configuration'));
  await modal.select('Configuration', 'M4 · 16 GB · 512 GB');
  await until('a layout', () => modal.hasField('Keyboard layout') && modal.field('Keyboard layout').value !== '');
  expect(modal.field('Keyboard layout').value).toBe('German (QWERTZ)');
  await until('a price', () => modal.text().includes('€54.90/month'));
  expect((await modal.submit()).kind).toBe('updated');

  modal = await cart(/MacBook Pro 14/);
  await modal.press('Add another device');
  modal = await form();
  await modal.select('Delivery country', 'France');
  await until('France', () => modal.text().includes('in France'));
  await modal.selectSearched('Product', 'thinkpad', 'ThinkPad X1 Carbon');
  await until('a layout', () => modal.hasField('Keyboard layout') && modal.field('Keyboard layout').value !== '');
  await modal.selectSearched('For', 'ben', 'Ben Martin');
  await until('a price', () => modal.text().includes('€59.90/month'));
  expect((await modal.submit()).kind).toBe('updated');

  modal = await cart(/ThinkPad X1 Carbon/);
  await modal.press('Edit', { near: 'MacBook Pro 14' });
  modal = await until('the row in the form', () => anna.modal()?.submitText === 'Save' && anna.modal());
  await until('its price', () => modal.text().includes('€54.90'));
  await modal.fill('Quantity', '2');
  expect((await modal.submit()).kind).toBe('updated');

  modal = await cart(/MacBook Pro 14.*× 2/);
  expect(modal.text()).toContain('Total: €169.70/month');
  await modal.selectSearched('Approver', 'clara', 'Clara Rossi');
  await modal.fill('Note to the approver', 'For the new team');
  expect((await modal.submit()).kind).toBe('updated');

  const card = await until('the card', () => clara.message(new RegExp(cardTitles.approver)));
  for (const shown of ['Anna Keller', 'MacBook Pro 14', '× 2', 'ThinkPad X1 Carbon', 'Ben Martin', 'France', 'Germany'])
    expect(card.text()).toContain(shown);
  expect(card.text()).toContain('For the new team');
  expect(card.text()).not.toMatch(/approved|ordered\./i);
  const confirm = card.button('Approve').confirm;
  expect(confirm?.text).toContain('€169.70');
  expect(confirm?.text).toContain(
    'Fleet will name you as the person who signs the contract and gives you signatory permission.',
  );
  await card.press('Approve', { confirm: true });
  await until('the order', () => clara.message(/Ordered/));
  await until('the requester', () => anna.message(/Ordered/));

  const orders = fleet.orders();
  expect(orders).toHaveLength(1);
  expect(orders[0]).toMatchObject({ purchaserId: 11, acquisitionMode: 'LEASING' });
  expect(
    orders[0]?.lines.map(({ productId, deliveryCountry, keyboardLayout, userId }) => ({
      productId,
      deliveryCountry,
      keyboardLayout,
      userId,
    })),
  ).toEqual([
    { productId: 101, deliveryCountry: 'DE', keyboardLayout: 'GERMAN_QWERTZ', userId: 11 },
    { productId: 101, deliveryCountry: 'DE', keyboardLayout: 'GERMAN_QWERTZ', userId: 11 },
    { productId: 121, deliveryCountry: 'FR', keyboardLayout: 'FRENCH_AZERTY', userId: 12 },
  ]);
  expect(orders[0]?.validations).toMatchObject([
    { by: 'api', purchaserId: 11, signatoryId: 21, signatoryWasNamed: true },
  ]);
  expect(fleet.validateCommits(42)).toBe(1);

  // The admin looks it up where the app is no member; nobody else in the channel sees the answer.
  await dan.command('/fleet status 42', { channelId: channels.it });
  await until('the answer', () => dan.ephemerals(channels.it).some((one) => /Ordered/.test(one.text())));
  expect(clara.ephemerals(channels.it)).toEqual([]);
  expect(world.slowestAckMs()).toBeLessThan(3_000);
}
