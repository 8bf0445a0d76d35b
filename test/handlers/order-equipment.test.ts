import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SlackModal, SlackPerson } from '../../sandbox/slack/start.ts';
import { notShownText } from '../../src/views/notices.ts';
import { loadingText, peopleLoadingText } from '../../src/views/order-form/details.ts';
import { formTooOld, noMatchIn } from '../../src/views/order-form/product.ts';
import { isPriced } from '../support/forms.ts';
import { channels, people, startWorld, type World } from '../support/world.ts';
import { modalWith } from './cart-support.ts';

let world: World;
let anna: SlackPerson;
let ben: SlackPerson;

beforeEach(async () => {
  world = await startWorld();
  anna = world.slack.person(people.anna);
  ben = world.slack.person(people.ben);
});
afterEach(() => world.close());

/** The form once it is filled. */
async function form(person: SlackPerson, text = '/fleet order'): Promise<SlackModal> {
  await person.command(text);
  return world.slack.until(() => {
    const modal = person.modal();
    return modal?.hasField('Product') ? modal : undefined;
  });
}
const stands = (modal: SlackModal, probe: () => boolean) => world.slack.until(() => (probe() ? modal : undefined));
const priced = (modal: SlackModal) => stands(modal, () => isPriced(modal));

describe('opening', () => {
  it('fills with the country of the person, and everybody for themselves', async () => {
    const annas = await form(anna);
    const bens = await form(ben);

    expect(annas.title).toBe('Order equipment');
    expect(annas.submitText).toBe('Add to cart');
    expect(annas.field('Delivery country').value).toBe('Germany');
    expect(bens.field('Delivery country').value).toBe('France');
    expect(annas.labels()).toEqual([
      'Delivery country',
      'Category',
      'Product',
      'Quantity',
      'For',
      'Ship to',
      'Lease or buy',
    ]);
    expect(annas.field('For').value).toBe('Me');
  });

  it('works from the global shortcut as well', async () => {
    await anna.shortcut('Order equipment');

    await world.slack.until(() => (anna.modal()?.hasField('Product') ? true : undefined));
  });

  it('shows a loading modal within the three seconds while Fleet takes five, and then fills', async () => {
    const slow = world.fleet.faults.add({ operation: '*', kind: 'slow', ms: 5000 });
    const began = Date.now();

    const act = await anna.command('/fleet order');
    await modalWith(world, anna, loadingText);

    expect(act.status).toBe(200);
    expect(Date.now() - began).toBeLessThan(3000);
    await world.slack.until(() => (anna.modal()?.hasField('Product') ? true : undefined), { timeoutMs: 15_000 });
    slow.remove();
  });

  it('leaves nothing behind when the modal is closed before Fleet has answered', async () => {
    const gate = world.fleet.hold('listProductGroups');
    await anna.command('/fleet order');
    await gate.arrived();
    await anna.modal()?.closeAll();

    gate.release();
    await world.quiet();

    expect(anna.modal()).toBeUndefined();
    expect(anna.messagesIn()).toEqual([]);
    expect(world.fleet.carts()).toEqual([]);
    expect(world.logged.filter(({ level }) => level === 'error')).toEqual([]);
    // An update of a closed modal is a situation that a correct app can meet.
    world.slack.violations.clear();
  });

  it('opens and closes ten times with one effect', async () => {
    for (let times = 0; times < 10; times += 1) {
      const opened = await form(anna);
      await opened.closeAll();
    }
    const modal = await form(anna, '/fleet order thinkpad x1');
    await priced(modal);
    await modal.submit();
    await modalWith(world, anna, 'Added 1 device');

    expect(world.fleet.carts()).toMatchObject([{ lines: [{ productId: 121 }] }]);
  });

  it('says why somebody cannot order', async () => {
    const nobody = world.slack.person(people.nobody);
    await nobody.command('/fleet order');

    await modalWith(world, nobody, "Your Slack email doesn't match anyone in Fleet");
    expect(nobody.modal()?.submitText).toBeUndefined();
  });

  it('says that Fleet does not answer, and lets another country be tried', async () => {
    world.fleet.faults.add({
      operation: 'listProductGroups',
      kind: 'answer',
      status: 503,
      body: { error: 'INTERNAL_ERROR' },
    });

    await anna.command('/fleet order');
    const modal = await modalWith(world, anna, 'Fleet has a problem right now');

    expect(modal.hasField('Delivery country')).toBe(true);
  });
});

