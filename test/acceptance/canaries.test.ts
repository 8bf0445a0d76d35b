import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canaries } from '../../sandbox/fleet/seed/places.ts';
import type { SlackModal } from '../../sandbox/slack/start.ts';
import { foreignPress } from '../handlers/card-support.ts';
import { chosen, modalWith } from '../handlers/cart-support.ts';
import { ready } from '../support/redis-url.ts';
import { sweepNow } from '../support/requests-of.ts';
import { setSettings, storeOf } from '../support/store-of.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { addFor, answerTo, cartAgain, decideInWords, sendToClara, share } from './acts.ts';
import { everythingSent, type Sent } from './sent.ts';
import { everythingStored } from './stored.ts';

const said = {
  noteOfAnna: 'Notecanaryanna',
  wish: 'Wishcanary',
  secondNote: 'Secondcanary',
  reason: 'Reasoncanary',
  thirdNote: 'Thirdcanary',
  lastNote: 'Lastcanary',
} as const;
/** Anna's cart is hers, Eva's by a line, Clara's to sign, and Dan's as admin. */
const readers: readonly string[] = [people.anna, people.eva, people.clara, people.dan];
const prices = ['731.37', '4711.13', '1,462.74', '€'];
const persons = ['Keller', 'Rossi', 'Lind', 'Martin', 'Neil', 'U0ANNA', 'U0CLARA', 'U0EVA', 'U0DAN', 'Canarylinked'];
const devicesHeld = ['MacBook Air 13 M2', 'UltraSharp 24'];
const mails = ['@acme.test', '@partner.test', '@other.test'];
const phones = ['+3365550', '+33 6 99'];

