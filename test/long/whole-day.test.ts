import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { addFor, answerTo, homeWith, PATIENCE, sendToClara, share } from '../acceptance/acts.ts';
import { modalWith, ordered } from '../handlers/cart-support.ts';
import { sweepNow } from '../support/requests-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';

/** Every status that is documented, in an order in which one order could meet them; only FAILED ends another way. */
const way = [
  ['RECEIVED', 'Received by Fleet'],
  ['BEING_PROCESSED', 'Being processed by Fleet'],
  ['FINANCING_REQUEST', 'Arranging financing'],
  ['DOC_REQUIRED', 'Fleet needs a document'],
  ['PENDING_DECISION', 'Fleet is waiting for a decision'],
  ['SIGNING', 'Waiting for the contract to be signed'],
  ['PROCESSING', 'Preparing'],
  ['SHIPPED', 'Shipped'],
  ['RECEPTION_TO_CONFIRM', 'Delivered, receipt to be confirmed'],
  ['ONGOING_ORDER', 'Delivered and in use'],
  ['UNKNOWN', 'Fleet gives no status'],
  ['EQUIPMENT_TO_SEND', 'Equipment to be sent'],
  ['ARCHIVED', 'Archived'],
] as const;
/** Whom a message of its own tells, beside the cards that everybody has. Clara is an admin in Fleet too. */
const told: Readonly<Record<string, readonly string[]>> = {
  FINANCING_REQUEST: [people.anna, people.clara, people.dan],
  DOC_REQUIRED: [people.anna, people.clara, people.dan],
  PENDING_DECISION: [people.anna, people.clara, people.dan],
  SIGNING: [people.clara],
  SHIPPED: [people.anna],
  RECEPTION_TO_CONFIRM: [people.anna],
};
/** A Home tab waits up to five seconds for more news. */
const followedAtHome: readonly string[] = ['SIGNING', 'SHIPPED', 'ARCHIVED'];
const places = [channels.general, channels.random, channels.it, channels.group];

/** Slack makes up an id for each block. */
const withoutIds = ({ blocks }: SlackMessage) => blocks.map((block) => ({ ...block, block_id: null }));