describe('words', () => {
  it('choose a single match with its price, and stand under the field', async () => {
    const modal = await form(anna, '/fleet order thinkpad x1');
    await priced(modal);

    expect(modal.field('Product').value).toBe('ThinkPad X1 Carbon');
    expect(modal.field('Product').hint).toBe('1 match for “thinkpad x1” in Germany. Type to search all products.');
    expect(modal.field('Configuration').value).toBe('ThinkPad X1 Carbon Gen 13');
    expect(modal.field('Keyboard layout').value).toBe('German (QWERTZ)');
    expect(modal.text()).toContain('€59.90/month');
  });

  it('narrow the list until somebody types', async () => {
    const modal = await form(anna, '/fleet order macbook');

    const narrowed = await modal.search('Product', '');
    expect(narrowed).toContain('MacBook Air 13');
    expect(narrowed.every((name) => /macbook/i.test(name))).toBe(true);
    expect(await modal.search('Product', 'ultrasharp')).toContain('UltraSharp 27');
  });

  it('are taken as they were typed', async () => {
    const modal = await form(anna, '/fleet order <zebra> & co');

    expect(modal.field('Product').hint).toContain('No match for “<zebra> & co” in Germany');
    expect(await modal.search('Product', '')).toEqual([noMatchIn('<zebra> & co', 'DE')]);
  });
});

describe('searching', () => {
  it('finds the last of 250 products by name, and never asks Fleet for it', async () => {
    const modal = await form(ben);
    const before = world.fleet.journal.count('listProductGroups');

    const browsed = await modal.search('Product', '');
    expect(browsed).toHaveLength(100);
    expect(browsed.at(-1)).toMatch(/more: type to find them/);
    const all = [...world.fleet.state.productGroups.values()]
      .map(({ name }) => name ?? '')
      .filter((name) => name !== '');
    const last = all.at(-1) ?? '';
    expect(await modal.search('Product', last)).toContain(last.slice(0, 75));
    expect(await modal.search('Product', 'no such thing')).toEqual([noMatchIn('no such thing', 'FR')]);
    expect(world.fleet.journal.count('listProductGroups')).toBe(before);
  });

  it('keeps to the country and the category that are chosen now', async () => {
    const modal = await form(ben);
    await modal.select('Category', 'Screen');

    await expect
      .poll(() => modal.search('Product', 'macbook'), { timeout: 5_000 })
      .toEqual([noMatchIn('macbook', 'FR')]);
    expect(await modal.search('Product', 'ultrasharp')).toContain('UltraSharp 27');
  });

  it('forgets the words of the command with another category', async () => {
    const modal = await form(ben, '/fleet order thinkpad');
    await modal.select('Category', 'Screen');

    await stands(modal, () => modal.field('Product').hint?.includes('(Screen)') ?? false);

    expect(modal.field('Product').hint).not.toContain('thinkpad');
    expect(await modal.search('Product', '')).toContain('UltraSharp 27');
  });

  it('asks Fleet once however many wait for the same country', async () => {
    const gate = world.fleet.hold('listProductGroups');
    const everybody = [people.anna, people.ben, people.clara, people.dan].map((id) => world.slack.person(id));
    for (const one of everybody) await one.command('/fleet order');
    await gate.arrived();
    gate.release();
    await world.quiet();
    const perCountry = new Map<string, number>();
    for (const { query } of world.fleet.journal.of('listProductGroups')) {
      const page = `${query.delivery_country} from ${query.offset ?? 0}`;
      perCountry.set(page, (perCountry.get(page) ?? 0) + 1);
    }
    expect([...perCountry.values()].every((count) => count === 1)).toBe(true);
  });

  it('finds people by name, after Me and Not assigned yet', async () => {
    const modal = await form(anna);

    expect((await modal.search('For', '')).slice(0, 2)).toEqual(['Me', 'Not assigned yet']);
    expect(await modal.search('For', 'ben mar')).toEqual(['Ben Martin']);
    expect(await modal.search('For', 'zzz')).toEqual(['No one found for “zzz”']);
    await modal.selectSearched('For', 'ben mar', 'Ben Martin');
    expect(modal.field('For').value).toBe('Ben Martin');
  });

  it('chooses nothing with a row that only says something', async () => {
    const modal = await form(ben);

    await modal.selectSearched('Product', 'no such thing', noMatchIn('no such thing', 'FR'));

    expect((await stands(modal, () => modal.field('Product').value === '')).field('Product').value).toBe('');
  });
});

