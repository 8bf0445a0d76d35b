import type { Act, SlackMessage } from '../../sandbox/slack/start.ts';
import type { DeviceRequest } from '../../src/domain/request/request.ts';
import { createSeal } from '../../src/store/seal.ts';
import { callbacks, cardFields } from '../../src/views/ids.ts';
import { instanceUrl } from '../handlers/card-support.ts';
import { testKeys } from '../support/keys.ts';
import type { World } from '../support/world.ts';
import { patiently, type Soaking } from './played.ts';
import { approverOf, otherApprover } from './staff.ts';

const seal = createSeal(testKeys);

const plans = [
  'pressed twice at once, one instance each',
  'pressed twice at once, one instance each',
  'handed over while it is approved',
  'handed over, and both press',
  'pressed and delivered three times',
  'approved and declined at once',
  'approved while it is withdrawn',
] as const;

const planOf = (index: number) => plans[index % plans.length] ?? plans[0];

/** Where the store says that it stands: a person's messages are too many to be read for each. */
export async function cardOf(
  { world, store }: Soaking,
  request: DeviceRequest,
  slackUserId: string,
): Promise<SlackMessage | undefined> {
  const copy = (await patiently(() => store.copies(request.id))).find((one) => one.slackUserId === slackUserId);
  const all = copy === undefined ? [] : world.slack.person(slackUserId).messagesIn(copy.channel);
  return all.find(({ ts }) => ts === copy?.ts);
}

/** What people do with one request, all of it through signed HTTP and at the same time. Answers what Slack got. */
export async function act(soaking: Soaking, request: DeviceRequest, index: number): Promise<readonly Act[]> {
  const [asked, other] = [approverOf(index).slackUserId, otherApprover(index).slackUserId];
  const { world } = soaking;
  const card = await cardOf(soaking, request, asked);
  if (card === undefined) throw new Error(`no card of order ${request.fleetOrderId}`);
  const approve = (on: number, by: string = asked) => press(world, card, 'Approve', by, on);
  switch (planOf(index)) {
    case 'pressed twice at once, one instance each':
      return Promise.all([approve(0), approve(1)]);
    case 'handed over while it is approved':
      return Promise.all([approve(index % 2), handOver(world, card, { by: asked, to: other }, 1)]);
    case 'handed over, and both press':
      return [
        await handOver(world, card, { by: asked, to: other }, 0),
        ...(await Promise.all([approve(0), approve(1, other)])),
      ];
    case 'pressed and delivered three times': {
      const first = await approve(0);
      const again = [0, 1].map((on) => world.slack.redeliver(first, { target: instanceUrl(world, on) }));
      return [first, ...(await Promise.all(again))];
    }
    case 'approved and declined at once':
      return Promise.all([approve(0), decline(world, card, asked, 1)]);
    case 'approved while it is withdrawn':
      return Promise.all([approve(1), withdraw(soaking, request, 0)]);
    default:
      throw new Error('there is no such plan');
  }
}

/** A press with this card's own value: also by somebody who has another copy of it. */
export function press(world: World, card: SlackMessage, text: string, userId: string, on: number): Promise<Act> {
  const { actionId, blockId, value } = card.button(text);
  stamp += 1;
  return world.slack.send({
    kind: 'block_actions',
    userId,
    target: instanceUrl(world, on),
    payload: {
      container: { type: 'message', message_ts: card.ts, channel_id: card.channel, is_ephemeral: false },
      channel: { id: card.channel, name: 'directmessage' },
      message: { type: 'message', ts: card.ts, text: card.fallback },
      actions: [{ type: 'button', action_id: actionId, block_id: blockId, value, action_ts: `17${stamp}.1`, text: {} }],
    },
  });
}
let stamp = 10_000_000;

async function withdraw(soaking: Soaking, request: DeviceRequest, on: number): Promise<Act> {
  const { slackUserId } = request.requester;
  const card = await cardOf(soaking, request, slackUserId);
  if (card === undefined) throw new Error('the requester has no card');
  return press(soaking.world, card, 'Withdraw', slackUserId, on);
}

function handOver(world: World, card: SlackMessage, { by, to }: { by: string; to: string }, on: number): Promise<Act> {
  const field = cardFields.newApprover;
  const values = { [field]: { [field]: { type: 'users_select', selected_user: to } } };
  return submit(world, card, { by, callbackId: callbacks.handOver, values }, on);
}

function decline(world: World, card: SlackMessage, by: string, on: number): Promise<Act> {
  const field = cardFields.reason;
  const values = { [field]: { [field]: { type: 'plain_text_input', value: 'Too dear' } } };
  return submit(world, card, { by, callbackId: callbacks.declineRequest, values }, on);
}

/** The modal behind a card's button, filled in and submitted. */
function submit(
  world: World,
  card: SlackMessage,
  { by, callbackId, values }: { by: string; callbackId: string; values: object },
  on: number,
): Promise<Act> {
  const { value } = card.button('Reassign');
  const copy = { channel: card.channel, ts: card.ts };
  stamp += 1;
  const view = {
    ...{ id: `V${stamp}`, type: 'modal', callback_id: callbackId, hash: `${stamp}.x`, blocks: [] },
    ...{ private_metadata: seal.sign('modal', JSON.stringify({ card: value, copy })), state: { values } },
    ...{ team_id: world.workspaceId, app_id: 'A0FLEET', bot_id: 'B0FLEET', root_view_id: `V${stamp}` },
    ...{ previous_view_id: null, title: { type: 'plain_text', text: 'x' }, close: null, submit: null },
  };
  return world.slack.send({
    kind: 'view_submission',
    userId: by,
    target: instanceUrl(world, on),
    payload: { view, response_urls: [] },
  });
}