describe('the whole day of an employee, a manager and an admin', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
  });
  afterEach(() => world.close());

  const person = (id: string) => world.slack.person(id);
  const until = <T>(what: string, probe: () => T | undefined | false | null) =>
    world.slack.until(probe, { what, ...PATIENCE });

  it('from the form to what is received, each of them told what matters once', { timeout: 150_000 }, async () => {
    for (const id of [people.anna, people.clara, people.dan]) await person(id).openHome();
    const card = await order();
    await homeWith(world, people.anna, /Waiting for Clara Rossi/);
    await homeWith(world, people.clara, /Waiting for you/);
    await person(people.dan).openHome();
    await homeWith(world, people.dan, /1 open cart/);
    await lookEverywhere('Waiting for Clara Rossi');

    await card.press('Approve', { confirm: true });
    await until('the order', () => card.text().includes('Ordered'));
    await homeWith(world, people.anna, /Ordered\. Approved by Clara Rossi/);
    await until('her Home', () => !person(people.clara).home()?.text().includes('Waiting for you'));
    expect(world.fleet.order(42)).toMatchObject({ purchaserId: 11, acquisitionMode: 'BUY' });
    expect(world.fleet.order(42)?.lines.map(({ productId, userId }) => [productId, userId])).toEqual([
      [101, 11],
      [101, 12],
    ]);
    expect(world.fleet.order(42)?.validations).toMatchObject([{ signatoryId: 21, signatoryWasNamed: true }]);

    await follow(card);
    await lookEverywhere('Archived');
    expect(world.fleet.validateCommits(42)).toBe(1);
    expect(world.slowestAckMs()).toBeLessThan(3_000);
  });

  /** Two rows of one cart that is bought; where it goes and for whom differs. */
  async function order(): Promise<SlackMessage> {
    const anna = person(people.anna);
    const first = await ordered(world, anna, { country: 'Germany' });
    await first.press('Edit', { near: 'MacBook Pro 14' });
    const form = await until('the row', () => {
      const modal = anna.modal();
      return modal?.submitText === 'Save' && modal.hasField('Lease or buy') ? modal : null;
    });
    await form.choose('Lease or buy', 'Buy');
    await until('the price', () => form.text().includes('€1,649'));
    await form.submit();
    const bought = await modalWith(world, anna, '€1,649');
    const cart = await addFor(world, anna, bought, 'France', ['ben', 'Ben Martin']);
    expect(cart.text()).toContain('€3,298');
    expect(cart.text()).not.toContain('/month');
    return sendToClara(world, anna, cart, 'For the whole day');
  }

  async function follow(card: SlackMessage): Promise<void> {
    const shared = await share(world, person(people.anna), channels.general);
    const own = person(people.anna)
      .messagesIn()
      .find((one) => one.text().includes('Your request'));
    for (const [status, words] of way) {
      const before = messages();
      world.fleet.cockpit.setStatus(42, status);
      await sweepNow(world);
      for (const copy of [card, own, shared])
        await until(`${status} on every copy`, () => copy?.text().includes(words));
      await world.quiet();
      const after = messages();
      const expected = told[status] ?? [];
      for (const [id, count] of Object.entries(after))
        expect(`${status}: ${count - (before[id] ?? 0)} to ${id}`).toBe(
          `${status}: ${expected.includes(id) ? 1 : 0} to ${id}`,
        );
      if (followedAtHome.includes(status)) await homeWith(world, people.anna, words);
      // The same again moves nothing.
      await sweepNow(world);
      await world.quiet();
      expect(messages()).toEqual(after);
    }
    expect(card.text()).toContain('Approved by Clara Rossi');
    expect(shared.text()).not.toContain('Clara');
  }

  const messages = (): Readonly<Record<string, number>> =>
    Object.fromEntries(
      [people.anna, people.ben, people.clara, people.dan, people.eva].map((id) => [id, person(id).messagesIn().length]),
    );

  const readByOthers = (place: string): readonly number[] =>
    [people.anna, people.ben, people.clara, people.eva].map((id) => person(id).ephemerals(place).length);

  /** The admin in a channel of the app, one without it, a private one without it and a group DM; and who may not. */
  async function lookEverywhere(state: string): Promise<void> {
    const dan = person(people.dan);
    for (const place of places) {
      const before = readByOthers(place);
      const status = await answerTo(world, dan, '/fleet status 42', place);
      expect(status.text()).toContain(state);
      expect(status.text()).toContain('Anna Keller');
      expect(status.text()).toContain('€3,298');
      const carts = await answerTo(world, dan, '/fleet carts', place);
      if (state.includes('Waiting')) expect(carts.text()).toContain('42 | Anna Keller');
      else expect(carts.text()).toContain('No open carts or requests');
      expect((await answerTo(world, dan, '/fleet status @anna', place)).text()).toContain('Order 42');
      const shared = await share(world, dan, place);
      expect(shared.text()).toContain(state.replace(' for Clara Rossi', ''));
      for (const secret of ['Anna', 'Keller', 'Clara', 'Ben', '€', '3,298', 'whole day'])
        expect(shared.text() + shared.fallback).not.toContain(secret);
      expect(readByOthers(place)).toEqual(before);
    }
    const [real, none] = [
      await answerTo(world, person(people.eva), '/fleet status 42', channels.general),
      await answerTo(world, person(people.eva), '/fleet status 4711', channels.general),
    ];
    expect(withoutIds(real)).toEqual(withoutIds(none));
    expect([real.text(), real.fallback]).toEqual([none.text(), none.fallback]);
    expect(real.buttons()).toEqual([]);
    // A line of it is for him.
    expect((await answerTo(world, person(people.ben), '/fleet status 42', channels.random)).text()).toContain(state);
  }
});
