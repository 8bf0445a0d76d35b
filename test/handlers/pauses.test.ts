import { afterEach, describe, expect, it } from 'vitest';
import { cardTitles } from '../../src/views/request/card.ts';
import { auditOf, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { cartOf, chosen, modalWith } from './cart-support.ts';

let world: World;
afterEach(() => world.close());

const toAdmins = 'Replace the key';

async function sentToClara() {
  const ben = world.slack.person(people.ben);
  const clara = world.slack.person(people.clara);
  const cart = await cartOf(world, 'ben');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.submit();
  const card = await until(() => clara.message(cardTitles.approver));
  await world.quiet();
  return { ben, clara, card };
}

const until = <T>(probe: () => T | undefined | false | null) => world.slack.until(probe, { timeoutMs: 15_000 });

/** Seen by this person only. */
const saw = (id: string, text: string) =>
  world.slack
    .person(id)
    .ephemerals()
    .find((one) => one.text().includes(text));

const told = (id: string) =>
  world.slack
    .person(id)
    .messagesIn()
    .filter((one) => one.text().includes(toAdmins));

describe('a key that Fleet does not accept any more', () => {
  it('pauses ordering with one banner, tells admins once, and goes on with Try again and a new press', async () => {
    world = await startWorld();
    const { ben, card } = await sentToClara();
    world.fleet.cockpit.revokeKey();

    await card.press('Approve', { confirm: true });
    await until(() => told(people.dan).length > 0);
    await world.quiet();
    await ben.command('/fleet order');
    const closed = await modalWith(world, ben, 'Ordering is paused');
    expect(closed.hasField('Product')).toBe(false);
    const asked = world.fleet.journal.count('validateCart') + world.fleet.journal.count('patchCart');
    await card.press('Approve', { confirm: true });
    await until(() => saw(people.clara, 'Ordering is paused'));
    await world.quiet();

    expect(world.fleet.journal.count('validateCart') + world.fleet.journal.count('patchCart')).toBe(asked);
    expect([told(people.dan).length, told(people.clara).length, told(people.ben).length]).toEqual([1, 1, 0]);

    await told(people.dan)[0]?.press('Try again');
    await until(() => saw(people.dan, 'Ordering is still paused'));
    world.fleet.cockpit.restoreKey();
    await told(people.dan)[0]?.press('Try again');
    // In place of the message, which would go on saying that ordering is paused.
    await until(() => world.slack.person(people.dan).message('Ordering has resumed'));
    expect(told(people.dan)).toEqual([]);
    await world.quiet();
    expect(world.fleet.orders()).toEqual([]);

    await card.press('Approve', { confirm: true });
    await until(() => world.fleet.orders().length === 1);
    expect(await auditOf(storeOf(world))).toEqual(
      expect.arrayContaining(['ordering_paused unauthorized', 'ordering_resumed unauthorized']),
    );
  });
});

describe('a key that may only read', () => {
  it('pauses at the first write, and the next write is the probe after Try again', async () => {
    world = await startWorld({ env: { FLEET_API_KEY: 'flt_sk_test_acme_read' } });
    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    await (await chosen(world, ben)).submit();

    await modalWith(world, ben, 'Ordering is paused');
    const notice = await until(() => told(people.dan)[0]);
    expect(notice.text()).toContain('can read but not order');
    await notice.press('Try again');
    await until(() => world.slack.person(people.dan).message('only the next order will show'));
    await ben.command('/fleet order');
    await (await chosen(world, ben)).submit();
    await until(() => told(people.dan).length === 1);
  });

  it('is over with another key, without anybody pressing', async () => {
    world = await startWorld();
    const store = storeOf(world);
    await store.setPause({ kind: 'insufficient_scope', since: 1, keyId: 'of-the-key-before' });

    await world.restart();

    await expect.poll(() => store.pause()).toBeNull();
  });
});

describe('a missing payment method', () => {
  it('is a problem of the card and told to admins, and pauses nobody', async () => {
    world = await startWorld();
    const { card, clara } = await sentToClara();
    world.fleet.faults.add({
      operation: 'validateCart',
      kind: 'answer',
      status: 400,
      body: { error: 'PAYMENT_METHOD_REQUIRED' },
      times: 1,
    });

    await card.press('Approve', { confirm: true });

    await until(() => world.slack.person(people.dan).message('Action needed'));
    await until(() => clara.message('no payment method'));
    expect(await storeOf(world).pause()).toBeNull();
    await card.press('Approve', { confirm: true });
    await until(() => world.fleet.orders().length === 1);
  });
});
