import type { Act, SlackMessage, SlackModal } from '../../../sandbox/slack/start.ts';
import { cardTitles } from '../../../src/views/request/card.ts';
import { isPending, isPriced } from '../../support/forms.ts';
import { people, type World } from '../../support/world.ts';

/** Every fact that a press could change: compared before and after one that must change nothing. */
export function factsOf(world: World): string {
  const writes = ['createCart', 'patchCart', 'validateCart'] as const;
  return JSON.stringify({
    carts: world.fleet.carts(),
    orders: world.fleet.orders(),
    writes: writes.map((operation) => world.fleet.journal.count(operation)),
  });
}

export async function formOf(world: World, personId: string, words = 'ThinkPad X1 Carbon'): Promise<SlackModal> {
  const person = world.slack.person(personId);
  await person.modal()?.closeAll();
  await person.command(`/fleet order ${words}`);
  return world.slack.until(() => {
    const modal = person.modal();
    return modal?.hasField('Keyboard layout') && isPriced(modal) ? modal : null;
  });
}

export async function cartOf(world: World, personId: string): Promise<SlackModal> {
  const form = await formOf(world, personId);
  await form.submit();
  return modalOf(world, personId, 'Added 1 device');
}

/** Anna's cart, sent to Clara: her card. */
export async function cardOf(world: World, note = 'Please'): Promise<SlackMessage> {
  const cart = await cartOf(world, people.anna);
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.fill('Note to the approver', note);
  await cart.submit();
  const card = await world.slack.until(() => world.slack.person(people.clara).message(cardTitles.approver));
  await world.quiet();
  return card;
}

export function modalOf(world: World, personId: string, text: string | RegExp): Promise<SlackModal> {
  const person = world.slack.person(personId);
  return world.slack.until(
    () => {
      const modal = person.modal();
      return modal !== undefined && !isPending(modal) && modal.text().match(text) !== null ? modal : null;
    },
    { what: `a modal with ${text}` },
  );
}

type Json = Record<string, unknown>;

/** The payload of a form-encoded interaction, as Slack sent it. */
export function payloadOf(act: Act): Json {
  const payload = new URLSearchParams(act.delivery.body).get('payload');
  return JSON.parse(payload ?? '{}') as Json;
}

/** A press as the client sends it, with anything in it replaced. */
export async function pressAs(
  world: World,
  personId: string,
  card: SlackMessage,
  what: { readonly actionId: string; readonly value: string; readonly more?: Json },
): Promise<Act> {
  const { blockId } = card.buttons()[0] ?? { blockId: 'b' };
  return world.slack.send({
    kind: 'block_actions',
    userId: personId,
    payload: {
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel, is_ephemeral: false },
      channel: { id: card.channel, name: 'directmessage' },
      message: { ts: card.ts, type: 'message' },
      actions: [
        {
          type: 'button',
          action_id: what.actionId,
          block_id: blockId,
          value: what.value,
          action_ts: String(Date.now() / 1000),
          text: { type: 'plain_text', text: 'x' },
        },
      ],
      ...what.more,
    },
  });
}

/** A submission of this modal past Slack's own checks of its fields. */
export async function submitRaw(
  world: World,
  personId: string,
  modal: SlackModal,
  change: { readonly values?: Json; readonly metadata?: string; readonly callbackId?: string; readonly id?: string },
): Promise<Act> {
  return world.slack.send({
    kind: 'view_submission',
    userId: personId,
    payload: {
      response_urls: [],
      view: {
        id: change.id ?? modal.id,
        type: 'modal',
        callback_id: change.callbackId ?? modal.callbackId,
        private_metadata: change.metadata ?? modal.privateMetadata,
        hash: modal.hash,
        blocks: modal.blocks,
        title: { type: 'plain_text', text: modal.title },
        state: { values: change.values ?? {} },
      },
    },
  });
}

/** The values of a filled form as Slack would send them, by label. */
export function valuesOf(modal: SlackModal, changed: Readonly<Record<string, Json>> = {}): Json {
  const entries = modal.labels().map((label) => {
    const { blockId, actionId } = modal.field(label);
    const input = modal.blocks.find(({ block_id: id }) => id === blockId);
    const element = (input?.element ?? {}) as Json;
    const initial = element.initial_option ?? null;
    const own: Json = initial === null ? { value: element.initial_value ?? null } : { selected_option: initial };
    return [blockId, { [actionId]: { type: element.type, ...(changed[label] ?? own) } }] as const;
  });
  return Object.fromEntries(entries);
}

/** An option as the client sends it back. */
export function chosen(value: string, text = value): Json {
  return { selected_option: { text: { type: 'plain_text', text }, value } };
}

/** What the acknowledgement itself put before the person. */
export function ackText(act: Act): string {
  return JSON.stringify(act.body ?? '');
}

/** The newest thing that only this person was told. */
export function toldTo(world: World, personId: string, text: string | RegExp): Promise<SlackMessage> {
  const person = world.slack.person(personId);
  return world.slack.until(
    () => [...person.ephemerals(), ...person.messagesIn()].find((one) => one.text().match(text) !== null),
    { what: `telling ${personId} “${text}”` },
  );
}
