import { afterEach, describe, expect, it } from 'vitest';
import type { SlackModal } from '../../sandbox/slack/start.ts';
import type { SlackUserId } from '../../src/domain/ids.ts';
import { auditOf, setSettings, storeOf } from '../support/store-of.ts';
import { people, startWorld, type World } from '../support/world.ts';
import { sentToClara } from './card-support.ts';
import { cartOf } from './cart-support.ts';

let world: World;
afterEach(() => world.close());

const until = <T>(probe: () => T | undefined | false | null) => world.slack.until(probe, { timeoutMs: 15_000 });

async function settings(id: string): Promise<SlackModal> {
  const person = world.slack.person(id);
  await person.modal()?.closeAll();
  await person.command('/fleet settings');
  return until(() => (person.modal()?.text().includes('Audit log') ? person.modal() : null));
}

/** A section, filled. */
async function section(id: string, title: string): Promise<SlackModal> {
  const root = await settings(id);
  await root.press('Change', { near: title });
  const person = world.slack.person(id);
  return until(() => (person.modal()?.title === title ? person.modal() : null));
}

describe('who may see the settings', () => {
  it('admins; anybody else gets a sentence that only they see', async () => {
    world = await startWorld();
    const ben = world.slack.person(people.ben);

    await ben.command('/fleet settings');

    await until(() => ben.ephemerals().find((one) => one.text().includes('Only admins')));
    expect(ben.modal()).toBeUndefined();
    expect((await settings(people.dan)).text()).toContain('all Fleet admins');
  });

  it('an admin of the list changes what is offered, and sees who signs with the reason why not to change it', async () => {
    world = await startWorld();
    await setSettings(storeOf(world), { admins: [people.eva as SlackUserId] });

    const shown = await section(people.eva, 'Approvers and admins');

    expect(shown.submitText).toBeUndefined();
    expect(shown.labels()).toEqual([]);
    const delivery = await section(people.eva, 'Delivery countries');
    await delivery.fill('Default country', 'DE');
    expect((await delivery.submit()).kind).toBe('closed');
  });
});

describe('what a press came to is said where it was made', () => {
  it('a saved section says so in the settings behind it', async () => {
    world = await startWorld();
    const delivery = await section(people.dan, 'Delivery countries');
    await delivery.fill('Default country', 'DE');

    await delivery.submit();

    await until(() => world.slack.person(people.dan).modal()?.text().includes('Saved: Delivery countries.'));
  });

  it('Try again takes the banner away once the key is repaired, and says until then that ordering is paused', async () => {
    world = await startWorld();
    await storeOf(world).setPause({ kind: 'unauthorized', since: Date.now() });
    world.fleet.cockpit.revokeKey();
    const dan = world.slack.person(people.dan);
    const root = await settings(people.dan);
    expect(root.text()).toContain('Ordering is paused:');

    await root.press('Try again');
    await until(() => dan.modal()?.text().includes('Ordering is still paused'));
    world.fleet.cockpit.restoreKey();
    await dan.modal()?.press('Try again');

    await until(() => dan.modal()?.text().includes('Ordering has resumed'));
    expect(dan.modal()?.text()).not.toContain('Ordering is paused:');
    expect(dan.message('Ordering has resumed')).toBeUndefined();
  });
});

describe('who may sign', () => {
  it('takes effect at once, is audited by name, and everybody who may or might sign is told', async () => {
    world = await startWorld();
    const people_ = await section(people.dan, 'Approvers and admins');
    await people_.select('Approvers', ['Eva Lind']);

    expect((await people_.submit()).kind).toBe('closed');

    const cart = await cartOf(world, 'ben');
    await expect(cart.search('Approver', '')).resolves.toEqual(['Eva Lind']);
    for (const id of [people.clara, people.dan, people.eva])
      await until(() => world.slack.person(id).message("Dan O'Neil changed who can approve"));
    expect(world.slack.person(people.ben).message('changed who can approve')).toBeUndefined();
    expect(await auditOf(storeOf(world))).toContain('settings_changed approvers');
    await until(() => world.slack.person(people.dan).modal()?.text().includes('Approvers: @Eva Lind'));
  });

  it('leaves no request with somebody who may not sign any more', async () => {
    world = await startWorld();
    const cards = await sentToClara(world);
    const people_ = await section(people.dan, 'Approvers and admins');
    await people_.select('Approvers', ['Eva Lind']);

    await people_.submit();

    await until(() => cards.anna.buttons().some(({ text }) => text === 'Choose another approver'));
    await until(() => world.slack.person(people.anna).message('needs another approver'));
    expect(world.fleet.journal.count('validateCart')).toBe(0);
  });

  it('names nobody who could never sign', async () => {
    world = await startWorld();
    const shown = await section(people.dan, 'Approvers and admins');
    await shown.select('Approvers', ['Eva Lind', 'Nils Nobody']);

    const submitted = await shown.submit();

    expect(submitted).toMatchObject({
      kind: 'errors',
      errors: { Approvers: expect.stringContaining('Nils Nobody: no Fleet account') },
    });
    expect(await storeOf(world).savedSettings()).toMatchObject({ revision: null });
  });

  it('can be a Slack user group where the workspace allows it', async () => {
    world = await startWorld({
      slackSeed: (seed) => ({
        ...seed,
        userGroups: [{ id: 'S0BUYERS', name: 'Buyers', handle: 'buyers', users: [people.eva, people.anna] }],
        grantedScopes: ['commands', 'chat:write', 'users:read', 'users:read.email', 'usergroups:read'],
      }),
    });
    const shown = await section(people.dan, 'Approvers and admins');
    await shown.select('Approver groups', ['Buyers']);
    expect((await shown.submit()).kind).toBe('closed');

    const cart = await cartOf(world, 'ben');

    await expect(cart.search('Approver', '')).resolves.toEqual(['Anna Keller', 'Eva Lind']);
  });

  it('cannot be a group where it does not', async () => {
    world = await startWorld();
    const shown = await section(people.dan, 'Approvers and admins');

    expect(shown.hasField('Approver groups')).toBe(false);
    expect(shown.text()).toContain('usergroups:read');
  });
});

