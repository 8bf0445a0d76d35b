import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackModal, SlackPerson } from '../../sandbox/slack/start.ts';
import { noCarry } from '../../src/domain/order-form/choice.ts';
import type { Work } from '../../src/domain/work.ts';
import { pendingText } from '../../src/views/cart/modal.ts';
import { notYetInFleetText, waitingTexts } from '../../src/views/cart/states.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { chosen, modalWith, ordered } from './cart-support.ts';

let world: World;
let ben: SlackPerson;

beforeEach(async () => {
  // On a busy machine, too, the acknowledgement names the device.
  world = await startWorld({ instance: { lookUpTimeoutMs: 2_500 } });
  ben = world.slack.person(people.ben);
});
afterEach(() => world.close());

const screen = { group: 'UltraSharp 27', configuration: 'UltraSharp 27 U2724DE' };

/** **Add to cart**: what the acknowledgement itself shows. */
async function added(form: SlackModal): Promise<SlackModal> {
  expect((await form.submit()).kind).toBe('updated');
  const modal = ben.modal();
  if (modal === undefined) throw new Error('no modal');
  return modal;
}

/** Once Fleet has everything. */
const settled = (text: string): Promise<SlackModal> => modalWith(world, ben, text);

describe('Add to cart', () => {
  it('shows the cart at once, with the device marked until Fleet has it', async () => {
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    const gate = world.fleet.hold('createCart');

    const cart = await added(form);

    expect(cart.title).toBe('Your cart');
    expect(cart.text()).toMatch(/MacBook Pro 14.*\n.*for Ben Martin · €54\.90\/month\nBeing added…/u);
    expect(cart.text()).toContain(pendingText);
    expect(cart.text()).toContain('Total once Fleet has all of this: €54.90/month (our sum)');
    expect(cart.submitText).toBeUndefined();
    expect(cart.text()).not.toContain('Added');
    await gate.arrived();
    gate.release();
    const done = await settled('Added 1 device');
    expect(done.text()).not.toContain('Being added…');
    expect(done.submitText).toBe('Send for approval');
  });

  it('takes the next device while the first one is on its way, and shows both', async () => {
    await ben.command('/fleet order');
    const gate = world.fleet.hold('createCart');
    const cart = await added(await chosen(world, ben));
    await gate.arrived();

    await cart.press('Add another device');
    const both = await added(await chosen(world, ben, screen));

    expect(both.text()).toMatch(/MacBook Pro 14.*Being added….*UltraSharp 27.*Being added…/su);
    gate.release();
    const done = await settled('UltraSharp 27');
    expect(done.text()).not.toContain('Being added…');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }, { productId: 131 }] }]);
  });

  it('loses its mark as soon as it is there, while the next one keeps its own', async () => {
    await ben.command('/fleet order');
    const [create, patch] = [world.fleet.hold('createCart'), world.fleet.hold('patchCart')];
    const cart = await added(await chosen(world, ben));
    await create.arrived();
    await cart.press('Add another device');
    await added(await chosen(world, ben, screen));

    create.release();
    await patch.arrived();

    const one = await world.slack.until(() => {
      const modal = ben.modal();
      return modal?.text().match(/Being added…/gu)?.length === 1 ? modal : undefined;
    });
    expect(one.text()).toMatch(/MacBook Pro 14.*\[Edit\].*UltraSharp 27.*Being added…/su);
    expect(one.submitText).toBeUndefined();
    patch.release();
    await settled('UltraSharp 27');
  });

  it('that comes true while the next device is chosen leaves that form alone', async () => {
    await ben.command('/fleet order');
    const gate = world.fleet.hold('createCart');
    const cart = await added(await chosen(world, ben));
    await gate.arrived();
    await cart.press('Add another device');
    const form = await chosen(world, ben, screen);
    const { hash } = form;

    gate.release();
    await world.quiet();

    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
    expect(ben.modal()?.title).toBe('Order equipment');
    expect(form.hash).toBe(hash);
    expect(ben.messagesIn()).toEqual([]);
    await added(form);
    await settled('Added 1 device');
  });

  it('that Fleet rejects while the next device is chosen is told by message', async () => {
    await ben.command('/fleet order');
    const gate = world.fleet.hold('createCart');
    const cart = await added(await chosen(world, ben));
    await gate.arrived();
    await cart.press('Add another device');
    await chosen(world, ben, screen);
    world.fleet.cockpit.removeUser(12);

    gate.release();

    const told = await world.slack.until(() => ben.message(/fleet cart/u));
    expect(told.text()).toContain('/fleet cart shows your cart');
    expect(ben.modal()?.title).toBe('Order equipment');
    expect(world.fleet.carts()).toEqual([]);
  });

  it('that comes true after the next one was refused leaves the form that came back alone', async () => {
    // What the form shows is known then: Fleet is left alone while it refuses too many requests.
    await ben.command('/fleet order');
    await (await chosen(world, ben, screen)).closeAll();
    const isFor = (productId: number) => (call: { readonly body: unknown }) =>
      JSON.stringify(call.body).includes(`"product_id":${productId}`);
    const first = world.fleet.faults.add({
      ...{ operation: 'createCart', kind: 'rate_limited', seconds: 1, when: isFor(101) },
    });
    const refusal = { status: 400, body: { error: 'INVALID_ADDRESS' }, when: isFor(131) };
    world.fleet.faults.add({ operation: 'createCart', kind: 'answer', ...refusal });
    await ben.command('/fleet order');
    await (await added(await chosen(world, ben))).press('Add another device');
    await added(await chosen(world, ben, screen));
    const back = await settled('Ship to: ');

    first.remove();
    await world.slack.until(() => world.fleet.carts().length === 1, { timeoutMs: 15_000 });
    await world.quiet();

    expect(ben.modal()?.title).toBe('Order equipment');
    expect(back.text()).toContain('Ship to: ');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });

  it('is found again, marked, in a cart that is opened anew, and Refresh shows when it is there', async () => {
    await ben.command('/fleet order');
    const gate = world.fleet.hold('createCart');
    await (await added(await chosen(world, ben))).closeAll();
    await gate.arrived();

    await ben.command('/fleet cart');

    const cart = await world.slack.until(() =>
      ben.modal()?.text().includes('Being added…') ? ben.modal() : undefined,
    );
    gate.release();
    await world.slack.until(() => ben.message('Added 1 device'));
    await cart.press('Refresh');
    const shown = await settled('MacBook Pro 14');
    expect(shown.submitText).toBe('Send for approval');
    world.slack.violations.clear();
  });

  it('that waits for room at Fleet stays marked and says so', async () => {
    await ben.command('/fleet order');
    const form = await chosen(world, ben);
    world.fleet.faults.add({ operation: 'createCart', kind: 'rate_limited', seconds: 3, times: 1 });

    await added(form);

    const busy = await modalWith(world, ben, waitingTexts.fleet_is_busy);
    expect(busy.text()).toMatch(/MacBook Pro 14.*Being added…/su);
    expect(busy.submitText).toBeUndefined();
    await world.slack.until(() => (ben.modal()?.text().includes('Added 1 device') ? true : undefined), {
      timeoutMs: 15_000,
    });
  });
});

