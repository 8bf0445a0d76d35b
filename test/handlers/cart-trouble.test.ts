import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keysOf } from '../../src/store/keys.ts';
import { foundCartText } from '../../src/views/cart/modal.ts';
import { existingCartLead, waitingTexts } from '../../src/views/cart/states.ts';
import { oldCartText } from '../../src/views/cart/trouble.ts';
import { ready } from '../support/redis-url.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { chosen, modalWith, ordered, pricedForm } from './cart-support.ts';

let world: World;

beforeEach(async () => {
  world = await startWorld({ instances: 2 });
});
afterEach(() => world.close());

const screen = { group: 'UltraSharp 27', configuration: 'UltraSharp 27 U2724DE' };

async function forgetDraft(): Promise<void> {
  const redis = await ready(world.redis());
  await redis.del(keysOf(world.workspaceId as never).draft(people.ben as never));
}

/** Until then a read that finds no cart may only lag behind our own write. */
async function aMinuteAfterWriting(): Promise<void> {
  const store = storeOf(world);
  const slackUserId = people.ben as never;
  const draft = await store.draft(slackUserId);
  if (draft === null) throw new Error('no draft');
  const next = { ...draft, writtenAt: Date.now() - 60_000, revision: draft.revision + 1 };
  await store.commit({ draft: { slackUserId, expectedRevision: draft.revision, next } });
}

describe('two instances', () => {
  it('make one cart when the answer to the create is lost', async () => {
    const ben = world.slack.person(people.ben);
    world.fleet.faults.add({ operation: 'createCart', kind: 'reset_after_commit', times: 1 });

    const cart = await ordered(world, ben);

    expect(cart.text()).toContain('Added 1 device');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });

  it('say that Fleet is busy, and go on by themselves', async () => {
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    world.fleet.faults.add({ operation: 'createCart', kind: 'rate_limited', seconds: 4, times: 1 });

    await form.submit();

    await modalWith(world, ben, waitingTexts.fleet_is_busy);
    await world.slack.until(() => (ben.modal()?.text().includes('Added 1 device') ? true : undefined), {
      timeoutMs: 15_000,
    });
  });
});

describe('a cart that exists in Fleet already', () => {
  beforeEach(async () => {
    const ben = world.slack.person(people.ben);
    await ordered(world, ben, screen);
    await ben.modal()?.closeAll();
    await forgetDraft();
    await ben.command('/fleet order');
    await (await chosen(world, ben)).submit();
  });

  it('is replaced when the person says so', async () => {
    const ben = world.slack.person(people.ben);
    const exists = await modalWith(world, ben, `${existingCartLead} (number 42)`);
    expect(exists.text()).toContain('1 × UltraSharp 27');

    await exists.press('Replace its contents');

    await modalWith(world, ben, 'Replaced.');
    expect(world.fleet.carts()).toMatchObject([{ id: 42, lines: [{ productId: 101 }] }]);
  });

  it('is left as it is when the person says so', async () => {
    const ben = world.slack.person(people.ben);
    const exists = await modalWith(world, ben, existingCartLead);

    await exists.press('Leave it');

    await modalWith(world, ben, 'Nothing was added');
    expect(world.fleet.carts()).toMatchObject([{ id: 42, lines: [{ productId: 131 }] }]);
  });
});

it('finds a cart again whose lines were lost, and asks for what Fleet does not return', async () => {
  const ben = world.slack.person(people.ben);
  await ordered(world, ben);
  await ben.modal()?.closeAll();
  await forgetDraft();

  await ben.command('/fleet cart');
  const found = await modalWith(world, ben, foundCartText);
  expect(found.text()).toContain('MacBook Pro 14 M4 16 GB 512 GB');
  expect(found.submitText).toBeUndefined();
  await found.press('Complete');
  const form = await pricedForm(world, ben);
  expect(form.field('Configuration').value).toBe('M4 · 16 GB · 512 GB');
  await form.select('Keyboard layout', 'German (QWERTZ)');
  await form.submit();

  await modalWith(world, ben, 'now matches this one');
  expect(world.fleet.carts()).toMatchObject([{ id: 42, lines: [{ keyboardLayout: 'GERMAN_QWERTZ' }] }]);
});

it('removes what was found without sending anything', async () => {
  const ben = world.slack.person(people.ben);
  await ordered(world, ben);
  await ben.modal()?.closeAll();
  await forgetDraft();
  await ben.command('/fleet cart');
  const found = await modalWith(world, ben, foundCartText);

  await found.press('Remove');

  await modalWith(world, ben, 'Your cart is empty');
  expect(world.fleet.carts()).toHaveLength(1);
  expect(world.fleet.journal.count('patchCart')).toBe(0);
});

it('marks the row that Fleet does not offer any more', async () => {
  const ben = world.slack.person(people.ben);
  const cart = await ordered(world, ben);
  world.fleet.cockpit.withdrawPrice(101);
  await cart.press('Add another device');
  await (await chosen(world, ben, screen)).submit();

  const marked = await modalWith(world, ben, "There's a problem with this row");

  expect(marked.text()).toContain("isn't available there");
  expect(marked.text()).not.toContain('UltraSharp');
  expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
});

it('starts afresh when the cart is gone, and keeps what was being added in the form', async () => {
  const ben = world.slack.person(people.ben);
  const cart = await ordered(world, ben);
  await cart.press('Add another device');
  const form = await chosen(world, ben, screen);
  world.fleet.cockpit.deleteCart(42);
  await aMinuteAfterWriting();
  await form.submit();

  const back = await modalWith(world, ben, 'Your cart is gone from Fleet');

  expect(back.field('Product').value).toBe('UltraSharp 27');
  await back.submit();
  await modalWith(world, ben, 'Added 1 device');
  expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 131 }] }]);
});

it('tells everybody once that ordering is paused, and refuses further submissions at once', async () => {
  const ben = world.slack.person(people.ben);
  const cart = await ordered(world, ben);
  await cart.press('Edit');
  const form = await pricedForm(world, ben);
  world.fleet.cockpit.revokeKey();
  await form.submit();

  await modalWith(world, ben, 'Ordering is paused');

  await world.slack.until(() => world.slack.person(people.clara).message(/Ordering is paused/), {
    timeoutMs: 15_000,
  });
  const anna = world.slack.person(people.anna);
  await anna.command('/fleet order');
  await modalWith(world, anna, 'Ordering is paused');
});

it('does nothing with a window that is not as it was sent', async () => {
  const ben = world.slack.person(people.ben);
  const cart = await ordered(world, ben);
  world.slack.tamper.privateMetadata(cart.id, '{"carry":{"approver":null,"note":"","words":""},"seen":""}');

  await cart.press('Remove');

  await modalWith(world, ben, oldCartText.slice(0, 26));
  expect(world.fleet.journal.count('patchCart')).toBe(0);
});