/** Everything that may leak has a word that occurs nowhere else; every door is gone through, and everything is searched. */
describe('what nobody else may read', () => {
  let world: World;
  beforeEach(async () => {
    world = await startWorld();
    const temp = world.fleet.state.users.get(31);
    if (temp !== undefined) world.fleet.state.users.set(31, { ...temp, last_name: 'Canarylinked' });
    world.fleet.cockpit.changePrice(101, { EUR: { LEASING: 731.37, BUY: 4711.13 } });
    await setSettings(storeOf(world), {
      announcements: { channel: channels.general as never, what: ['ordered', 'shipped'] },
    });
  });
  afterEach(() => world.close());

  it('stands in no payload, no log line and no key where it does not belong', { timeout: 120_000 }, async () => {
    await live();

    const sent = everythingSent(world.slack);
    expect(sent.length).toBeGreaterThan(200);
    const nobodys = sent.filter(({ to, by }) => to === '' || (to === 'Slack' && !/^(users|auth)\./u.test(by)));
    expect(nobodys.map(({ to, by }) => `${by} to “${to}”`)).toEqual([]);
    // Slack tells who an e-mail address belongs to only when it is told the address.
    const beyondLookUps = sent.filter(({ by }) => by !== 'users.lookupByEmail');
    for (const secret of [...canaries, ...phones, ...mails]) expect(holding(beyondLookUps, secret)).toEqual([]);

    const isChannel = (id: string) => world.slack.seed.channels.some((one) => one.id === id);
    const inChannels = sent.filter(({ to }) => isChannel(to));
    for (const channel of [channels.general, channels.random, channels.group])
      expect(inChannels.map(({ to }) => to)).toContain(channel);
    for (const secret of [...Object.values(said), ...prices, ...persons, ...devicesHeld])
      expect(holding(inChannels, secret)).toEqual([]);

    for (const words of Object.values(said)) {
      const read = new Set(sent.filter(({ text }) => text.includes(words)).map(({ to }) => to));
      expect([...read].filter((id) => !readers.includes(id))).toEqual([]);
      expect(read.size).toBeGreaterThan(1);
    }
    const ofOthers = sent.filter(({ to }) => [people.ben, people.nobody, people.guest].includes(to as never));
    expect(ofOthers.length).toBeGreaterThan(20);
    // The number only where he typed it himself, and in the answer of a number that nobody has.
    for (const secret of ['Order 42', 'order 42', 'cart 42', '1,462.74', 'Asked by Anna'])
      expect(holding(ofOthers, secret)).toEqual([]);

    const secrets = [...canaries, ...phones, ...mails, world.slack.botToken, world.fleet.apiKey];
    for (const secret of [...secrets, world.slack.signingSecret, ...Object.values(said)])
      expect(JSON.stringify(world.logged)).not.toContain(secret);
    const stored = await everythingStored(await ready(world.redis()), world.workspaceId);
    expect(stored.size).toBeGreaterThan(20);
    for (const secret of [...secrets, world.slack.signingSecret])
      expect([...stored].filter(([key, content]) => `${key} ${content}`.includes(secret)).map(([key]) => key)).toEqual(
        [],
      );
  });

  const holding = (all: readonly Sent[], secret: string): readonly string[] =>
    all.filter(({ text }) => text.includes(secret)).map(({ to, by }) => `${secret} to ${to} by ${by}`);

  /** Anna's cart: sent back, declined, withdrawn, signed and moved; everybody looks from everywhere all the while. */
  async function live(): Promise<void> {
    const [anna, clara, dan] = [people.anna, people.clara, people.dan].map((id) => world.slack.person(id));
    if (anna === undefined || clara === undefined || dan === undefined) throw new Error('nobody');
    for (const id of Object.values(people)) await world.slack.person(id).openHome();
    await answerTo(world, dan, '/fleet link @nils 31', channels.it);

    const cart = await twoDevices();
    let card = await sendToClara(world, anna, cart, said.noteOfAnna);
    await lookAround();
    await share(world, anna, channels.general);
    await share(world, anna, channels.random);
    await share(world, dan, channels.group);
    await foreignPress(world, card, 'Approve', people.ben);
    await decideInWords(world, clara, card, ['Ask for changes', 'What should change?', said.wish]);

    card = await sendToClara(world, anna, await cartAgain(world, anna), said.secondNote);
    await decideInWords(world, clara, card, ['Decline', 'Reason', said.reason]);
    await lookAround();

    card = await sendToClara(world, anna, await twoDevices(), said.thirdNote);
    await share(world, anna, channels.general);
    const own = await world.slack.until(() => anna.messagesIn().findLast((one) => one.text().includes('Your request')));
    await own.press('Withdraw', { confirm: true });
    await world.quiet();

    card = await sendToClara(world, anna, await twoDevices(), said.lastNote);
    await lookAround();
    await share(world, dan, channels.random);
    await card.press('Approve', { confirm: true });
    await world.slack.until(() => card.text().includes('Ordered'));
    for (const status of ['SIGNING', 'DOC_REQUIRED', 'SHIPPED', 'FAILED']) {
      world.fleet.cockpit.setStatus(42, status);
      await sweepNow(world);
      await world.quiet();
    }
    await share(world, anna, channels.group);
    await lookAround();
    expect(world.fleet.order(42)?.lines.map(({ shippingAddressId }) => shippingAddressId)).toContain(61);
  }

  /** One for Anna at home, one for Eva. */
  async function twoDevices(): Promise<SlackModal> {
    const anna = world.slack.person(people.anna);
    await anna.command('/fleet order', { channelId: channels.random });
    const form = await chosen(world, anna, { country: 'Germany' });
    const home = form.field('Ship to').options?.find((option) => option.includes('own'));
    if (home === undefined) throw new Error(`no own address in ${form.field('Ship to').options}`);
    await form.select('Ship to', home);
    await form.submit();
    const cart = await modalWith(world, anna, 'Added ');
    return addFor(world, anna, cart, 'Germany', ['eva', 'Eva Lind']);
  }

  /** By those who may and those who may not. */
  async function lookAround(): Promise<void> {
    const asked = ['status', 'status 42', 'status @anna', 'carts', 'carts all', 'approvals', 'help', 'settings'];
    for (const id of [people.ben, people.eva, people.anna, people.clara, people.dan]) {
      const person = world.slack.person(id);
      for (const words of asked) await person.command(`/fleet ${words}`, { channelId: channels.general });
      await person.openHome();
      await world.quiet();
      await person.modal()?.closeAll();
    }
    for (const id of [people.guest, people.nobody]) {
      await world.slack.person(id).command('/fleet status 42');
      await world.slack.person(id).openHome();
    }
    await world.quiet();
  }
});