describe('a row of the cart', () => {
  it('that is being removed is marked at once, and the others keep their buttons', async () => {
    const first = await ordered(world, ben);
    await first.press('Add another device');
    await added(await chosen(world, ben, screen));
    const cart = await settled('UltraSharp 27');
    const gate = world.fleet.hold('patchCart');

    await cart.press('Remove', { near: 'UltraSharp 27' });

    await gate.arrived();
    const marked = await world.slack.until(() =>
      ben.modal()?.text().includes('Being removed…') ? ben.modal() : undefined,
    );
    expect(marked.text()).toMatch(/MacBook Pro 14.*\[Edit\].*UltraSharp 27.*Being removed…/su);
    expect(marked.text()).toContain('Total once Fleet has all of this: €54.90/month (our sum)');
    gate.release();
    await settled('Removed.');
    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 101 }] }]);
  });

  it('that is being changed is marked with what it will be', async () => {
    const cart = await ordered(world, ben);
    await cart.press('Edit');
    const form = await world.slack.until(() => (ben.modal()?.submitText === 'Save' ? ben.modal() : undefined));
    await form.fill('Quantity', '3');
    const gate = world.fleet.hold('patchCart');

    const saving = await added(form);

    expect(saving.text()).toMatch(/× 3.*Being saved…/su);
    gate.release();
    await settled('Saved.');
  });
});

describe('Send for approval', () => {
  it('is refused with a sentence while a change is on its way from another window', async () => {
    const cart = await ordered(world, ben);
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    const work = {
      ...{ kind: 'change_cart', tenant: world.workspaceId, slackUserId: people.ben, changeId: 'c1', viewId: null },
      ...{ change: { kind: 'remove', row: 'x' }, carry: noCarry },
    } as unknown as Work;
    await storeOf(world).commit({ work: [{ id: 'change_cart.c1', work, notBefore: Date.now() + 60_000 }] });

    const refused = await cart.submit();

    expect(refused.kind).toBe('errors');
    expect(cart.errors()).toEqual({ Approver: notYetInFleetText });
    expect(cart.submitText).toBe('Send for approval');
  });
});

it('with warm caches, a device takes six requests to Fleet from the command to the order', async () => {
  const order = async (): Promise<void> => {
    const cart = await ordered(world, ben);
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    await cart.submit();
    const clara = world.slack.person(people.clara);
    const card = await world.slack.until(() =>
      clara.messagesIn().findLast((one) => one.buttons().some(({ text }) => text === 'Approve')),
    );
    await card.press('Approve', { confirm: true });
    await world.slack.until(() => ben.messagesIn().at(-1)?.text().includes('Ordered'));
    await world.quiet();
    await ben.modal()?.closeAll();
  };
  await order();
  world.fleet.journal.clear();

  await order();

  expect(world.fleet.journal.countByRoute()).toEqual({
    'POST /carts': 1,
    'GET /carts/{order_id}': 2,
    'PATCH /carts/{order_id}': 1,
    'POST /carts/{order_id}/validate': 1,
    'GET /users/{user_id}': 1,
  });
});