describe('choosing', () => {
  it('shows configurations by what differs, layouts that the product allows, and the price', async () => {
    const modal = await form(ben);
    await modal.selectSearched('Product', 'macbook air 13', 'MacBook Air 13');
    await stands(modal, () => modal.hasField('Configuration'));

    expect(modal.field('Configuration').options).toEqual(['16 GB · 256 GB', '16 GB · 512 GB', '24 GB · 512 GB']);
    expect(modal.hasField('Keyboard layout')).toBe(false);
    await modal.select('Configuration', '16 GB · 256 GB');
    await priced(modal);
    expect(modal.field('Keyboard layout').options).toEqual([
      'French (AZERTY)',
      'International English (QWERTY)',
      'German (QWERTZ)',
    ]);
    expect(modal.field('Keyboard layout').value).toBe('French (AZERTY)');
    expect(modal.text()).toContain('€36.90/month');
  });

  it('asks for the price again with quantity, layout and mode', async () => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);

    await modal.fill('Quantity', '3');
    await stands(modal, () => modal.text().includes('€179.70/month (3 × €59.90)'));
    await modal.choose('Lease or buy', 'Buy');
    await stands(modal, () => /€[\d,.]+ \(3 × €/.test(modal.text()));
    await modal.select('Keyboard layout', 'German (QWERTZ)');
    const lastPriced = () => world.fleet.journal.of('getPricing').at(-1)?.query;
    await stands(modal, () => lastPriced()?.keyboard_layout === 'GERMAN_QWERTZ');
    await world.quiet();

    expect(modal.field('Quantity').value).toBe('3');
    expect(lastPriced()).toMatchObject({
      keyboard_layout: 'GERMAN_QWERTZ',
      acquisition_mode: 'BUY',
      currency: 'EUR',
      delivery_country: 'FR',
    });
  });

  it.each(['0', '21', ''])('is not drawn anew for a quantity that cannot be added: “%s”', async (typed) => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);
    await world.quiet();
    const drawn = world.slack.journal.calls('views.update').length;

    await modal.fill('Quantity', typed);
    const submitted = await modal.submit();
    await world.quiet();

    // An update takes the errors off the fields: whoever pressed would stand before a form that says nothing.
    expect(submitted).toMatchObject({ kind: 'errors', errors: { Quantity: expect.any(String) } });
    expect(world.slack.journal.calls('views.update').length).toBe(drawn);
  });

  it('shows the form before a slow price, and then the price', async () => {
    const gate = world.fleet.hold('getPricing');
    const modal = await form(ben, '/fleet order thinkpad x1');

    await stands(modal, () => modal.text().includes('Getting the price'));
    gate.release();
    await priced(modal);
  });

  it('writes an unknown price as unknown', async () => {
    world.fleet.faults.add({ operation: 'getPricing', kind: 'answer', status: 500, body: { error: 'INTERNAL_ERROR' } });
    const modal = await form(ben, '/fleet order thinkpad x1');

    await stands(modal, () => modal.text().includes('Price unknown: Fleet has a problem right now'));
  });

  it('keeps the product with the country and chooses its only configuration; an address that is not there is asked for', async () => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);
    await modal.select('Ship to', 'Lyon warehouse');
    await modal.fill('Quantity', '4');
    await modal.selectSearched('For', 'anna', 'Anna Keller');

    await modal.select('Delivery country', 'Germany');
    await stands(modal, () => modal.text().includes('Ship to: no longer available there'));
    await world.quiet();

    expect(modal.field('Product').value).toBe('ThinkPad X1 Carbon');
    expect(modal.field('Keyboard layout').value).toBe('German (QWERTZ)');
    expect(modal.field('Ship to').value).toBe('');
    expect(modal.field('Ship to').options).not.toContain('Lyon warehouse');
    expect(modal.field('Quantity').value).toBe('4');
    expect(modal.field('For').value).toBe('Anna Keller');
    const result = await modal.submit();
    expect(result.kind).not.toBe('updated');
    expect(world.fleet.carts()).toEqual([]);
  });

  it('never sends the values of the country before, also when submit is pressed at once', async () => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);
    const gate = world.fleet.hold('listProductGroups');
    await modal.select('Delivery country', 'Germany');

    const result = await modal.submit();

    expect(result).toMatchObject({ kind: 'errors' });
    expect(modal.errors()).toEqual({ Configuration: 'Choose a configuration.' });
    gate.release();
    await world.quiet();
    expect(world.fleet.carts()).toEqual([]);
  });

  it("shows a colleague's own address by their name, and nobody's street anywhere", async () => {
    const modal = await form(ben);

    expect(modal.field('Ship to').options).toContain('Your own address');
    await modal.select('Delivery country', 'Germany');
    await stands(modal, () => modal.field('Ship to').options?.includes('Berlin office') ?? false);
    expect(modal.field('Ship to').options).toContain("Anna Keller (Fleet user 11)'s own address");
    await modal.select('Ship to', "Anna Keller (Fleet user 11)'s own address");
    await modal.selectSearched('Product', 'thinkpad x1', 'ThinkPad X1 Carbon');
    await priced(modal);
    await modal.submit();
    await modalWith(
      world,
      world.slack.person(people.ben),
      "for Ben Martin · ships to Anna Keller (Fleet user 11)'s own address",
    );
    await world.quiet();
    expect(world.slack.journal.leaks('CNRY')).toEqual([]);
    expect(world.slack.journal.leaks('Canary')).toEqual([]);
    expect(JSON.stringify(world.logged)).not.toMatch(/Canary/);
  });

  it('hides Ship to when Fleet cannot say which addresses there are', async () => {
    world.fleet.faults.add({
      operation: 'listUserAddresses',
      kind: 'answer',
      status: 404,
      body: { error: 'Not found' },
    });

    const modal = await form(ben);

    expect(modal.hasField('Ship to')).toBe(false);
  });

  it('drops a country for a day that Fleet does not deliver to', async () => {
    const modal = await form(ben);
    world.fleet.faults.add({
      operation: 'listProductGroups',
      kind: 'answer',
      status: 404,
      body: { error: 'DELIVERY_COUNTRY_NOT_FOUND' },
      times: 1,
    });

    await modal.select('Delivery country', 'Austria');
    await stands(modal, () => modal.text().includes('Delivery country: '));

    expect(modal.field('Delivery country').options).not.toContain('Austria');
    const annas = await form(anna);
    expect(annas.field('Delivery country').options).not.toContain('Austria');
  });

  it('is shown without a picture that Slack cannot load', async () => {
    world.slack.faults.breakImages(/img\.fleet\.test/);
    const modal = await form(ben, '/fleet order thinkpad x1');

    await priced(modal);
    world.slack.violations.clear();
  });
});

