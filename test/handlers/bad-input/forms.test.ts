import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notAChoiceText } from '../../../src/views/cart/trouble.ts';
import { noMatchIn } from '../../../src/views/order-form/product.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import { people, startWorld, type World } from '../../support/world.ts';
import { cardOf, cartOf, chosen, factsOf, formOf, modalOf, submitRaw, toldTo, valuesOf } from './support.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());
beforeEach(() => world.slack.violations.clear());

describe('a form that Slack itself would not have sent', () => {
  it.each(['0', '21', '1.5', '', 'x', '-1', '1e1', '999999999'])(
    'quantity “%s”: a field error, nothing added',
    async (value) => {
      const form = await formOf(world, people.ben);
      const before = factsOf(world);

      const act = await submitRaw(world, people.ben, form, { values: valuesOf(form, { Quantity: { value } }) });
      await world.quiet();

      expect(act.body).toMatchObject({
        response_action: 'errors',
        errors: { [form.field('Quantity').blockId]: 'Enter a whole number from 1 to 20.' },
      });
      expect(factsOf(world)).toBe(before);
    },
  );

  const stale = [
    { what: 'a country that is not offered', label: 'Delivery country', value: 'KP' },
    { what: 'a product of another country', label: 'Product', value: '99999' },
    { what: 'a configuration of another product', label: 'Configuration', value: '101' },
    { what: 'a layout that the product does not have', label: 'Keyboard layout', value: 'DUTCH_QWERTY' },
  ];

  it.each(stale)('$what: checked anew, told above the field, nothing added', async ({ label, value }) => {
    const form = await formOf(world, people.ben);
    const before = factsOf(world);

    const act = await submitRaw(world, people.ben, form, { values: valuesOf(form, { [label]: chosen(value) }) });
    await world.quiet();

    expect(act.status).toBe(200);
    expect(factsOf(world)).toBe(before);
    if (JSON.stringify(act.body).includes('errors')) return;
    const back = world.slack.person(people.ben).modal()?.text() ?? '';
    expect(back).toMatch(/Nothing was (changed|ordered)|no longer available/);
  });

  const malformed = [
    ['Delivery country', 'Germany'],
    ['Category', 'TOYS'],
    ['Product', 'says'],
    ['Configuration', '0x22'],
    ['Keyboard layout', 'DVORAK'],
    ['For', 'says'],
    ['Ship to', '-1'],
    ['Lease or buy', 'STEAL'],
  ] as const;

  it.each(malformed)('%s “%s”: a field error in place of the earlier choice, nothing added', async (label, value) => {
    const form = await formOf(world, people.ben);
    const before = factsOf(world);

    const values = valuesOf(form, { [label]: chosen(value) });
    const act = await submitRaw(world, people.ben, form, { values });
    await world.quiet();

    expect(act.body).toEqual({
      response_action: 'errors',
      errors: { [form.field(label).blockId]: notAChoiceText },
    });
    expect(factsOf(world)).toBe(before);
  });

  it('a row that only says something, chosen in Product: told above the field, which shows what was chosen', async () => {
    const form = await formOf(world, people.ben);

    await form.selectSearched('Product', 'no such thing', noMatchIn('no such thing', 'FR'));
    const back = await modalOf(world, people.ben, notAChoiceText);

    expect(back.field('Product').value).toBe('ThinkPad X1 Carbon');
  });

  it('an address in another country: Fleet refuses it, and it stands above Ship to', async () => {
    const form = await formOf(world, people.ben);
    const values = valuesOf(form, { 'Ship to': chosen('52', 'Berlin office') });

    await submitRaw(world, people.ben, form, { values });

    await modalOf(world, people.ben, /Ship to: /);
    expect(world.fleet.carts()).toEqual([]);
  });

  it('the same submission eleven times: one cart with one device', async () => {
    const form = await formOf(world, people.ben);
    const submitted = await form.submit();
    const { act } = submitted;
    if (act === undefined) throw new Error('nothing was sent');

    await Promise.all(Array.from({ length: 10 }, () => world.slack.redeliver(act)));
    await world.quiet();

    expect(world.fleet.carts()).toMatchObject([{ purchaserId: 12, lines: [{ productId: 121 }] }]);
    expect(world.fleet.journal.count('createCart')).toBeLessThanOrEqual(2);
  });

  it('of a window that is closed: carried out once, and told by message', async () => {
    const form = await formOf(world, people.eva);
    await form.closeAll();

    const act = await submitRaw(world, people.eva, form, { values: valuesOf(form) });

    expect(act.status).toBe(200);
    await toldTo(world, people.eva, 'Added 1 device');
    expect(world.fleet.carts().filter(({ purchaserId }) => purchaserId === 13)).toHaveLength(1);
  });
});

