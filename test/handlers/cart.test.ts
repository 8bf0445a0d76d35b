import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { noApproverText } from '../../src/views/cart/modal.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { manyLines } from '../views/a-cart-screen.ts';
import { chosen, modalWith, ordered, pricedForm, putDraft } from './cart-support.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld();
});
afterEach(() => world.close());

const screen = { group: 'UltraSharp 27', configuration: 'UltraSharp 27 U2724DE' };

describe('adding to the cart', () => {
  it('creates the cart in Fleet with the first device and shows it', async () => {
    const ben = world.slack.person(people.ben);

    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    await form.fill('Quantity', '2');
    const submitted = await form.submit();

    expect(submitted.kind).toBe('updated');
    const cart = await modalWith(world, ben, 'Added 2 devices');
    expect(cart.title).toBe('Your cart');
    expect(cart.submitText).toBe('Send for approval');
    expect(cart.text()).toContain('× 2');
    expect(cart.text()).toContain('€109.80/month');
    expect(world.fleet.carts()).toMatchObject([
      { purchaserId: 12, acquisitionMode: 'LEASING', lines: [{ productId: 101, userId: 12 }, { productId: 101 }] },
    ]);
  });

  it('replaces the lines of the same cart with every later change, and keeps Approver and Note', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.fill('Note to the approver', 'For the <!channel> team');

    await cart.press('Add another device');
    const form = await chosen(world, ben, screen);
    await form.choose('Lease or buy', 'Buy');
    await form.submit();

    const again = await modalWith(world, ben, 'Your whole cart switched to');
    expect(again.text()).toContain('switched to Buy');
    expect(again.text()).toContain('our sum');
    expect(again.field('Approver').value).toBe('Clara Rossi');
    expect(again.field('Note to the approver').value).toBe('For the <!channel> team');
    expect(world.fleet.carts()).toMatchObject([
      { acquisitionMode: 'BUY', lines: [{ productId: 101, keyboardLayout: 'FRENCH_AZERTY' }, { productId: 131 }] },
    ]);
  });

  it('says what only Fleet can know above the field, with the values still in the form', async () => {
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    await form.fill('Quantity', '3');
    world.fleet.faults.add({
      operation: 'createCart',
      kind: 'answer',
      status: 400,
      body: { error: 'INVALID_ADDRESS' },
      times: 1,
    });

    await form.submit();

    const back = await modalWith(world, ben, 'Ship to: ');
    expect(back.field('Quantity').value).toBe('3');
    expect(back.field('Configuration').value).toBe('M4 · 16 GB · 512 GB');
    expect(world.fleet.carts()).toEqual([]);
    await back.submit();
    await modalWith(world, ben, 'Added 3 devices');
  });

  it('tells by message what became of it when the modal was closed meanwhile', async () => {
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    const gate = world.fleet.hold('createCart');
    await form.submit();
    await gate.arrived();
    await ben.modal()?.closeAll();
    gate.release();

    const told = await world.slack.until(() => ben.message('Added 1 device'));

    expect(told.text()).toContain('/fleet cart shows your cart');
    expect(world.fleet.carts()).toHaveLength(1);
    // Slack counts an update of a closed modal as a situation that a correct app can meet.
    expect(world.slack.violations.list()).toMatchObject([{ rule: 'not_found' }]);
    world.slack.violations.clear();
  });

  it('makes one change of the same submission delivered eleven times', async () => {
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    const { act } = await form.submit();
    if (act === undefined) throw new Error('it was not sent');

    for (let times = 0; times < 10; times += 1) await world.slack.redeliver(act);
    await world.quiet();

    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
    expect(ben.modal()?.text()).toContain('Added 1 device');
  });
});