describe('two changes at once', () => {
  it('end with the newest although the older one is slower, on two instances', async () => {
    await world.addInstance();
    const modal = await form(ben);
    // Kept already, so that only the first change has to wait for Fleet.
    await modal.select('Delivery country', 'Switzerland');
    await stands(modal, () => modal.field('Product').hint?.includes('Switzerland') ?? false);
    await modal.select('Delivery country', 'France');
    await stands(modal, () => modal.field('Product').hint?.includes('France') ?? false);
    const gate = world.fleet.hold('listProductGroups');

    await modal.select('Delivery country', 'Austria');
    await gate.arrived();
    await modal.select('Delivery country', 'Switzerland');
    await stands(modal, () => modal.field('Product').hint?.includes('Switzerland') ?? false);
    gate.release();
    await world.quiet();

    expect(modal.field('Delivery country').value).toBe('Switzerland');
    expect(modal.field('Product').hint).toContain('in Switzerland');
  });

  it('keep both when they are about different fields', async () => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);
    const gate = world.fleet.hold('getPricing');

    await modal.choose('Lease or buy', 'Buy');
    await gate.arrived();
    await modal.fill('Quantity', '7');
    await world.slack.quiet();
    gate.release();
    await stands(modal, () => modal.text().includes('(7 × €'));

    expect(modal.field('Lease or buy').value).toBe('Buy');
    expect(modal.field('Quantity').value).toBe('7');
  });
});