describe('words that want to be more than words', () => {
  const wild = `<!channel> *now* \`x\` <https://evil.test|Approve> \u202Egnp.exe\u202C zero\u200Bwidth `;

  it('a note of 3,000 characters past Slack’s own limit: clipped, literal, pings nobody', async () => {
    const cart = await cartOf(world, people.anna);
    const value = wild.repeat(60).slice(0, 3_000);
    const values = {
      approver: { approver: { type: 'external_select', ...chosen(people.clara, 'Clara Rossi') } },
      note: { note: { type: 'plain_text_input', value } },
    };

    await submitRaw(world, people.anna, cart, { values });
    const clara = world.slack.person(people.clara);
    const card = await world.slack.until(() => clara.message(cardTitles.approver));

    expect(card.pings).toEqual([]);
    expect(card.text()).toContain('<!channel>');
    expect(card.text()).toContain('<https://evil.test|Approve>');
    expect(card.buttons().filter(({ text }) => text === 'Approve')).toHaveLength(1);
    expect(card.text().length).toBeLessThan(2_500);
  });

  it('a reason of 3,000 characters: clipped and literal for the requester', async () => {
    const clara = world.slack.person(people.clara);
    const card = await world.slack.until(() => clara.message(cardTitles.approver));
    await card.press('Decline');
    const modal = await world.slack.until(() => clara.modal());

    await submitRaw(world, people.clara, modal, {
      values: { reason: { reason: { type: 'plain_text_input', value: wild.repeat(60).slice(0, 3_000) } } },
    });

    const told = await toldTo(world, people.anna, 'Clara Rossi declined your request');
    expect(told.pings).toEqual([]);
    expect(told.text()).toContain('<!channel>');
    expect(told.text().length).toBeLessThan(1_500);
  });
});

describe('names that nobody would give', () => {
  it('a product of 160 characters, one that is all marks, and one without a name can be read and ordered', async () => {
    const people60 = world.slack.person(people.ben);
    await people60.modal()?.closeAll();
    for (const { id, name } of nastyGroups()) {
      const words = (name ?? 'product').slice(0, 20);
      await people60.command(`/fleet order ${words.replace(/[<>&@]/g, '')}`);
      const modal = await modalOf(world, people.ben, 'Delivery country');
      const offered = await modal.search('Product', words);
      expect(offered.length, `${id}`).toBeGreaterThan(0);
      for (const one of offered) expect(one).not.toMatch(/null|undefined/);
      await modal.closeAll();
    }
    world.slack.violations.assertNone();
  });
});

describe('an older or newer release', () => {
  const unknown = [
    { kind: 'block_actions', payload: { actions: [{ type: 'button', action_id: 'gone_button', value: '1' }] } },
    { kind: 'view_submission', payload: { view: { id: 'V1', callback_id: 'gone_modal', state: { values: {} } } } },
    { kind: 'shortcut', payload: { callback_id: 'gone_shortcut' } },
  ] as const;

  it.each(unknown)('$kind that nobody knows any more is answered at once and told', async ({ kind, payload }) => {
    const act = await world.slack.send({ kind, userId: people.dan, payload });

    expect(act.status).toBe(200);
    expect(act.ackMs).toBeLessThan(1_500);
    await toldTo(world, people.dan, 'from another version of Fleet for Slack');
  });

  it('a search that nobody knows any more is answered with nothing', async () => {
    const act = await world.slack.send({
      kind: 'block_suggestion',
      userId: people.dan,
      payload: { action_id: 'gone_search', block_id: 'b', value: 'x', container: { type: 'view', view_id: 'V1' } },
    });

    expect([200, 404]).toContain(act.status);
    expect(act.ackMs).toBeLessThan(1_500);
  });
});

it('after all of that somebody can still order', async () => {
  const card = await cardOf(await freshWorld());
  expect(card.text()).toContain('Waiting for you');
});

const more: World[] = [];
afterAll(() => Promise.all(more.map((one) => one.close())));
async function freshWorld(): Promise<World> {
  const fresh = await startWorld();
  more.push(fresh);
  return fresh;
}

function nastyGroups() {
  const groups = [...world.fleet.state.productGroups.values()];
  const isNasty = (name: string | null) => name === null || name.length > 75 || /[<>*`]/.test(name);
  return groups.filter(({ name }) => isNasty(name));
}