describe('a product that needs a keyboard layout although the catalog says it has no keyboard', () => {
  const folio = 'Folio with keys';

  it('gets the field, with why above it, as soon as Fleet refuses its price', async () => {
    const ben = world.slack.person(people.ben);
    await ben.command(`/fleet order ${folio}`);

    const form = await pricedForm(world, ben);
    expect(form.text()).toMatch(/Keyboard layout: This product needs a keyboard layout[^\n]*\n+Keyboard layout/);
    expect(form.field('Keyboard layout').value).toBe('French (AZERTY)');
    await form.select('Keyboard layout', 'German (QWERTZ)');
    await form.submit();

    await modalWith(world, ben, 'Added 1 device');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 301, keyboardLayout: 'GERMAN_QWERTZ' }] }]);
    await ben.command(`/fleet order ${folio}`);
    const next = await pricedForm(world, ben);
    expect(next.text()).not.toContain('This product needs a keyboard layout');
    expect(next.field('Keyboard layout').value).toBe('French (AZERTY)');
  });

  it('gets the field when only the cart is refused', async () => {
    const ben = world.slack.person(people.ben);
    const noPrice = {
      operation: 'getPricing',
      kind: 'answer',
      status: 500,
      body: { error: 'INTERNAL_ERROR' },
    } as const;
    world.fleet.faults.add(noPrice);
    await ben.command(`/fleet order ${folio}`);
    const form = await modalWith(world, ben, 'Price unknown');
    expect(form.hasField('Keyboard layout')).toBe(false);

    await form.submit();

    const back = await modalWith(world, ben, 'Keyboard layout: ');
    expect(back.text()).toMatch(/Keyboard layout: This product needs a keyboard layout[^\n]*\n+Keyboard layout/);
    expect(world.fleet.carts()).toEqual([]);
    await back.select('Keyboard layout', 'German (QWERTZ)');
    await back.submit();
    await modalWith(world, ben, 'Added 1 device');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 301, keyboardLayout: 'GERMAN_QWERTZ' }] }]);
  });
});

describe('changing rows', () => {
  it('edits a row in place, with what it was chosen as', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);

    await cart.press('Edit');
    const form = await pricedForm(world, ben);
    expect(form.title).toBe('Edit device');
    expect(form.submitText).toBe('Save');
    expect(form.field('Configuration').value).toBe('M4 · 16 GB · 512 GB');
    await form.fill('Quantity', '4');
    await form.select('Keyboard layout', 'German (QWERTZ)');
    await form.submit();

    const saved = await modalWith(world, ben, 'Saved.');
    expect(saved.text()).toContain('German (QWERTZ)');
    expect(world.fleet.carts()[0]?.lines.map((line) => line.keyboardLayout)).toEqual(Array(4).fill('GERMAN_QWERTZ'));
  });

  it('shows in each edit the row that it is of, not what stood in the same window before', async () => {
    const ben = world.slack.person(people.ben);
    const first = await ordered(world, ben);
    await first.press('Add another device');
    const second = await modalWith(world, ben, 'Add to cart');
    expect(second.field('Product').value).toBe('');
    await chosen(world, ben, screen);
    await second.fill('Quantity', '3');
    await second.choose('For', 'Not assigned yet');
    await second.submit();
    const both = await modalWith(world, ben, 'Added 3 devices');

    await both.press('Edit', { near: 'MacBook Pro 14' });
    const laptop = await pricedForm(world, ben);
    await laptop.fill('Quantity', '2');
    await laptop.submit();
    await (await modalWith(world, ben, 'Saved.')).press('Edit', { near: 'UltraSharp' });

    const display = await pricedForm(world, ben);
    expect(display.field('Configuration').value).toBe(screen.configuration);
    expect(display.field('For').value).toBe('Not assigned yet');
    expect(display.field('Quantity').value).toBe('3');
    await display.fill('Quantity', '4');
    await display.submit();
    await modalWith(world, ben, 'Saved.');
    const held = world.fleet.carts()[0]?.lines.map(({ productId, userId }) => [productId, userId ?? null]);
    expect(held).toEqual([...Array(2).fill([101, 12]), ...Array(4).fill([131, null])]);
  });

  it('keeps all devices of a row that came to more than one form takes', async () => {
    const ben = world.slack.person(people.ben);
    const addTwenty = async () => {
      const form = await chosen(world, ben);
      await form.fill('Quantity', '20');
      await form.submit();
      return modalWith(world, ben, 'Added 20 devices');
    };
    await ben.command('/fleet order');
    await (await addTwenty()).press('Add another device');
    await (await addTwenty()).press('Edit');

    const form = await pricedForm(world, ben);
    expect(form.field('Quantity').value).toBe('40');
    await form.select('Keyboard layout', 'German (QWERTZ)');
    await form.submit();

    const saved = await modalWith(world, ben, 'Saved.');
    expect(saved.text()).toContain('× 40');
    expect(world.fleet.carts()[0]?.lines.map((line) => line.keyboardLayout)).toEqual(Array(40).fill('GERMAN_QWERTZ'));
    await saved.press('Edit');
    const again = await pricedForm(world, ben);
    await again.fill('Quantity', '41');
    expect(await again.submit()).toMatchObject({ kind: 'errors' });
  });

  it('sends nothing when the last row goes, says what Fleet keeps, and reuses that cart', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);
    const [before] = world.fleet.carts();

    await cart.press('Remove');
    const emptied = await modalWith(world, ben, 'Your cart is empty');

    expect(emptied.text()).toContain('Fleet keeps these as an unordered draft');
    expect(emptied.text()).toContain('1 × MacBook Pro 14');
    expect(emptied.submitText).toBeUndefined();
    expect(world.fleet.carts()).toEqual([before]);
    await emptied.press('Add a device');
    await (await chosen(world, ben, screen)).submit();
    await modalWith(world, ben, 'Added 1 device');
    expect(world.fleet.carts()).toMatchObject([{ id: before?.id, lines: [{ productId: 131 }] }]);
  });
});

