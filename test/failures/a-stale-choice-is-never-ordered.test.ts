import { afterEach, describe, expect, it } from 'vitest';
import { chosen, formOf, modalOf, submitRaw, valuesOf } from '../handlers/bad-input/support.ts';
import { isPriced } from '../support/forms.ts';
import { people, startWorld, type World } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('what was chosen for another country or product is never ordered', () => {
  it('another country brings its own keyboard, and an address that is not there is never replaced by the default', async () => {
    world = await startWorld();
    const form = await formOf(world, people.ben);
    expect(form.field('Keyboard layout').value).toBe('French (AZERTY)');
    await form.select('Ship to', 'Lyon warehouse');

    await form.select('Delivery country', 'Germany');
    await world.slack.until(() => form.text().includes('Ship to: no longer available there'));
    await world.quiet();

    expect(form.field('Keyboard layout').value).toBe('German (QWERTZ)');
    expect(form.field('Ship to').value).toBe('');
    const submitted = await form.submit();
    expect(submitted.kind).not.toBe('updated');
    expect(world.fleet.journal.count('createCart')).toBe(0);
  });

  it('what is submitted is what stands on screen', async () => {
    world = await startWorld();
    const form = await formOf(world, people.ben);
    await form.select('Delivery country', 'Germany');
    await world.slack.until(() => form.text().includes('in Germany'));
    await form.selectSearched('Product', 'ultrasharp', 'UltraSharp 27');
    await world.slack.until(
      () => !form.hasField('Keyboard layout') && isPriced(world.slack.person(people.ben).modal()),
    );

    await form.submit();
    await modalOf(world, people.ben, 'Added 1 device');

    expect(world.fleet.carts()).toMatchObject([
      { lines: [{ productId: 131, deliveryCountry: 'DE', keyboardLayout: null }] },
    ]);
  });

  it('a product picked while the new country is still loading is kept, with the price of that country', async () => {
    world = await startWorld();
    const form = await formOf(world, people.ben);
    const gate = world.fleet.hold('listProductGroups');
    await form.select('Delivery country', 'Germany');
    await gate.arrived();
    await form.selectSearched('Product', 'ultrasharp', 'UltraSharp 27');
    gate.release();
    await world.slack.until(() => form.text().includes('in Germany'));
    await world.quiet();

    expect(form.field('Product').value).toBe('UltraSharp 27');
    await world.slack.until(() => isPriced(world.slack.person(people.ben).modal()));
    await form.submit();
    await modalOf(world, people.ben, 'Added 1 device');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 131, deliveryCountry: 'DE' }] }]);
  });

  it('product, country and layout are checked together again, whatever the form says', async () => {
    world = await startWorld();
    const form = await formOf(world, people.ben);

    await submitRaw(world, people.ben, form, {
      values: valuesOf(form, { 'Keyboard layout': chosen('DUTCH_QWERTY', 'Dutch (QWERTY)') }),
    });

    await modalOf(world, people.ben, /Keyboard layout: no longer available/);
    expect(world.fleet.journal.count('createCart')).toBe(0);
  });
});
