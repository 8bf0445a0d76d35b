import type { SlackMessage, SlackModal, SlackPerson } from '../../sandbox/slack/start.ts';
import { chosen, modalWith } from '../handlers/cart-support.ts';
import { people, type World } from '../support/world.ts';

export const PATIENCE = { timeoutMs: 20_000 } as const;

/** The newest private answer, once there is one more than before. */
export async function answerTo(
  world: World,
  who: SlackPerson,
  command: string,
  channelId: string,
): Promise<SlackMessage> {
  const before = who.ephemerals(channelId).length;
  await who.command(command, { channelId });
  return world.slack.until(() => who.ephemerals(channelId)[before], {
    what: `an answer to ${command}`,
    ...PATIENCE,
  });
}

export async function homeWith(world: World, id: string, text: string | RegExp) {
  return world.slack.until(
    () => {
      const home = world.slack.person(id).home();
      return home?.text().match(text) ? home : null;
    },
    { what: `a Home tab with ${text}`, ...PATIENCE },
  );
}

/** Says nothing about when the app has seen it. */
const inChannel = (world: World, reader: string, channelId: string): SlackMessage[] =>
  world.slack
    .person(reader)
    .messagesIn(channelId)
    .filter((one) => !one.isEphemeral && one.from === world.slack.seed.bot.userId);

export async function share(world: World, who: SlackPerson, channelId: string): Promise<SlackMessage> {
  const status = await answerTo(world, who, '/fleet status 42', channelId);
  const before = inChannel(world, who.id, channelId).length;
  await status.press('Share in channel');
  return world.slack.until(() => inChannel(world, who.id, channelId)[before], { what: 'a shared copy', ...PATIENCE });
}

/** Sends the cart that stands there to Clara; her card. */
export async function sendToClara(
  world: World,
  who: SlackPerson,
  cart: SlackModal,
  note: string,
): Promise<SlackMessage> {
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.fill('Note to the approver', note);
  await cart.submit();
  await modalWith(world, who, 'Clara Rossi');
  await who.modal()?.closeAll();
  const clara = world.slack.person(people.clara);
  const isNew = (one: SlackMessage) =>
    one.text().includes(note) && one.buttons().some(({ text }) => text === 'Approve');
  const card = await world.slack.until(() => clara.messagesIn().findLast(isNew), { what: 'her card', ...PATIENCE });
  await world.quiet();
  return card;
}

/** One more device in the cart that stands there, for somebody else. */
export async function addFor(
  world: World,
  who: SlackPerson,
  cart: SlackModal,
  country: string,
  [query, name]: readonly [string, string],
): Promise<SlackModal> {
  await cart.press('Add another device');
  const empty = await modalWith(world, who, 'Choose a product');
  if (empty.field('Delivery country').value !== country) await empty.select('Delivery country', country);
  await modalWith(world, who, ` in ${country}`);
  const form = await chosen(world, who, { country });
  await form.selectSearched('For', query, name);
  await world.slack.quiet();
  await form.submit();
  return modalWith(world, who, 'Added ');
}

/** Changes were asked for: the cart stands as it was sent. */
export async function cartAgain(world: World, who: SlackPerson): Promise<SlackModal> {
  await who.command('/fleet cart');
  const cart = await modalWith(world, who, 'Approver');
  return world.slack.until(() => (cart.hasField('Approver') ? cart : null), { what: 'the cart', ...PATIENCE });
}

/** A decision that asks for words. */
export async function decideInWords(
  world: World,
  who: SlackPerson,
  card: SlackMessage,
  [button, label, words]: readonly [string, string, string],
): Promise<void> {
  await card.press(button);
  const modal = await world.slack.until(() => who.modal(), { what: button, ...PATIENCE });
  await modal.fill(label, words);
  await modal.submit();
  await world.quiet();
}