it('turns the pages of a cart that is longer than a view, and keeps the note', async () => {
  const ben = world.slack.person(people.ben);
  await putDraft(world, people.ben, manyLines(60));
  await ben.command('/fleet cart');
  const first = await modalWith(world, ben, 'Page 1 of 2');
  await first.fill('Note to the approver', 'All of these');

  await first.press('Next');

  const second = await modalWith(world, ben, 'Page 2 of 2');
  expect(second.buttons().filter(({ text }) => text === 'Edit')).toHaveLength(20);
  expect(second.field('Note to the approver').value).toBe('All of these');
  await second.press('Previous');
  expect((await modalWith(world, ben, 'Page 1 of 2')).buttons().filter(({ text }) => text === 'Edit')).toHaveLength(40);
});

describe('sending for approval', () => {
  it('locks the cart in one step with the request, and gives it back with Withdraw and edit', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.fill('Note to the approver', 'Please');

    const submitted = await cart.submit();

    expect(submitted.kind).toBe('updated');
    const locked = await modalWith(world, ben, 'Withdraw the request to make changes');
    expect(locked.text()).toContain('Clara Rossi');
    await world.slack.until(() => world.slack.person(people.clara).message('Please'));
    await locked.closeAll();
    await ben.command('/fleet order');
    const instead = await modalWith(world, ben, 'Withdraw the request');
    await instead.press('Withdraw and edit');
    const free = await modalWith(world, ben, 'Send for approval');
    expect(free.text()).toContain('MacBook Pro 14');
    expect(free.field('Approver').value).toBe('Clara Rossi');
  });

  it('asks for an approver in Slack’s own way', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);
    await expect(cart.search('Approver', '')).resolves.toEqual(['Clara Rossi', "Dan O'Neil"]);
    await expect(cart.search('Approver', 'zzz')).resolves.toEqual([noApproverText('zzz')]);
    await cart.selectSearched('Approver', 'zzz', noApproverText('zzz'));

    const submitted = await cart.submit();

    expect(submitted).toMatchObject({
      kind: 'errors',
      errors: { Approver: expect.stringContaining('Choose an approver') },
    });
  });

  it('shows both versions before sending when Fleet holds something else, and sends on the second press', async () => {
    const ben = world.slack.person(people.ben);
    const cart = await ordered(world, ben);
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    const id = world.fleet.carts()[0]?.id ?? 0;
    world.fleet.cockpit.addLine(id, { productId: 131, deliveryCountry: 'FR' });

    await cart.submit();

    const shown = await modalWith(world, ben, "Only in Fleet's cart: 1 × UltraSharp 27");
    expect(shown.text()).toContain("wasn't sent");
    expect(world.slack.person(people.clara).messagesIn()).toEqual([]);
    expect(shown.field('Approver').value).toBe('Clara Rossi');
    await shown.submit();
    await modalWith(world, ben, 'Withdraw the request to make changes');
    expect(world.fleet.carts()).toMatchObject([{ id, lines: [{ productId: 101 }] }]);
  });
});
