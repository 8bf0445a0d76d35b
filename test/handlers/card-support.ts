import type { SlackMessage } from '../../sandbox/slack/start.ts';
import { cardTitles } from '../../src/views/request/card.ts';
import { people, type World } from '../support/world.ts';
import { cartOf, modalWith } from './cart-support.ts';

/** Anna sends her cart with one MacBook to Clara. Returns the card each of them then has. */
export async function sentToClara(world: World): Promise<{ clara: SlackMessage; anna: SlackMessage }> {
  const { slack } = world;
  const anna = slack.person(people.anna);
  const cart = await cartOf(world, 'anna');
  await cart.selectSearched('Approver', 'clara', 'Clara Rossi');
  await cart.fill('Note to the approver', 'For the new office');
  await cart.submit();
  await modalWith(world, anna, 'Clara Rossi');
  await anna.modal()?.closeAll();
  const own = await slack.until(() => anna.message(cardTitles.requester), { what: "the requester's card" });
  const card = await slack.until(() => slack.person(people.clara).message(cardTitles.approver), {
    what: "the approver's card",
  });
  await world.quiet();
  return { clara: card, anna: own };
}

export const instanceUrl = (world: World, index: number): string =>
  `http://127.0.0.1:${world.instances[index]?.port}/slack/events`;

/** A press as Slack would deliver it from somebody who does not have this card: a forged or forwarded button. */
export function foreignPress(world: World, card: SlackMessage, button: string, userId: string) {
  const { actionId, blockId, value } = card.button(button);
  return world.slack.send({
    kind: 'block_actions',
    userId,
    payload: {
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel, is_ephemeral: false },
      channel: { id: card.channel, name: 'directmessage' },
      message: { type: 'message', ts: card.ts, text: card.fallback },
      actions: [
        { type: 'button', action_id: actionId, block_id: blockId, value, action_ts: '1700000000.000001', text: {} },
      ],
    },
  });
}
