import { afterEach, describe, expect, it } from 'vitest';
import { cardOf, cartOf, formOf, modalOf, submitRaw, valuesOf } from '../handlers/bad-input/support.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('at the edges of a request', () => {
  it('a cart that gained a line after it was sent is not ordered: the approver sees the difference', async () => {
    world = await startWorld();
    const card = await cardOf(world);
    const id = world.fleet.carts()[0]?.id ?? 0;
    world.fleet.cockpit.addLine(id, { productId: 131, deliveryCountry: 'DE' });

    await card.press('Approve', { confirm: true });
    await world.slack.until(() => card.text().includes('UltraSharp 27'));

    expect(card.text()).toMatch(/differs|changed|Only in Fleet/i);
    expect(card.button('Approve')).toBeDefined();
    expect(world.fleet.orders()).toEqual([]);
    expect(world.fleet.journal.count('validateCart')).toBe(0);
  });

  it('an empty cart cannot be sent', async () => {
    world = await startWorld();
    const cart = await cartOf(world, people.ben);
    const values = {
      approver: { approver: { selected_option: { value: people.clara, text: { type: 'plain_text', text: 'C' } } } },
    };
    await cart.press('Remove');
    const emptied = await modalOf(world, people.ben, 'Your cart is empty');
    expect(emptied.submitText).toBeUndefined();

    await submitRaw(world, people.ben, emptied, { values, callbackId: 'your_cart' });

    await modalOf(world, people.ben, /nothing to send|not what it was/);
    await world.quiet();
    expect(world.slack.person(people.clara).messagesIn()).toEqual([]);
  });

  it.each([1, 20])('a quantity of %d arrives as that many devices', async (quantity) => {
    world = await startWorld();
    const form = await formOf(world, people.ben);
    await form.fill('Quantity', String(quantity));

    await form.submit();
    await modalOf(world, people.ben, `Added ${quantity} device`);

    expect(world.fleet.carts()[0]?.lines).toHaveLength(quantity);
  });

  it('twenty-one are refused before anything is sent', async () => {
    world = await startWorld();
    const form = await formOf(world, people.ben);

    const act = await submitRaw(world, people.ben, form, { values: valuesOf(form, { Quantity: { value: '21' } }) });

    expect(act.body).toMatchObject({ response_action: 'errors' });
    await world.quiet();
    expect(world.fleet.carts()).toEqual([]);
  });

  it('a request waits seven days, and says until when', async () => {
    const day = 24 * 60 * 60 * 1000;
    world = await startWorld();
    const card = await cardOf(world);
    const until = /<!date\^(\d+)\^/.exec(JSON.stringify(card.blocks))?.[1];

    expect(Math.abs(Number(until) * 1000 - Date.now() - 7 * day)).toBeLessThan(60_000);
  });
});
