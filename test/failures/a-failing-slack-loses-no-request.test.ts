import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cardTitles } from '../../src/views/request/card.ts';
import { sentToClara } from '../handlers/card-support.ts';
import { cartOf } from '../handlers/cart-support.ts';
import { storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';

/** Slack failed in the middle: the device was checked out, the person saw an error, and tried again. */
describe('a Slack that fails loses no request and orders nothing twice', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld({ instances: 2 });
  });
  afterEach(() => world.close({ violations: 'expected' }));

  const anna = () => world.slack.person(people.anna);
  const clara = () => world.slack.person(people.clara);
  const until = <T>(what: string, probe: () => T | undefined | false | null) =>
    world.slack.until(probe, { what, timeoutMs: 18_000 });
  const state = async () => (await storeOf(world).openRequests())[0]?.state.kind;
  const submitted = async () => {
    const cart = await cartOf(world, 'anna');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    return cart.submit();
  };
  const cardsOf = (id: string, text: RegExp) =>
    world.slack
      .person(id)
      .messagesIn()
      .filter((one) => text.test(one.text()));

  it.each([
    ['500', { status: 500, times: 2 }],
    ['429', { status: 429, retryAfter: 1, times: 2 }],
  ])(
    'chat.postMessage answers %s while it is sent: it waits for a signature, and each gets one card',
    async (_, fault) => {
      world.slack.faults.on('chat.postMessage', fault);
      expect((await submitted()).kind).toBe('updated');

      await until('the card', () => clara().message(cardTitles.approver));
      await until("the requester's card", () => anna().message(cardTitles.requester));
      await world.quiet();
      expect(await state()).toBe('pending');
      expect(cardsOf(people.clara, new RegExp(cardTitles.approver))).toHaveLength(1);
      expect(cardsOf(people.anna, new RegExp(cardTitles.requester))).toHaveLength(1);
      expect(world.fleet.carts()).toHaveLength(1);
    },
  );

  it('the modal cannot be changed any more: a message says that it was sent', async () => {
    const cart = await cartOf(world, 'anna');
    await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
    world.slack.faults.on('views.update', { error: 'not_found' });
    await cart.submit();
    await until('the message', () => anna().message(/[Ss]ent to Clara Rossi|asked to sign/u));
    expect(await state()).toBe('pending');
  });

  it("the approver's DM is closed to the app: the requester and admins are told, and nothing waits in silence", async () => {
    world.slack.faults.on('chat.postMessage', {
      error: 'channel_not_found',
      when: ({ channel }) => channel === people.clara || channel === clara().dm(),
    });
    await submitted();

    const own = await until('the way out', () => {
      const card = anna().message(cardTitles.requester);
      return card?.buttons().some(({ text }) => text === 'Choose another approver') && card;
    });
    expect(own.text()).toContain("can't be reached");
    await until('the admin', () => world.slack.person(people.dan).message('Clara Rossi'));
    expect(await state()).toBe('pending');
  });

  it.each([
    ['500', { status: 500, times: 3 }],
    ['429', { status: 429, retryAfter: 1, times: 3 }],
  ])(
    'chat.update answers %s while it is approved: one order, told once, and the cards come right',
    async (_, fault) => {
      const cards = await sentToClara(world);
      world.slack.faults.on('chat.update', fault);
      const act = await cards.clara.press('Approve', { confirm: true });
      expect(act.status).toBe(200);

      await until('the card', () => cards.clara.text().includes('Ordered.'));
      await until("the requester's card", () => cards.anna.text().includes('Ordered.'));
      await world.quiet();
      expect(world.fleet.journal.count('validateCart')).toBe(1);
      expect(cardsOf(people.anna, /^Ordered\. Your order/)).toHaveLength(1);
      expect([...cards.clara.buttons(), ...cards.anna.buttons()]).toEqual([]);
    },
  );

  it('the card itself is gone (channel_not_found): it is ordered once, and the news comes on a new card', async () => {
    const cards = await sentToClara(world);
    world.slack.faults.on('chat.update', { error: 'channel_not_found', times: 1 });
    await cards.anna.press('Remind');
    await cards.clara.press('Approve', { confirm: true });

    await until(
      'the order',
      () => cardsOf(people.anna, /Ordered\./).length > 0 || cardsOf(people.clara, /Ordered\./).length > 0,
    );
    await until('the message', () => anna().message('Ordered. Your order'));
    await world.quiet();
    expect(world.fleet.validateCommits(42)).toBe(1);
  });

  it('the same press again after the answer was lost does not order twice', async () => {
    const cards = await sentToClara(world);
    const act = await cards.clara.press('Approve', { confirm: true });
    await world.slack.redeliver(act, { retry: { num: 1, reason: 'http_timeout' } });
    await until('the card', () => cards.clara.text().includes('Ordered.'));
    await world.slack.redeliver(act, { retry: { num: 2, reason: 'http_timeout' } });
    await world.quiet();
    expect(world.fleet.journal.count('validateCart')).toBe(1);
  });
});