describe('when things go wrong around it', () => {
  it('a form that was tampered with is not believed, and nothing is changed', async () => {
    const modal = await form(ben, '/fleet order thinkpad x1');
    await priced(modal);
    expect(modal.privateMetadata).toMatch(/^v1\./);
    world.slack.tamper.privateMetadata(modal.id, modal.privateMetadata.replace('"DE"', '"FR"').replace('121', '101'));

    expect(await modal.search('Product', 'mac')).toEqual([formTooOld]);
    await modal.fill('Quantity', '2');

    const told = await modalWith(world, ben, 'This form is out of date');
    expect(told.submitText).toBeUndefined();
    expect(world.fleet.carts()).toEqual([]);
  });

  it('Slack failing once is tried again', async () => {
    world.slack.faults.on('views.update', { status: 500, times: 1 });

    await form(anna);
  });

  it('Slack refusing to draw is told by message, and the window does not go on loading', async () => {
    world.slack.faults.on('views.update', { error: 'invalid_blocks', times: 1 });

    await anna.command('/fleet order');
    await modalWith(world, anna, notShownText);

    const told = await world.slack.until(() => anna.message('Slack rejected this window'));
    expect(told.text()).toContain('Nothing was changed or ordered');
    world.slack.violations.clear();
  });

  it('Slack refusing to open is told where the command was typed', async () => {
    world.slack.faults.on('views.open', { error: 'expired_trigger_id' });

    await anna.command('/fleet order', { channelId: channels.random });

    await world.slack.until(() => anna.ephemerals(channels.random).find((one) => one.text().includes('took too long')));
    world.slack.violations.clear();
  });
});

describe('before the company has been read for the first time', () => {
  it('the modal says that people are being loaded, and fills by itself', async () => {
    const fresh = await startWorld({ directory: false, fleet: { baseLatencyMs: 1500 } });
    try {
      const emma = fresh.slack.person(people.anna);
      await emma.command('/fleet order');

      await modalWith(fresh, emma, peopleLoadingText);
      await fresh.slack.until(() => emma.modal()?.hasField('Product'), { timeoutMs: 15_000 });
    } finally {
      await fresh.close();
    }
  });

  it('so does the window of the cart', async () => {
    const fresh = await startWorld({ directory: false, fleet: { baseLatencyMs: 1500 } });
    try {
      const anna = fresh.slack.person(people.anna);
      await anna.command('/fleet cart');

      const waiting = await modalWith(fresh, anna, peopleLoadingText);
      expect(waiting.title).toBe('Your cart');
      await fresh.slack.until(() => anna.modal()?.text().includes('Your cart is empty'), { timeoutMs: 15_000 });
    } finally {
      await fresh.close();
    }
  });
});