describe('two admins at once', () => {
  it('the second sees what changed meanwhile and who did it, keeps the rest, and saves on the second press', async () => {
    world = await startWorld();
    const dans = await section(people.dan, 'Reminders and deadlines');
    const claras = await section(people.clara, 'Reminders and deadlines');
    await claras.fill('Remind approvers after (hours)', '48');
    expect((await claras.submit()).kind).toBe('closed');
    await dans.fill('Requests expire after (days)', '9');
    await dans.fill('Remind approvers after (hours)', '12');

    const submitted = await dans.submit();

    expect(submitted.kind).toBe('updated');
    const shown = await until(() => world.slack.person(people.dan).modal());
    expect(shown.text()).toContain('Not saved yet.');
    expect(shown.text()).toMatch(/Reminder.*@Clara Rossi/);
    expect(shown.field('Remind approvers after (hours)').value).toBe('48');
    expect(shown.field('Requests expire after (days)').value).toBe('9');
    expect((await storeOf(world).settings()).expireAfterMs).toBe(7 * 24 * 3_600_000);
    expect((await shown.submit()).kind).toBe('closed');
    expect(await storeOf(world).settings()).toMatchObject({
      remindAfterMs: 48 * 3_600_000,
      expireAfterMs: 9 * 24 * 3_600_000,
    });
  });
});

describe('mistakes stand at their field', () => {
  it.each([
    ['FR', 'FR'],
    ['XX EUR', 'XX'],
    ['FR EUX', 'EUX'],
    ['FR EUR\nFR EUR', 'twice'],
  ])('countries %j', async (typed, words) => {
    world = await startWorld();
    const shown = await section(people.dan, 'Delivery countries');
    await shown.fill('Delivery countries', typed);

    const submitted = await shown.submit();

    expect(submitted).toMatchObject({
      kind: 'errors',
      errors: { 'Delivery countries': expect.stringContaining(words) },
    });
  });

  it('hours that end before they begin, and a reminder after the end', async () => {
    world = await startWorld();
    const shown = await section(people.dan, 'Reminders and deadlines');
    await shown.fill('Working hours until', '9');
    expect((await shown.submit()).errors).toMatchObject({ 'Working hours until': expect.stringContaining('later') });
    await shown.fill('Working hours until', '18');
    await shown.fill('Requests expire after (days)', '1');
    expect((await shown.submit()).errors).toMatchObject({ 'Remind approvers after (hours)': expect.anything() });
  });
});

describe('what can be ordered', () => {
  it('changes the form at once: countries in their order, a limit, and the products offered', async () => {
    world = await startWorld();
    const delivery = await section(people.dan, 'Delivery countries');
    await delivery.fill('Delivery countries', 'ES EUR\nDE EUR\nFR EUR');
    expect((await delivery.submit()).kind).toBe('closed');
    const ordering = await section(people.dan, 'What can be ordered');
    await ordering.choose('Default: lease or buy', 'Buy');
    await ordering.selectSearched('Products offered', 'macbook pro', 'MacBook Pro 14');
    await ordering.fill('Price limit for one device', 'eur 10.50 once');
    expect((await ordering.submit()).kind).toBe('closed');

    const ben = world.slack.person(people.ben);
    await ben.command('/fleet order');
    const form = await until(() => (ben.modal()?.hasField('Product') ? ben.modal() : null));

    expect(form.field('Delivery country').options).toEqual(['Spain', 'Germany', 'France']);
    expect(form.field('Lease or buy').value).toBe('Buy');
    const found = await form.search('Product', '');
    expect(found).toEqual(['MacBook Pro 14']);
    expect((await storeOf(world).settings()).priceLimits).toEqual([{ amount: '10.50', currency: 'EUR', mode: 'BUY' }]);
  });
});

describe('what happened', () => {
  it('stands in the audit log, newest first, in pages; and people whom Fleet does not know are listed', async () => {
    world = await startWorld();
    const nils = world.slack.person(people.nobody);
    await nils.command('/fleet order');
    await until(() => nils.modal()?.text().includes("Your Slack email doesn't match anyone in Fleet"));
    const store = storeOf(world);
    for (let index = 0; index < 25; index += 1)
      await store.commit({
        audit: [
          {
            ...{ at: 1_700_000_000_000 + index, by: 'fleet_for_slack', did: `thing_${index}`, requestId: null },
            ...{ fleetOrderId: null, from: null, to: null, surface: 'job', outcome: 'done' },
          },
        ],
      });

    const root = await settings(people.dan);
    expect(root.text()).toContain('1 person in the last month');
    await root.press('Show', { near: 'People without' });
    const dan = world.slack.person(people.dan);
    await until(() => dan.modal()?.text().includes('@Nils Nobody: no Fleet user'));
    await dan.modal()?.close();
    await dan.modal()?.press('Show', { near: 'Audit log' });
    const log = await until(() => (dan.modal()?.text().includes('thing 24') ? dan.modal() : null));
    expect(log.text()).not.toMatch(/thing 1$/mu);
    await log.press('Show older entries');
    await until(() => /thing 1$/mu.test(log.text()));
    await log.press('Carts and orders');
    await until(() => log.text().includes('No entries.'));
  });
});
