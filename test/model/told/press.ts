import type { Button, KnownBlock } from '@slack/types';
import type { DeviceRequest } from '../../../src/domain/request/request.ts';
import { openCard } from '../../../src/services/request/cards.ts';
import { cardActions, cardFields, cartActions, commands } from '../../../src/views/ids.ts';
import type { Shown, Window } from '../slack-in-process.ts';
import { type Account, accounts } from './accounts.ts';
import { orderNumberIn } from './claims.ts';
import type { Delivered, Stage } from './stage.ts';

export type CardAct = Exclude<keyof typeof cardActions, 'showAllLines'>;

export interface CardPress {
  readonly act: CardAct;
  readonly by: Account;
  /** Whom they name, where the act names somebody. */
  readonly to: Account;
  /** Which of their cards with such a button: 0 is the newest. */
  readonly card: number;
  readonly on: 0 | 1;
}

/** A press on a card as it stands in their DM, and the submission of the modal that it opens. */
export async function pressCard(stage: Stage, { act, by, to, card, on }: CardPress): Promise<void> {
  const { slackUserId } = accounts[by];
  const pressable = stage.life.slack.shown.filter(
    ({ channel, message }) => channel === `D-${slackUserId}` && buttonIn(message.blocks, cardActions[act]) !== null,
  );
  const one = pressable.at(-1 - (card % (pressable.length || 1)));
  if (one === undefined) return;
  const pressed = { body: cardBody(stage, by, one, cardActions[act]), order: orderOf(stage, one, act) };
  const isDecided = act === 'approve' || act === 'withdraw' || act === 'remind';
  if (isDecided) stage.delivered.push(pressed);
  await stage.deliver(pressed, on);
  const modal = stage.life.slack.windows.newest(slackUserId);
  if (isDecided || modal?.view.submit === undefined) return;
  const submitted = { body: submission(stage, by, modal, fieldsOf(act, to)), order: pressed.order };
  stage.delivered.push(submitted);
  await stage.deliver(submitted, on);
}

/** What is answered is about this order. Null: it is about an earlier request for the same cart. */
function orderOf({ life }: Stage, { message }: Shown, act: CardAct): number | null {
  const order = orderNumberIn(message);
  const pressed = openCard(life.context, buttonIn(message.blocks, cardActions[act])?.value ?? '')?.requestId;
  return order !== null && newestFor(life, order)?.id === pressed ? order : null;
}

/** The newest request for this order, as it was sent. */
export function newestFor({ history }: Stage['life'], order: number): DeviceRequest | undefined {
  return [...history.values()].findLast(([first]) => first?.fleetOrderId === order)?.at(0);
}

/** The same again, as Slack signed it. */
export async function deliverAgain(stage: Stage, nth: number, on: 0 | 1): Promise<void> {
  const one = stage.delivered.at(-1 - (nth % (stage.delivered.length || 1)));
  if (one !== undefined) await stage.deliver(one, on);
}

export async function openCart(stage: Stage, by: Account, on: 0 | 1): Promise<void> {
  const command = { command: commands.fleet, text: 'cart', ...common(stage, by) };
  const { slackUserId } = accounts[by];
  const body = { ...command, user_id: slackUserId, team_id: stage.life.workspaceId, channel_id: 'C1' };
  await stage.deliver({ body, order: null }, on);
}

/** A button in the modal that they look at. */
export async function pressInCart(
  stage: Stage,
  by: Account,
  actionId: (typeof cartActions)[keyof typeof cartActions],
  on: 0 | 1,
): Promise<void> {
  const modal = stage.life.slack.windows.newest(accounts[by].slackUserId);
  const button = modal === undefined ? null : buttonIn(modal.view.blocks, actionId);
  if (modal === undefined || button === null) return;
  const view = viewOf(modal, {});
  const container = { type: 'view', view_id: modal.viewId };
  const pressed: Delivered = {
    body: { type: 'block_actions', ...common(stage, by), container, view, actions: [actionOf(button)] },
    order: null,
  };
  stage.delivered.push(pressed);
  await stage.deliver(pressed, on);
}

/** **Send for approval** in the modal that they look at. */
export async function sendCart(stage: Stage, by: Account, to: Account, on: 0 | 1): Promise<void> {
  const modal = stage.life.slack.windows.newest(accounts[by].slackUserId);
  if (modal?.view.submit === undefined) return;
  const { slackUserId: value, name } = accounts[to];
  const chosen = { type: 'external_select', selected_option: { text: { type: 'plain_text', text: name }, value } };
  const fields = { [cartActions.approver]: { [cartActions.approver]: chosen } };
  const submitted: Delivered = { body: submission(stage, by, modal, fields), order: null };
  stage.delivered.push(submitted);
  await stage.deliver(submitted, on);
}

export function buttonIn(blocks: readonly KnownBlock[], actionId: string): Button | null {
  for (const block of blocks) {
    if (block.type !== 'actions') continue;
    const found = block.elements.find((one) => one.type === 'button' && one.action_id === actionId);
    if (found?.type === 'button') return found;
  }
  return null;
}

let count = 0;

function common({ life }: Stage, by: Account) {
  count += 1;
  const { slackUserId } = accounts[by];
  const id = `${slackUserId} ${count}`;
  return {
    team: { id: life.workspaceId, domain: 'acme' },
    user: { id: slackUserId, name: by, team_id: life.workspaceId },
    ...{ api_app_id: 'A1', token: 'x', trigger_id: id, response_url: id },
  };
}

function cardBody(stage: Stage, by: Account, { channel, ts, message }: Shown, actionId: string): object {
  const button = buttonIn(message.blocks, actionId);
  return {
    type: 'block_actions',
    ...common(stage, by),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', ts, ...message },
    actions: [button === null ? {} : actionOf(button)],
  };
}

function actionOf({ type, action_id, value, text }: Button): object {
  count += 1;
  return { type, action_id, value, text, block_id: 'b', action_ts: `${1_700_000_000 + count}.000001` };
}

function submission(stage: Stage, by: Account, modal: Window, values: object): object {
  return { type: 'view_submission', ...common(stage, by), view: viewOf(modal, values), response_urls: [] };
}

function viewOf({ viewId, hash, view }: Window, values: object): object {
  return { ...view, id: viewId, hash, private_metadata: view.private_metadata ?? '', state: { values } };
}

function fieldsOf(act: CardAct, to: Account): object {
  const { reason, wish, newApprover } = cardFields;
  switch (act) {
    case 'decline':
      return { [reason]: { [reason]: { type: 'plain_text_input', value: 'Too dear' } } };
    case 'askForChanges':
      return { [wish]: { [wish]: { type: 'plain_text_input', value: 'A smaller one' } } };
    default:
      return { [newApprover]: { [newApprover]: { type: 'users_select', selected_user: accounts[to].slackUserId } } };
  }
}
