import { callbacks } from '../../src/views/ids.ts';
import type { FleetStandIn } from '../fleet/start.ts';
import type { SlackWorkspace } from '../slack/start.ts';
import type { CardFact, Facts, ModalFact, OrderFact } from './first-steps.ts';
import { readCard } from './read-card.ts';

type Snapshot = ReturnType<SlackWorkspace['state']['snapshot']>;
type Message = Snapshot['messages'][string][number];

/** Read from what people see: Fleet's carts and orders, the cards in their messages, and their open modals. */
export function factsOfFirstSteps(slack: Snapshot, fleet: FleetStandIn): Facts {
  const orders = [...fleet.carts(), ...fleet.orders()].sort((one, other) => one.id - other.id);
  const messages = Object.values(slack.messages).flat();
  return {
    orders: orders.map(({ id, purchaserId, clientStatus }): OrderFact => {
      return { orderId: id, purchaser: slackUserIdOf(slack, fleet, purchaserId), clientStatus };
    }),
    cards: messages.flatMap((message) => cardFact(slack, message)),
    modals: Object.entries(slack.modals).flatMap(([userId, viewIds]) => modalFact(slack, userId, viewIds.at(-1))),
  };
}

function slackUserIdOf(slack: Snapshot, fleet: FleetStandIn, fleetUserId: number | null): string | null {
  const email = fleetUserId === null ? null : fleet.state.users.get(fleetUserId)?.email;
  return Object.values(slack.people).find((person) => person.email === email)?.id ?? null;
}

function cardFact(slack: Snapshot, { channel, text, blocks, from, ephemeralTo, deletedAt }: Message): CardFact[] {
  const approver = slack.channels[channel]?.members[0];
  if (approver === undefined || from !== slack.bot.userId) return [];
  if (ephemeralTo !== undefined || deletedAt !== undefined) return [];
  const card = readCard(text, blocks);
  return card === null ? [] : [{ ...card, approver }];
}

function modalFact(slack: Snapshot, userId: string, viewId: string | undefined): ModalFact[] {
  const record = viewId === undefined ? undefined : slack.views[viewId];
  const callbackId = record?.view.callback_id;
  if (callbackId === callbacks.orderEquipment) return [{ userId, shows: 'order_equipment' }];
  // Without a submit button the modal only informs: the cart was sent, or there is nothing to send.
  const canBeSent = callbackId === callbacks.yourCart && record?.view.submit !== undefined;
  return canBeSent ? [{ userId, shows: 'your_cart' }] : [];
}
