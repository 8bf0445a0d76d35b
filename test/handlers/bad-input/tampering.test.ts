import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SlackMessage } from '../../../sandbox/slack/start.ts';
import { createSeal } from '../../../src/store/seal.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import { testKeys } from '../../support/keys.ts';
import { people, startWorld, type World } from '../../support/world.ts';
import { ackText, cardOf, cartOf, factsOf, formOf, modalOf, pressAs, submitRaw, toldTo, valuesOf } from './support.ts';

let world: World;
let card: SlackMessage;
beforeAll(async () => {
  world = await startWorld();
  card = await cardOf(world);
});
afterAll(() => world.close());

const nothing = /nothing was (changed|decided)|out of date/i;
const notOurs = /doesn't belong to a request/;
const changed = (text: string) => `${text.slice(0, 20)}${text[20] === 'A' ? 'B' : 'A'}${text.slice(21)}`;

describe('metadata that is not as it was sent', () => {
  const wrong = [
    { how: 'one letter changed', of: changed },
    { how: 'empty', of: () => '' },
    { how: 'plain JSON', of: () => JSON.stringify({ carry: { approver: people.dan, note: '', words: '' } }) },
    { how: 'of another key', of: () => createSeal([{ id: 'k1', key: Buffer.alloc(32, 8) }]).sign('modal', '{}') },
    { how: 'of the right key and nonsense', of: () => sealed('modal', '[1, 2') },
    { how: 'signed for buttons', of: () => sealed('card', '{}') },
  ];

  it.each(wrong)('of the form, $how: says so, and nothing is added', async ({ of }) => {
    const form = await formOf(world, people.ben);
    const before = factsOf(world);

    const act = await submitRaw(world, people.ben, form, {
      values: valuesOf(form),
      metadata: of(form.privateMetadata),
    });
    await world.quiet();

    expect(act.status).toBe(200);
    expect(ackText(act)).toMatch(nothing);
    expect(factsOf(world)).toBe(before);
  });

  it('of the form, at a change of a field: says so in the window', async () => {
    const form = await formOf(world, people.ben);
    world.slack.tamper.privateMetadata(form.id, 'not-ours');

    await form.fill('Quantity', '3');

    expect((await modalOf(world, people.ben, nothing)).submitText).toBeUndefined();
  });

  it('of the cart: says so, and nothing is sent', async () => {
    const cart = await cartOf(world, people.eva);
    for (const { of } of wrong) {
      const before = factsOf(world);
      const values = { approver: { approver: { type: 'external_select', ...option(people.clara) } } };
      const act = await submitRaw(world, people.eva, cart, { values, metadata: of(cart.privateMetadata) });
      await world.quiet();

      expect(ackText(act)).toMatch(nothing);
      expect(factsOf(world)).toBe(before);
    }
    world.slack.tamper.privateMetadata(cart.id, 'not-ours');
    await cart.press('Remove');
    await modalOf(world, people.eva, nothing);
  });

  it('of somebody else’s cart: nobody’s request is sent with it', async () => {
    const cart = await world.slack.until(async () => {
      const eva = world.slack.person(people.eva);
      await eva.command('/fleet cart');
      return modalOf(world, people.eva, 'Send for approval');
    });
    const before = factsOf(world);
    const values = { approver: { approver: { type: 'external_select', ...option(people.clara) } } };

    await submitRaw(world, people.ben, cart, { values });
    await world.quiet();

    expect(factsOf(world)).toBe(before);
    expect(world.slack.person(people.clara).message(`Ben Martin ${cardTitles.approver}`)).toBeUndefined();
  });

  it.each(['decline_request', 'ask_for_changes', 'hand_over', 'choose_approver'])(
    'of the window behind a card (%s): says so, and the card stays',
    async (callbackId) => {
      const [form, shown] = [await formOf(world, people.ben), card.text()];
      const values = {
        reason: { reason: { type: 'plain_text_input', value: 'no' } },
        wish: { wish: { type: 'plain_text_input', value: 'more' } },
        new_approver: { new_approver: { type: 'users_select', selected_user: people.dan } },
      };
      for (const { of } of wrong) {
        const metadata = of(form.privateMetadata);
        const act = await submitRaw(world, people.clara, form, { values, metadata, callbackId });

        expect(act.status).toBe(200);
        expect(ackText(act)).toMatch(notOurs);
      }
      expect(card.text()).toBe(shown);
    },
  );
});

describe('a button’s value that is not as it was sent', () => {
  const buttons = [
    'approve_request',
    'withdraw_request',
    'remind_approver',
    'show_all_lines',
    'decline_request',
    'share_status',
  ];

  it.each(buttons)('%s: a private answer, and nothing changes', async (actionId) => {
    const own = card.button('Approve').value ?? '';
    const [before, shown] = [factsOf(world), card.text()];
    for (const value of [changed(own), '', '42', sealed('card', 'share T0OTHER 42'), sealed('card', '{"x":1}')]) {
      const act = await pressAs(world, people.clara, card, { actionId, value });
      expect(act.status).toBe(200);
    }
    await world.quiet();
    if (actionId === 'decline_request') await world.slack.person(people.clara).modal()?.closeAll();
    else await toldTo(world, people.clara, /doesn't belong to a request|another version|nothing was changed/i);

    expect(factsOf(world)).toBe(before);
    expect(card.text()).toBe(shown);
  });

  it('of another workspace’s card: it is nobody’s here', async () => {
    const foreign = sealed(
      'card',
      JSON.stringify({
        tenant: 'T0OTHER',
        requestId: 'r1',
        fleetOrderId: world.fleet.carts()[0]?.id,
        requester: { slackUserId: people.anna, fleetUserId: 11 },
        approver: { slackUserId: people.clara, fleetUserId: 21 },
        expiresAt: Date.now() + 1e9,
        fingerprint: 'x',
        otherCopy: null,
      }),
    );
    const before = factsOf(world);

    await pressAs(world, people.clara, card, { actionId: 'approve_request', value: foreign });
    await world.quiet();

    await toldTo(world, people.clara, "doesn't belong to a request in this workspace");
    expect(factsOf(world)).toBe(before);
  });

  it.each(['-1', '1e3', '999999', 'x', ''])('a page “%s” that no cart has shows one that it has', async (value) => {
    const eva = world.slack.person(people.eva);
    await eva.command('/fleet cart');
    const cart = await modalOf(world, people.eva, 'Your cart');

    await world.slack.send({
      kind: 'block_actions',
      userId: people.eva,
      payload: {
        container: { type: 'view', view_id: cart.id },
        view: {
          id: cart.id,
          type: 'modal',
          hash: cart.hash,
          private_metadata: cart.privateMetadata,
          callback_id: cart.callbackId,
          blocks: cart.blocks,
          state: { values: {} },
        },
        actions: [{ type: 'button', action_id: 'show_cart_page', block_id: 'b', value, action_ts: '9' }],
      },
    });

    await modalOf(world, people.eva, 'ThinkPad X1 Carbon');
  });
});

function sealed(purpose: 'modal' | 'card', text: string): string {
  return createSeal(testKeys).sign(purpose, text);
}

function option(value: string) {
  return { selected_option: { value, text: { type: 'plain_text', text: value } } };
}
